# Needs Python 3.11 or newer and make; everything else is installed into .venv.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c

VENV := .venv
PY := $(VENV)/bin/python
# The stamp carries the content of what was asked for, so a second run is quick and needs no network,
# whatever the files' times are.
STAMP := $(VENV)/.installed-$(shell cat pyproject.toml constraints.txt | cksum | tr ' ' '-')
# make run HOST=0.0.0.0 PORT=8080
SERVE := $(if $(HOST),--host $(HOST)) $(if $(PORT),--port $(PORT))

.PHONY: help install run index test browser check eval bench constraints clean

help:
	@echo "make install     dependencies into $(VENV)"
	@echo "make run         the chat page (HOST=…, PORT=…)"
	@echo "make index       the search index alone (run does it too)"
	@echo "make test        the tests, with a browser where one can be had"
	@echo "make check       style, types, layers, and the corpus against its measures"
	@echo "make eval        how well it answers; make bench: how fast"
	@echo "make constraints the exact package set anew, from $(VENV)"
	@echo "make clean       caches and the index; records and settings stay"

install: $(STAMP)

# torch first, alone: pip then takes the build that its configured sources prefer (a CPU wheel at hand).
$(STAMP): $(PY)
	@echo "Installing into $(VENV): some minutes the first time"
	$(PY) -m pip install -q -c constraints.txt torch
	$(PY) -m pip install -q -c constraints.txt -e '.[dev]'
	@rm -f $(VENV)/.installed-*
	@touch $@

# A .venv whose interpreter is gone (moved machine, upgraded Python) is made anew.
$(PY):
	@for python in python3.11 python3.12 python3.13 python3; do \
	  if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    echo "$$($$python --version) -> $(VENV)"; \
	    $$python -m venv --clear $(VENV) && exit 0; \
	    echo "python -m venv failed: install Python's venv module (Debian: python3-venv)." >&2; exit 1; \
	  fi; \
	done; \
	echo "Python 3.11 or newer was not found on the PATH." >&2; exit 1

index: install
	$(PY) -m assistant index

run: index
	$(PY) -m assistant serve $(SERVE)

browser:
	@.ci/browser

# Two workers, a file never split between them; the order stays, since the browser must be last in each.
test: install browser
	$(PY) -m pytest -n 2 --dist loadfile --no-loadscope-reorder

check: install
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(VENV)/bin/lint-imports
	$(PY) -m assistant check

eval: install
	$(PY) -m eval

bench: install
	$(PY) -m eval.speed

constraints: install
	{ sed '/^[^#]/d' constraints.txt; $(PY) -m pip freeze --exclude-editable | grep -v '^#' \
	  | sed -E 's/^(torch==[0-9.]+)\+[a-z0-9.]+$$/\1/'; } > constraints.new
	mv constraints.new constraints.txt

clean:
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache build dist data/index
	find . -name __pycache__ -type d -not -path './$(VENV)/*' -prune -exec rm -rf {} +
