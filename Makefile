# knotenpunkt: `make start` to try it, `make test` to check it. `make help` lists everything.

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
UV_VERSION := 0.13.9
export KNOTENPUNKT_DATA ?= $(CURDIR)/knotenpunkt-data

.PHONY: help start install test check benchmark messages lock bill-of-materials clean

help:  ## list what there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 20

start: .venv/.installed  ## install, load the demo networks, serve on http://localhost:8000 (or PORT=8123)
	@$(BIN)/knotenpunkt database migrate
	@$(BIN)/knotenpunkt demo load
	@$(BIN)/knotenpunkt serve --port $(PORT)

# The service's user only reads: what is compiled once here is not compiled at each of its starts.
install: .venv/.installed  ## install or upgrade the program for a service that another user runs
	@umask 022 && $(BIN)/python -m compileall -q -j 0 .venv/lib config knotenpunkt
	@$(BIN)/python -c "from knotenpunkt.foundation.core import catalogues as c; c.compile_stale_catalogues()"

test: .venv/.developer  ## run all tests on SQLite and PostgreSQL, in a real browser too
	@$(BIN)/python -m scripts.machine
	@$(BIN)/python -m scripts.run_tests

check: .venv/.developer  ## lint, types, contracts, templates, translations, migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --lint knotenpunkt --quiet
	$(BIN)/python -m scripts.messages check
	DJANGO_SETTINGS_MODULE=config.settings.test $(BIN)/python manage.py makemigrations --check --dry-run

benchmark: .venv/.developer  ## measure what the product promises to be fast at
	@$(BIN)/python -m benchmarks.run

messages: .venv/.developer  ## bring the translation catalogues up to date
	@$(BIN)/python -m scripts.messages update

lock: .venv/.developer  ## resolve the dependencies anew, pinned and hashed
	for extra in "--extra install -o requirements.lock" "--extra install --extra dev -o requirements-dev.lock"; do \
	  $(BIN)/uv pip compile --quiet --upgrade pyproject.toml --universal --python-version 3.11 \
	    --generate-hashes --no-header $$extra; done

bill-of-materials: .venv/.developer  ## name every part of the product, with licence and hash, in build/
	@$(BIN)/python -m scripts.bill_of_materials

clean:  ## remove the environment and caches, never the data
	rm -rf .venv build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

.venv/bin/uv:
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

.venv/.installed: .venv/bin/uv requirements.lock pyproject.toml
	$(BIN)/uv pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/uv pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.developer: .venv/.installed requirements-dev.lock
	$(BIN)/uv pip install --quiet --require-hashes -r requirements-dev.lock
	@touch $@
