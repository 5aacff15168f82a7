# make demo   solve Asia Innova 2017, check the schedule and write everybody's agenda
# make test   lint, types, tests and coverage
# make serve  serve programmes over HTTP, on this machine alone and without keys
# make clean  forget the environment and what the tools have left
#
# All work in .venv, which is made when it is missing and renewed when pyproject.toml or a kernel changes.

VENV := .venv
BIN := $(VENV)/bin
NAME := asia-innova-2017
INSTANCE := instances/$(NAME).yaml
OUT := solutions/$(NAME)
SOURCES := pyproject.toml $(wildcard scheduler/search/*/*.cpp)

# The parts that must be covered, and how far: lines and branches, in percent.
COVERED := domain checker model exports
COVERAGE := 95

ifndef PYTHON
PYTHON := $(shell for p in python3 python3.11 python3.12 python3.13 python3.14 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
endif
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# The folder itself on the path, rather than a finder that is loaded each time Python starts.
EDITABLE := --config-settings editable_mode=compat --editable

.PHONY: demo test serve clean
.DEFAULT_GOAL := demo

demo: $(VENV)/.installed
	@$(BIN)/scheduler solve $(INSTANCE) -o $(OUT) --deterministic --export ical,csv
	@echo
	@echo "scheduler check $(INSTANCE) $(OUT)/$(NAME).solution.yaml"
	@$(BIN)/scheduler check $(INSTANCE) $(OUT)/$(NAME).solution.yaml
	@echo
	@echo "To read the schedule day by day:"
	@echo "  $(BIN)/scheduler show $(INSTANCE) $(OUT)/$(NAME).solution.yaml"

test: $(VENV)/.tested
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/pytest -q -n 2 --cov --cov-report=
	@ending=0; for part in $(COVERED); do \
		echo "Coverage of scheduler/$$part, lines and branches (at least $(COVERAGE) %):"; \
		$(BIN)/coverage report --include="scheduler/$$part/*" --fail-under=$(COVERAGE) --skip-covered || ending=1; \
	done; exit $$ending

serve: $(VENV)/.serving
	$(BIN)/scheduler serve --no-auth

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage .coverage.*

$(VENV)/.made:
	@test -n "$(PYTHON)" || { echo "This needs Python 3.11 or newer, and found none." \
		"Install one, or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "$(PYTHON) could not make a virtual environment (on Debian and Ubuntu: apt install python3-venv)" >&2; \
		exit 1; }
	@touch $@

$(VENV)/.installed: $(SOURCES) | $(VENV)/.made
	@echo "Installing the package into $(VENV) ..."
	@$(PIP) $(EDITABLE) .
	@touch $@

$(VENV)/.serving: $(SOURCES) | $(VENV)/.made
	@echo "Installing the package and what serves it into $(VENV) ..."
	@$(PIP) $(EDITABLE) '.[service]'
	@touch $@ $(VENV)/.installed

$(VENV)/.tested: $(SOURCES) | $(VENV)/.made
	@echo "Installing the package and its test tools into $(VENV) ..."
	@$(PIP) $(EDITABLE) '.[test]'
	@touch $@ $(VENV)/.installed
