# The two commands: `make run` opens the app, `make test` passes every test.
PORT ?= 8501
HOST ?= localhost
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test coverage mutants bench check check-system audit clean
.DEFAULT_GOAL := run

run: $(VENV)/app.stamp
	$(BIN)/streamlit run app.py --server.port $(PORT) --server.address $(HOST)

test: $(VENV)/dev.stamp
	$(BIN)/python -m tests.browser.chromium
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder \
	  tests/browser tests/pages tests/sheets tests/unit

# Every figure of docs/performance.md, in small: a quarter of an hour on two cores with nothing else
# to do. One alone: .venv/bin/python -m benchmarks pages
bench: $(VENV)/dev.stamp
	$(BIN)/python -m tests.browser.chromium
	$(BIN)/python -m benchmarks

# What needs programs of the system's: nginx, systemd-analyze, LibreOffice and poppler (Debian:
# nginx-light, systemd, libreoffice-writer-nogui, poppler-utils).
check-system: $(VENV)/dev.stamp
	$(BIN)/python -m tests.browser.chromium
	$(BIN)/python -m pytest tests/system

# Which branches of the four rooms that decide and keep are never taken by a test.
coverage: $(VENV)/dev.stamp
	$(BIN)/python -m pytest -q -n auto --dist loadfile tests/unit tests/sheets tests/pages \
	  --cov=lib --cov-branch --cov-report=
	for room in evidence intake workbook publish; do \
	  $(BIN)/coverage report --include="lib/$$room/*" --skip-covered --fail-under=95 || exit 1; done

# Which small mistakes in the planner and the intervals no test sees; survivors: docs/mutants.md.
mutants: $(VENV)/dev.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check mutmut==3.8.1
	$(BIN)/mutmut run
	$(BIN)/mutmut results

# Known holes in what requirements.txt names. Needs the advisories of PyPI; has a place of its
# own, for what it brings along would change how the app under test reads files.
audit: $(BIN)/python
	$(PYTHON) -m venv $(VENV)/audit
	$(VENV)/audit/bin/python -m pip install --quiet --disable-pip-version-check pip-audit==2.10.1
	$(VENV)/audit/bin/python -m pip_audit --strict --no-deps --disable-pip -r requirements.txt

check: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

clean:
	rm -rf $(VENV)

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; this is " + sys.version.split()[0])'
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "Python cannot make a virtual environment. On Debian: apt install python3-venv"; exit 1; }

$(VENV)/app.stamp: $(BIN)/python requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/dev.stamp: $(VENV)/app.stamp requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@
