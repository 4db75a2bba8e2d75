# Two commands for a newcomer: `make demo` and `make test`. Each does all its own set-up.
PYTHON ?= python3
VENV   := .venv
UV     := $(VENV)/bin/uv
SYNC   := UV_PROJECT_ENVIRONMENT=$(VENV) $(UV) sync --frozen --inexact --quiet
ARGS   ?=
# Two more than cores: tests wait for browsers, servers and processes of their own.
WORKERS ?= $(shell $(PYTHON) -c 'import os; print((os.cpu_count() or 1) + 2)')
# Python keeps what it has compiled: the tests start some thousand short processes.
export PYTHONDONTWRITEBYTECODE =
WEB    := hatch_build.py $(shell find web -name node_modules -prune -o -type f -print)

.PHONY: demo test test-long check lint format clean

demo: $(VENV)/.installed
	$(VENV)/bin/vestige demo demo $(ARGS)

test: lint
	$(VENV)/bin/python -m pytest -n $(WORKERS) --dist worksteal

# The same with the long variants: every kill, every language under axe.
test-long: export VESTIGE_LONG = 1
test-long: test

# The inner loop: all that is neither slow nor in a browser.
check: lint
	$(VENV)/bin/python -m pytest -n $(WORKERS) --dist worksteal -m "not slow and not browser"

lint: $(VENV)/.installed-dev
	$(VENV)/bin/ruff check
	$(VENV)/bin/ruff format --check
	$(VENV)/bin/mypy

format: $(VENV)/.installed-dev
	$(VENV)/bin/ruff check --fix
	$(VENV)/bin/ruff format

$(UV):
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Vestige needs Python 3.11 or newer; set PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r uv-requirements.txt

$(VENV)/.installed: pyproject.toml uv.lock $(WEB) | $(UV)
	$(SYNC)
	@touch $@

$(VENV)/.installed-dev: pyproject.toml uv.lock $(WEB) | $(UV)
	$(SYNC) --all-extras --group dev
	@touch $@

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis demo
