# Needs Python 3.11 or newer and make; everything else comes from PyPI and npm, the latter through a Node from PyPI.
#   make demo   read the sample policies and serve them (PORT=8000)
#   make test   lint, types, tests
#   make docs   write docs/cli.md and docs/settings.md anew
#   make goldens  write what the reports answer on the sample policies anew (tests/queries/goldens)
#   make weights   learn the weights of the extractor anew (needs CLAUSEGRAPH_SHARED; CROSS=10 scores them instead)
#   make precision   write the precision of each rule, which confidence is read from, anew (needs CLAUSEGRAPH_SHARED)
#   make evaluation  write docs/evaluation.md anew (needs CLAUSEGRAPH_SHARED)
#   make bench  measure how fast policies are read (needs CLAUSEGRAPH_SHARED, or BENCH=--samples)
#   make bench-graphql   measure GraphQL beside SPARQL, a naive resolver and objects in memory
#   make bench-sparql   measure small SPARQL results over HTTP beside other servers (two minutes)
#   make bench-reports   measure how long each report takes (needs CLAUSEGRAPH_SHARED, or BENCH=api/samples)
#   make lock   choose the newest versions of everything and write them down
#   make clean  remove what these made

PYTHON ?= python3
PORT ?= 8000
PYTEST ?=
BENCH ?=
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
WEB := $(shell find api/web -path api/web/node_modules -prune -o -type f -print 2>/dev/null)

# Gold documents: rules are tuned on the first, the second are only scored and never looked at.
SHARED := $(or $(CLAUSEGRAPH_SHARED),../shared)
TUNE := 001 004 en1 en2 en3 en5 cs1 cs2 cs3 cs5 hant1 hant4 hans1 hans3
CHECK := en4 en6 cs4 cs6 hant2 hant3 hans2 hans4

.PHONY: demo test lint types docs goldens weights precision evaluation bench bench-graphql bench-sparql bench-reports lock clean

demo: $(VENV)/.run
	CLAUSEGRAPH_STORE=.clausegraph/demo $(BIN)/clausegraph ingest api/samples
	@echo
	CLAUSEGRAPH_STORE=.clausegraph/demo exec $(BIN)/clausegraph serve --port $(PORT)

test: lint types
	$(BIN)/python -m pytest $(PYTEST)

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy
	$(BIN)/pyright --pythonpath $(BIN)/python

docs: $(VENV)/.dev
	CLAUSEGRAPH_WRITE_DOCS=1 $(BIN)/python -m pytest -q tests/packaging/test_docs.py tests/packaging/test_graphql_docs.py

goldens: $(VENV)/.dev
	CLAUSEGRAPH_WRITE_GOLDENS=1 $(BIN)/python -m pytest -q tests/queries/test_goldens.py

weights: $(VENV)/.run
	$(PIP) install 'scikit-learn>=1.5,<2'
	CLAUSEGRAPH_SHARED=$(SHARED) $(BIN)/python -W ignore bench/weights.py --tune $(TUNE) $(if $(CROSS),--cross $(CROSS))

# Held out in turn, so that confidence is not what the weights remember.
precision: $(VENV)/.run
	$(PIP) install 'scikit-learn>=1.5,<2'
	CLAUSEGRAPH_SHARED=$(SHARED) $(BIN)/python -W ignore bench/weights.py --tune $(TUNE) --cross 10 \
		--precision ingest/extract/precision.toml

evaluation: $(VENV)/.run
	CLAUSEGRAPH_SHARED=$(SHARED) $(BIN)/python bench/evaluation.py --tune $(TUNE) --check $(CHECK)

bench: $(VENV)/.run
	CLAUSEGRAPH_SHARED=$(SHARED) $(BIN)/python -m bench.throughput $(BENCH)

# The servers that it compares with are of no other use here.
bench-sparql: $(VENV)/.run
	-$(PIP) install 'oxigraph>=0.5,<0.6' 'rdflib-endpoint>=0.6,<0.7'
	$(BIN)/python -m bench.sparql $(BENCH)

bench-reports: $(VENV)/.run
	CLAUSEGRAPH_SHARED=$(SHARED) $(BIN)/python -m bench.reports $(BENCH)

bench-graphql: $(VENV)/.run
	$(BIN)/python -m bench.graphql $(BENCH)

lock:
	$(PYTHON) -m venv $(VENV)
	$(PIP) install uv
	$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
		--group dev pyproject.toml -o requirements/dev.txt
	$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
		--constraints requirements/dev.txt --group build pyproject.toml -o requirements/run.txt

clean:
	rm -rf $(VENV) .clausegraph dist build api/web/node_modules api/static/vendor
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +

# The package with what it needs to run, editable; the build hook bundles the browser code.
$(VENV)/.run: requirements/run.txt pyproject.toml hatch_build.py $(WEB)
	@$(PYTHON) -c 'import sys; sys.exit("ClauseGraph needs Python 3.11 or newer, and $(PYTHON) is " \
		+ sys.version.split()[0] + ". Name another: make PYTHON=python3.12 …") if sys.version_info < (3, 11) else None'
	@echo "Setting up $(VENV) (about a minute the first time) …"
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install --require-hashes -r requirements/run.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@test -f api/static/vendor/graphql.js || echo "Note: no connection to the npm registry, so no GraphQL playground, SPARQL editor and charts."
	@touch $@

# Beside it, what development needs.
$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@
