# Two commands do everything, set-up included: `make serve` and `make test`.
# Set-up runs once and again only when what it depends on changes.

BIN := .venv/bin
ADDRESS ?= 127.0.0.1:8000
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
UV := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --custom-compile-command "make lock"

# Material's notice about MkDocs 2; the lock file keeps us on 1.
export NO_MKDOCS_2_WARNING := 1
export PYTHONPATH := hooks

.PHONY: help serve build test check fix ids reviewed missing new schemas export bench lock clean

help: ## What each command does
	@sed -n 's/^\([a-z]*\):.*## /make \1 · /p' Makefile

serve: .venv/ready ## Build the site and serve it with live reload at http://$(ADDRESS)/
	$(BIN)/mkdocs serve --dev-addr $(ADDRESS)

build: .venv/ready ## Build the site into site/
	$(BIN)/mkdocs build --strict

test: .venv/browser.json .venv/office.json ## Run all tests, in a real browser and a real spreadsheet too
	$(BIN)/python -m pytest

check: .venv/ready ## List every mistake and warning of the content, without building
	@$(BIN)/python -m guide check

fix: .venv/ready ## Put right what a machine can, then check
	@$(BIN)/python -m guide check --fix

reviewed: .venv/ready ## Record which original each translation follows (path=docs/en/… for one that was behind)
	@$(BIN)/python -m guide reviewed $(path)

missing: .venv/ready ## List what is still to be translated (lang=pt)
	@$(BIN)/python -m guide missing $(lang)

new: .venv/ready ## Start a file with every key explained (kind=checklist id=… or kind=chapter id=consideraciones/…)
	@$(BIN)/python -m guide new $(kind) $(id)

schemas: .venv/ready ## Write the JSON Schemas that editors use
	@$(BIN)/python -m guide schemas

export: .venv/ready ## Write a plain project a language, without hooks and plugins, for another engine (to=folder)
	@$(BIN)/python -m guide export $(to)

ids: .venv/ready ## Add new ids to the list of published ids
	@$(BIN)/python -m guide ids

bench: .venv/browser.json ## Print the measurements: build time, page weight, click to score
	$(BIN)/python -m benchmarks

lock: .venv/ready ## Pin new versions of the packages
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(UV) --upgrade requirements.in --output-file requirements.txt
	$(UV) --upgrade requirements-test.in --output-file requirements-test.txt

clean: ## Remove what the other commands made
	rm -rf .venv site

.venv/bin/python: tools/venv.sh
	sh tools/venv.sh

.venv/ready: .venv/bin/python requirements.txt
	$(PIP) -r requirements.txt
	@touch $@

.venv/ready-test: .venv/ready requirements-test.txt
	$(PIP) -r requirements-test.txt
	@touch $@

.venv/browser.json: .venv/ready-test tools/browser.py
	$(BIN)/python -m tools.browser $@

.venv/office.json: .venv/ready-test tools/office.py
	$(BIN)/python -m tools.office $@
