# Two commands do everything, set-up included: `make serve` and `make test`.
# Set-up runs once and again only when what it depends on changes.

BIN := .venv/bin
NODE := PATH="$(CURDIR)/$(BIN):$$PATH" $(CURDIR)/.venv/node/node_modules/.bin
ADDRESS ?= 127.0.0.1:8000
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
UV := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --custom-compile-command "make lock"

# Material's notice about MkDocs 2; the lock file keeps us on 1.
export NO_MKDOCS_2_WARNING := 1
export PYTHONPATH := hooks

.PHONY: help serve build test check findings answer record fix ids reviewed missing new schemas export zip lint format bench lock clean

help: ## What each command does
	@sed -n 's/^\([a-z]*\):.*## /make \1 · /p' Makefile

serve: .venv/ready ## Build the site and serve it with live reload at http://$(ADDRESS)/
	$(BIN)/mkdocs serve --dev-addr $(ADDRESS)

build: .venv/ready ## Build the site into site/
	$(BIN)/mkdocs build --strict

zip: .venv/ready ## Pack the site into site.zip, for any host (offline=1: to open from a folder, without a server)
	SOURCE_DATE_EPOCH=$${SOURCE_DATE_EPOCH:-$$(git log -1 --format=%ct 2>/dev/null || echo 315532800)} \
		ABC_DIRECTORY_URLS=$(if $(offline),false,true) $(BIN)/mkdocs build --quiet --strict --site-dir site$(if $(offline),-offline)
	@$(BIN)/python -m tools.zip site$(if $(offline),-offline) site$(if $(offline),-offline).zip

test: .venv/browser.json .venv/office.json ## Run all tests, in a real browser and a real spreadsheet too
	$(BIN)/python -m pytest --numprocesses 3 --dist loadfile --no-loadscope-reorder

check: .venv/ready ## List every mistake and warning of the content, without building
	@$(BIN)/python -m guide check $(if $(annotations),--annotations)

findings: .venv/ready ## Write what the check finds as data, for the answer to a proposal (root=folder, to=file)
	@$(BIN)/python -m guide --root $(or $(root),.) check --findings $(or $(to),findings.json) || test -s $(or $(to),findings.json)

answer: .venv/ready ## Answer a proposal on the host of the repository, in its workflow (findings=file)
	@$(BIN)/python -m tools.answer $(findings)

record: .venv/ready ## Record on main, in its workflow, what those who work in the browser cannot
	@$(BIN)/python -m tools.record

fix: .venv/ready ## Put right what a machine can, then check
	@$(BIN)/python -m guide check --fix

reviewed: .venv/ready ## Record which original each translation follows (path=docs/en/… for one that was behind)
	@$(BIN)/python -m guide reviewed $(path)

missing: .venv/ready ## List what is still to be translated (lang=pt)
	@$(BIN)/python -m guide missing $(lang)

new: .venv/ready ## Start a file with every key explained (kind=checklist, network, practice or module with id=…, or kind=chapter id=consideraciones/…)
	@$(BIN)/python -m guide new $(kind) $(id)

schemas: .venv/ready ## Write the JSON Schemas that editors use
	@$(BIN)/python -m guide schemas

export: .venv/ready ## Write a plain project a language, without hooks and plugins, for another engine (to=folder)
	@$(BIN)/python -m guide export $(to)

ids: .venv/ready ## Add new ids to the list of published ids
	@$(BIN)/python -m guide ids

lint: .venv/ready-lint ## Look at code, styles, pages and data: layout, mistakes and types
	@$(BIN)/ruff check --quiet
	@$(MAKE) --no-print-directory --silent format check=1
	@$(BIN)/mypy
	@$(BIN)/yamllint --strict .
	@$(BIN)/zizmor --offline --quiet .github
	@$(BIN)/rumdl check --quiet .
	@$(NODE)/biome lint --error-on-warnings --log-level=warn
	@$(NODE)/tsc --project tools/node/tsconfig.json

format: .venv/ready-lint ## Lay out code, styles, pages and data (check=1: only say what would change)
	$(BIN)/ruff format $(if $(check),--check)
	$(BIN)/rumdl fmt $(if $(check),--check) .
	$(NODE)/biome format $(if $(check),,--write)

bench: .venv/browser.json ## Print the measurements: build time, page weight, click to score
	$(BIN)/python -m benchmarks

lock: .venv/ready ## Pin new versions of the packages
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(UV) --upgrade requirements.in --output-file requirements.txt
	$(UV) --upgrade requirements-test.in --output-file requirements-test.txt
	$(UV) --upgrade requirements-lint.in --output-file requirements-lint.txt

clean: ## Remove what the other commands made
	rm -rf .venv site site-offline site.zip site-offline.zip

.venv/bin/python: tools/venv.sh
	sh tools/venv.sh

.venv/ready: .venv/bin/python requirements.txt
	$(PIP) -r requirements.txt
	@touch $@

.venv/ready-test: .venv/ready requirements-test.txt
	$(PIP) -r requirements-test.txt
	@touch $@

# Node is a Python package here: nothing is to be installed by hand.
.venv/ready-lint: .venv/ready requirements-lint.txt tools/node/package-lock.json
	$(PIP) -r requirements-lint.txt
	@mkdir -p .venv/node && cp tools/node/package.json tools/node/package-lock.json .venv/node
	cd .venv/node && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --silent --no-audit --no-fund --ignore-scripts
	@touch $@

.venv/browser.json: .venv/ready-test tools/browser.py
	$(BIN)/python -m tools.browser $@

.venv/office.json: .venv/ready-test tools/office.py
	$(BIN)/python -m tools.office $@
