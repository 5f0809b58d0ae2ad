# The tasks of this project. Each one sets up the virtual environment it runs in; Python 3.11, make and git are enough.
#
#   make test ARGS="-k packaging"          arguments for pytest
#   make run SAMPLE=report.txt             another report
#   make compare BASE=v0.1.0               what comes out differently than then
#   make test PYTHON=python3.12            another Python for a new environment

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

VENV := .venv
UV_VERSION := 0.13.9
BIN := $(VENV)/bin
LOCK := requirements-dev.lock
READY := $(VENV)/ready
PIP_INSTALL := -m pip install -qq --disable-pip-version-check
IS_RECENT := -c 'import sys; sys.exit(sys.version_info < (3, 11))'

# The first Python that starts and is recent enough: a name on the path may be an empty launcher.
PYTHON ?= $(shell for python in python3.11 python3 python3.12 python3.13 python3.14; do \
	$$python $(IS_RECENT) 2>/dev/null && echo $$python && exit; done; echo python3)
SAMPLE ?= examples/bureau-2024.txt
BASE ?= HEAD
ARGS ?=

# The stamp is written last, so a setup that broke off is done again; what an unusable environment holds is thrown away.
$(READY): pyproject.toml $(LOCK)
	@$(PYTHON) $(IS_RECENT) 2>/dev/null || { \
		echo "Python 3.11 or newer is needed; say where it is: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@echo "setting up $(VENV) from $(LOCK)" >&2
	@{ $(BIN)/python $(IS_RECENT) && $(BIN)/python -m pip --version; } >/dev/null 2>&1 || \
		$(PYTHON) -m venv --clear $(VENV) >&2
	@$(BIN)/python $(PIP_INSTALL) --require-hashes --requirement $(LOCK) >&2
	@$(BIN)/python $(PIP_INSTALL) --no-deps --no-build-isolation --editable . >&2
	@touch $@

.PHONY: run
run: $(READY) ## compile a sample report to CSV on the screen
	@$(BIN)/compile "$(SAMPLE)" --to csv

.PHONY: test
test: $(READY) ## run every test that packages suffice for, on all cores
	@$(BIN)/pytest --numprocesses=auto --dist=worksteal -m "not heavy" $(ARGS)

.PHONY: test-heavy
test-heavy: $(READY) ## run the tests that need other programs: LibreOffice, Chromium, another Python; says what is skipped
	@$(BIN)/pytest --numprocesses=auto --dist=worksteal -m heavy -rs $(ARGS)

.PHONY: lint
lint: $(READY) ## find style faults, unformatted code (ruff) and lines that stand twice (pylint)
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/pylint --score=n compiler emitters ir docs bench tests

.PHONY: format
format: $(READY) ## mend what ruff can mend
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

.PHONY: types
types: $(READY) ## check types (mypy, strict)
	@$(BIN)/mypy

.PHONY: layers
layers: $(READY) ## check which way imports flow (import-linter)
	@$(BIN)/lint-imports --no-logo

VALIDATOR := $(VENV)/sarif
VALIDATOR_VERSION := 5.7.0
.PHONY: validator
validator: $(VALIDATOR)/$(VALIDATOR_VERSION) ## install Microsoft's validator of SARIF, for a test that is skipped without (npm)

$(VALIDATOR)/$(VALIDATOR_VERSION): | $(READY)
	@npm install --silent --no-audit --no-fund --no-save --ignore-scripts --prefix $(VALIDATOR) \
		@microsoft/sarif-multitool-linux@$(VALIDATOR_VERSION) >&2
	@chmod u+x $(VALIDATOR)/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool
	@touch $@

.PHONY: bench
bench: $(READY) ## measure speed and memory (ARGS=--quick leaves the big documents out)
	@$(BIN)/python bench/run.py $(ARGS)
	@$(BIN)/python bench/run_pdf.py $(filter --quick,$(ARGS))
	@$(BIN)/python bench/growth.py

.PHONY: compare
compare: $(READY) ## show what comes out differently than with BASE=revision or folder (ARGS="--show 10")
	@$(BIN)/python bench/compare.py "$(BASE)" $(ARGS)

SCHEMA := emitters/schema/document.schema.json
REFERENCE := build/docs
.PHONY: docs
docs: $(READY) ## write the reference of the language into build/docs, and the schema anew
	@$(BIN)/python -m yusuan.emitters.schema >$(SCHEMA).new && mv $(SCHEMA).new $(SCHEMA)
	@$(BIN)/python -m docs $(REFERENCE)

.PHONY: wheel
wheel: $(READY) ## build wheel and source distribution into dist/
	@$(BIN)/hatchling build

.PHONY: lock
lock: ## lock what pyproject.toml asks for, with hashes, for every system and Python (ARGS=--upgrade: the newest versions)
	@scratch=$$(mktemp -d) && trap 'rm -rf "$$scratch"' EXIT && \
	$(PYTHON) -m venv "$$scratch" && \
	"$$scratch/bin/python" $(PIP_INSTALL) uv==$(UV_VERSION) && \
	"$$scratch/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-emit-index-url \
		--custom-compile-command "make lock" --group dev --all-extras --output-file $(LOCK) $(ARGS) pyproject.toml

.PHONY: clean
clean: ## remove the environment, the caches and what was built
	@rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: help
help: ## list these tasks
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' Makefile
