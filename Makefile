# Every target says what it does; `make` alone lists them.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 3
SPREAD := -n $(WORKERS) --dist loadscope --no-loadscope-reorder  # tests/fixtures/schedule.py says why
QUICK := tests/rules tests/intake tests/render tests/store tests/house/test_words.py tests/house/test_names.py tests/house/test_sizes.py

.DEFAULT_GOAL := help

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## /  \1\t/' | expand -t 14

$(VENV)/run.done: requirements/run.lock pyproject.toml
	@echo "==> building $(VENV) (once; takes a minute)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=python3.11 …"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev.done: requirements/dev.lock $(VENV)/run.done
	@echo "==> adding the tools for tests and checks"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	@touch $@

setup: $(VENV)/run.done  ## build .venv, so that .venv/bin/gongkai works

run: $(VENV)/run.done  ## from clone to a phone page that answers; Ctrl-C ends it
	@exec $(BIN)/gongkai demo

test: $(VENV)/dev.done  ## the whole test suite, browser tests included
	@echo "==> looking for a browser and Chinese fonts"
	@$(BIN)/python tests/browser.py --install
	@echo "==> running the tests"
	@$(BIN)/python -m pytest $(SPREAD) $(ARGS)

test-quick: $(VENV)/dev.done  ## what can break at the desk, in less than a minute: rules, files, HTML, the store on SQLite, words
	@$(BIN)/python -m pytest $(SPREAD) -k "not postgresql" $(QUICK) $(ARGS)

durations:  ## all tests, keeping what each file takes (tests/durations.json), so that all workers end together
	@$(MAKE) --no-print-directory test ARGS="--keep-durations"

lint: $(VENV)/dev.done  ## style, types and layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: $(VENV)/dev.done  ## measure; one table and bench/results.json; ARGS="--only webhook" for a part
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/bench.lock || \
		echo "WeRoBot could not be installed; it is left out of the table"
	@$(BIN)/python -m bench.run $(ARGS)

year: $(VENV)/dev.done  ## the simulated year; make year ARGS="--seed 2"
	@$(BIN)/python -m tests.year.run $(ARGS)

clean:  ## remove what was built (never var/, where your data is)
	@rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: help setup run test test-quick durations lint bench year clean
