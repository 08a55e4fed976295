# Two commands do everything, set-up included: `make serve` and `make test`.
# Set-up runs once and again only when what it depends on changes. What each command does, and how it is written,
# stands in `commands` and `written` of locales/: `make help` says it in the language of whoever asks.

BIN := .venv/bin
NODE := PATH="$(CURDIR)/$(BIN):$$PATH" "$(CURDIR)/.venv/node/node_modules/.bin"
ADDRESS ?= 127.0.0.1:8000
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
UV := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --custom-compile-command "make lock"
SAY := sh tools/say.sh

# Material's notice about MkDocs 2; the lock file keeps us on 1.
export NO_MKDOCS_2_WARNING := 1
export PYTHONPATH := hooks
# Many containers set it: each of the processes of a build, and the hundreds of a test run, would compile all modules anew.
unexport PYTHONDONTWRITEBYTECODE
# What stands after a command is in the environment too: "$$id" in a recipe is what was typed, whatever is in it.
export ADDRESS

COMMANDS := help serve build zip test mutants check findings answer record fix ids reviewed missing new move schemas scripts export lint format compare bench lock clean
.PHONY: $(COMMANDS)

# What must, and what may, stand after a command; whatever else is written is told before anything is done.
needs_answer := findings
needs_compare := base
needs_export := to
needs_missing := lang
needs_move := from to
needs_new := kind id
takes_build := pdf
takes_check := annotations
takes_compare := times
takes_findings := root to
takes_format := check
takes_missing := list
takes_new := name
takes_mutants := n path seed
takes_reviewed := path
takes_serve := ADDRESS
takes_zip := offline pdf
workflow := answer record

asked := $(or $(MAKECMDGOALS),help)
given := $(foreach one,$(.VARIABLES),$(if $(filter command,$(word 1,$(origin $(one)))),$(one)))
settings := PYTHON PIP NODE SHELL MAKE% PATH HOME TMPDIR LANG% LC_% ABC_% PIP_% PYTHON% PYTEST_% NODE_% SSL_% SOURCE_DATE_EPOCH NO_COLOR
unknown := $(firstword $(filter-out $(COMMANDS) .venv/%,$(asked)))
lacking := $(firstword $(foreach goal,$(asked),$(foreach one,$(needs_$(goal)),$(if $(strip $($(one))),,$(goal)=$(one)))))
extra := $(firstword $(filter-out $(settings) $(foreach goal,$(asked),$(needs_$(goal)) $(takes_$(goal))),$(given)))
elsewhere := $(if $(GITHUB_ACTIONS),,$(filter $(workflow),$(asked)))

export unknown

ifneq ($(unknown)$(lacking)$(extra)$(elsewhere),)

.PHONY: $(asked)
$(asked):
ifneq ($(unknown),)
	@$(SAY) setup.unknown command="$$unknown" >&2; $(SAY) --commands >&2; exit 2
else ifneq ($(elsewhere),)
	@$(SAY) setup.only_workflow command='$(firstword $(elsewhere))' >&2; exit 2
else ifneq ($(lacking),)
	@$(SAY) setup.lacking command='$(firstword $(subst =, ,$(lacking)))' name='$(lastword $(subst =, ,$(lacking)))' >&2
	@$(SAY) written.$(firstword $(subst =, ,$(lacking))) >&2; exit 2
else
	@$(SAY) setup.extra command='$(firstword $(asked))' name='$(extra)' >&2
	@$(SAY) written.$(firstword $(asked)) >&2; exit 2
endif

else

help:
	@$(SAY) --commands || true

serve: .venv/ready
	@$(BIN)/python -m tools.serve "$$ADDRESS"

build: .venv/ready $(if $(pdf),.venv/browser.json)
	@ABC_PDF=$(if $(pdf),true,false) $(BIN)/python -m tools.build site

zip: .venv/ready $(if $(pdf),.venv/browser.json)
	@SOURCE_DATE_EPOCH=$${SOURCE_DATE_EPOCH:-$$(git log -1 --format=%ct 2>/dev/null || echo 315532800)} \
		ABC_PDF=$(if $(pdf),true,false) ABC_DIRECTORY_URLS=$(if $(offline),false,true) $(BIN)/python -m tools.build --quiet site$(if $(offline),-offline)
	@$(BIN)/python -m tools.zip site$(if $(offline),-offline) site$(if $(offline),-offline).zip

test: .venv/browser.json .venv/office.json
	$(BIN)/python -m pytest --numprocesses 4 --dist loadfile --no-loadscope-reorder

mutants: .venv/browser.json .venv/office.json .venv/ready-lint
	@$(BIN)/python -m tools.mutants "$$n" "$$seed" "$$path"

check: .venv/ready
	@$(BIN)/python -m guide check $(if $(annotations),--annotations)

findings: .venv/ready
	@$(BIN)/python -m guide --root "$${root:-.}" check --findings "$${to:-findings.json}" || test -s "$${to:-findings.json}"

answer: .venv/ready
	@$(BIN)/python -m tools.answer "$$findings"

record: .venv/ready
	@$(BIN)/python -m tools.record

fix: .venv/ready
	@$(BIN)/python -m guide check --fix

reviewed: .venv/ready
	@$(BIN)/python -m guide reviewed $$path

missing: .venv/ready
	@$(BIN)/python -m guide missing $(if $(list),--list) "$$lang"

new: .venv/ready
	@$(BIN)/python -m guide new "$$kind" "$$id" $(if $(filter command,$(word 1,$(origin name))),"$$name")

move: .venv/ready
	@$(BIN)/python -m guide move "$$from" "$$to"

schemas: .venv/ready
	@$(BIN)/python -m guide schemas

scripts: .venv/ready-lint
	@$(BIN)/python -m tools.scripts

export: .venv/ready
	@$(BIN)/python -m guide export "$$to"

ids: .venv/ready
	@$(BIN)/python -m guide ids

lint: .venv/ready-lint
	@$(BIN)/ruff check --quiet
	@$(MAKE) --no-print-directory --silent format check=1
	@$(BIN)/mypy
	@$(BIN)/yamllint --strict .
	@$(BIN)/zizmor --offline --quiet .github
	@$(BIN)/rumdl check --quiet .
	@$(NODE)/biome lint --error-on-warnings --log-level=warn
	@$(NODE)/tsc --project tools/node/tsconfig.json
	@$(NODE)/type-coverage --project tools/node/tsconfig.json --strict --at-least 98 --no-detail-when-failed \
		> .venv/type-coverage.txt || { cat .venv/type-coverage.txt >&2; exit 1; }
	@$(BIN)/python -m tools.scripts --check

format: .venv/ready-lint
	$(BIN)/ruff format $(if $(check),--check)
	$(BIN)/rumdl fmt $(if $(check),--check) .
	$(NODE)/biome format $(if $(check),,--write)

compare: .venv/ready
	@$(BIN)/python -m tools.compare "$$base" "$$times"

bench: .venv/browser.json
	$(BIN)/python -m benchmarks

lock: .venv/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(UV) --upgrade requirements.in --output-file requirements.txt
	$(UV) --upgrade requirements-test.in --output-file requirements-test.txt
	$(UV) --upgrade requirements-lint.in --output-file requirements-lint.txt

clean:
	rm -rf .venv .cache site site-offline site.zip site-offline.zip

# A file of ours, not .venv/bin/python: that is a link to a Python whose date is not ours to read or to change.
# Whoever names a Python is asked for it each time: another one means another environment.
.venv/made: tools/venv.sh $(if $(PYTHON),named)
	@PYTHON='$(PYTHON)' sh tools/venv.sh

.PHONY: named
named:

.venv/ready: .venv/made requirements.txt
	@$(PIP) -r requirements.txt || { $(SAY) setup.no_packages file=requirements.txt >&2; exit 1; }
	@touch $@

.venv/ready-test: .venv/ready requirements-test.txt
	@$(PIP) -r requirements-test.txt || { $(SAY) setup.no_packages file=requirements-test.txt >&2; exit 1; }
	@touch $@

# Node is a Python package here: nothing is to be installed by hand.
.venv/ready-lint: .venv/ready requirements-lint.txt tools/node/package-lock.json
	@$(PIP) -r requirements-lint.txt || { $(SAY) setup.no_packages file=requirements-lint.txt >&2; exit 1; }
	@$(BIN)/python -m tools.packages $(BIN)/node
	@mkdir -p .venv/node && cp tools/node/package.json tools/node/package-lock.json .venv/node
	@cd .venv/node && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --silent --no-audit --no-fund --ignore-scripts || \
		{ cd "$(CURDIR)" && $(SAY) setup.no_packages file=tools/node/package-lock.json >&2; exit 1; }
	@touch $@

.venv/browser.json: .venv/ready-test tools/browser.py
	@$(BIN)/python -m tools.browser $@

.venv/office.json: .venv/ready-test tools/office.py
	@$(BIN)/python -m tools.office $@

endif
