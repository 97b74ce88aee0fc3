# make serve: set up and run. make test: set up and run everything CI runs.
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3

.PHONY: serve test check setup setup-dev format lint types floors tests browser evals serves lock train vectors mutants clean

serve: setup
	$(BIN)/python -m app serve

test: check evals serves

check: setup-dev lint types floors tests

setup: $(VENV)/.runtime
setup-dev: $(VENV)/.dev browser

# Everything is locked, so nothing has to be resolved: --no-deps keeps pip quick.
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.txt pyproject.toml | $(BIN)/python
	$(INSTALL) --require-hashes -r requirements.txt
	$(INSTALL) -e .
	touch $@

$(VENV)/.dev: requirements-dev.txt pyproject.toml | $(BIN)/python
	$(INSTALL) --require-hashes -r requirements-dev.txt
	$(INSTALL) -e .
	touch $@ $(VENV)/.runtime

# The browser tests drive Debian's Chromium, one of them behind Debian's nginx; without root and apt they are skipped, with a line that says so.
browser:
	@{ command -v chromium && command -v nginx; } >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	  && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium nginx-light >/dev/null; } \
	  || echo "no Chromium or no nginx here: browser tests will be skipped"

format:
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types:
	$(BIN)/mypy

floors:
	$(BIN)/lint-imports

# By files, so that each browser and each server serves one worker.
tests:
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile

evals:
	$(BIN)/python -m evals all

# The locked run-time packages alone carry the program: what `make serve` gives on a fresh machine.
serves: ALONE := $(VENV)-serve
serves:
	rm -rf $(ALONE) && $(PYTHON) -m venv $(ALONE)
	$(ALONE)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.txt
	FIVEGAP_VAR=$(ALONE)/var $(ALONE)/bin/python -m app doctor
	FIVEGAP_VAR=$(ALONE)/var $(ALONE)/bin/python -c "from app.server import create_app; create_app()"
	rm -rf $(ALONE)

lock: setup-dev
	$(BIN)/python -m pip install --quiet "uv>=0.8"
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --group pyproject.toml:dev pyproject.toml -o requirements-dev.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  -c requirements-dev.txt pyproject.toml -o requirements.txt

# Makes the encoder's weights again (needs the train group and about an hour on two cores).
train:
	$(BIN)/python -m evals.train

# Embeds the playbook again after its texts or the encoder have changed; a test says when.
vectors: setup-dev
	$(BIN)/python -m evals.train.vectors

# Mutants of app/audit and app/interview against their fast tests, by night: all take about an hour; SAMPLE=400 SEED=7 draws some.
mutants: $(VENV)/.mutants
	nice -n 19 $(BIN)/python -m evals mutants $(if $(SAMPLE),--sample $(SAMPLE)) $(if $(SEED),--seed $(SEED))

$(VENV)/.mutants: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "pip>=25.1"  # knows groups
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group mutants
	touch $@

clean:
	rm -rf $(VENV) $(VENV)-serve .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
