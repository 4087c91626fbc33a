# `make crawl` and `make test` work alone on a fresh machine: Python 3.11 or newer with venv, and make.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready

.PHONY: crawl test lint gazetteer docs bench-venv clean

# The five saved portals, crawled over real HTTP on the loopback; `scrapy crawl NAME` goes to the real one.
crawl: $(READY)
	$(BIN)/scrapy crawlall --saved fixtures/portals

test: lint
	$(BIN)/python -m pytest

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# The list of divisions, made again from the pinned packages that it comes from.
gazetteer: $(READY)
	$(BIN)/python -m pipelines.vocabulary.build.divisions
	$(BIN)/python -m pipelines.vocabulary.build.signs

# The pages that are made from data.
docs: $(READY)
	$(BIN)/python -m pipelines.vocabulary.build.findings

# What the benches compare with, in a place of its own: .venv-bench/bin/python bench/tables.py
bench-venv:
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip install --quiet --upgrade pip
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check -r bench/requirements.txt

$(READY): requirements.lock
	$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("gongkai needs Python 3.11 or newer; set PYTHON=python3.11")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	touch $@

clean:
	rm -rf .venv .venv-bench data
