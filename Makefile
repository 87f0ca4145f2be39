# Each target does everything it needs on a fresh machine with Python 3.11 or newer, make and a C compiler.
#   make test PYTHON=python3.13 VENV=/tmp/venv ARGS="-k memo -x"

PYTHON ?= python3
VENV   ?= .venv
SAMPLE ?= profiles/ikea.yaml
ARGS   ?=

BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help demo gallery test lint format bench clean
.DELETE_ON_ERROR:

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' Makefile

demo: $(VENV)/.installed  ## install, assess a sample profile and print its memo
	$(BIN)/advisor assess $(SAMPLE)
	@mkdir -p build/demo
	$(BIN)/advisor memo $(SAMPLE) --no-embed --force -o build/demo/memo.md
	@cat build/demo/memo.md

# Page one and two of three memos, as pictures by Poppler.
gallery: $(VENV)/.installed  ## draw the memos in docs/gallery anew (needs pdftoppm)
	@command -v pdftoppm > /dev/null || { echo "there is no 'pdftoppm' here; install Poppler (poppler-utils)" >&2; exit 1; }
	@mkdir -p build/gallery docs/gallery
	$(BIN)/advisor memo profiles/ikea.yaml --no-outlook --force -o build/gallery/ikea.pdf
	$(BIN)/advisor memo profiles/klarna-2025.yaml --no-outlook --language de --force -o build/gallery/klarna-2025-de.pdf
	$(BIN)/advisor memo profiles/healthy-insurer.yaml --no-outlook --force -o build/gallery/healthy-insurer.pdf
	@for name in ikea klarna-2025-de healthy-insurer; do for page in 1 2; do \
		pdftoppm -r 72 -png -singlefile -f $$page build/gallery/$$name.pdf docs/gallery/$$name-$$page || exit 1; done; done

test: $(VENV)/.installed-dev  ## install and run all tests (ARGS="..." goes to pytest)
	$(BIN)/python -m pytest $(ARGS)

lint: $(VENV)/.installed-dev  ## install and check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.installed-dev  ## repair what ruff can repair
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

bench: $(VENV)/.installed-bench  ## install the engines to compare with and measure
	$(BIN)/python -m benchmarks $(ARGS)

clean:  ## remove what the other targets made
	rm -rf .venv build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- the environment: made once, repeated only when pyproject.toml changes -----------------------------------------------

# durable_rules comes as C source. Its setup.py overwrites CFLAGS and so builds without optimisation, and it calls a
# function that Python 3.13 removed; CPPFLAGS repairs both. pip must not take an earlier build without these flags
# from its cache, and believes an extension that cannot be imported to be installed: so it is built first and tried.
BUILDS_RETE = CPPFLAGS="-O2$$($(BIN)/python -c 'import sys; \
	print(" -DPyEval_CallObject=PyObject_CallObject" if sys.version_info >= (3, 13) else "")')" \
	$(PIP) install --no-cache-dir --no-deps --force-reinstall 'durable-rules>=2.0.28' > $(VENV)/durable_rules.log 2>&1
TRIES_RETE = $(BIN)/python -c 'import durable_rules_engine' 2>> $(VENV)/durable_rules.log

# What pyproject.toml asks for, without durable_rules, with what writes memos as HTML, PDF and Word, what reads and
# writes workbooks, what proves, what advises on many units and what writes SQL.
CORE = $(BIN)/python -c 'import tomllib; project = tomllib.load(open("pyproject.toml", "rb"))["project"]; \
	print(*(need for need in project["dependencies"] if not need.startswith("durable-rules")), \
	*(need for extra in ("documents", "workbook", "proof", "portfolio", "sql") for need in project["optional-dependencies"][extra]), \
	sep="\n")'

$(VENV)/bin/python:
	@command -v $(PYTHON) > /dev/null || { echo "advisor needs Python 3.11 or newer; there is no '$(PYTHON)' here." \
		"Name one: make PYTHON=/path/to/python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else \
		"advisor needs Python 3.11 or newer; $(PYTHON) is %d.%d. Name another: make PYTHON=python3.12" % sys.version_info[:2])'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	@echo "Installing advisor into $(VENV) ..."
	@$(PIP) install --quiet --upgrade 'pip>=25.1'
	@$(TRIES_RETE) || { $(BUILDS_RETE) && $(TRIES_RETE); } || { $(PIP) uninstall --quiet --yes durable-rules; \
		echo "durable_rules cannot be built here (see $(VENV)/durable_rules.log): advisor runs on its 'plain' engine alone." >&2; }
	@$(CORE) > $(VENV)/core.txt
	@$(PIP) install --quiet --requirement $(VENV)/core.txt
	@$(PIP) install --quiet --no-deps --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@$(PIP) install --quiet --group dev
	@touch $@

$(VENV)/.installed-bench: $(VENV)/.installed
	@$(PIP) install --quiet --editable '.[bench,dask,portfolio,proof,sql]'
	@touch $@
