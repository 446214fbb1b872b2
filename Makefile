# make run     serves Keepsake on this machine (installs what it needs the first time)
# make test    runs every layer of tests, in order, and installs what they need, a Chromium included
# make help    lists the rest

PORT ?= 8501
PYTHON ?=
export PYTHON

RUN := .venv/bin/python
PYTEST := $(RUN) -m pytest -q
LAYERS := lint types rules unit property golden app browser

.DEFAULT_GOAL := help
.PHONY: help run test $(LAYERS) dev validators format bench validate golden-update thumbnails viewer viewer-check clean

help:
	@echo 'make run [PORT=8501]   serve Keepsake'
	@echo 'make test              every layer: $(LAYERS)'
	@echo 'make LAYER             one of them'
	@echo 'make bench             measure what the README promises, on this machine'
	@echo 'make validate          compare every model with the world again; the Methods page shows what was found'
	@echo 'make format            put the code in its usual form'
	@echo 'make golden-update     accept the numbers of tests/golden as they are now'
	@echo 'make thumbnails        draw the small pictures of styles, cuts, gems and presets again'
	@echo 'make viewer            build assets/viewer from its source (needs Node.js)'
	@echo 'make viewer-check      fail if assets/viewer is not what its source builds'
	@echo 'make clean             remove .venv and everything that was generated'

run:
	@sh .ci/setup runtime
	@exec $(RUN) -m streamlit run app.py --server.port $(PORT) --server.showEmailPrompt false

test:
	@for layer in $(LAYERS); do echo "== $$layer"; $(MAKE) --no-print-directory $$layer || exit 1; done

dev:
	@sh .ci/setup dev

lint: dev
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .

types: dev
	@$(RUN) -m mypy

rules: dev
	@$(PYTEST) tests/rules

validators: dev
	@sh .ci/validators

unit: validators

# Two workers: the machines we promise to run on have two cores.
unit property golden app: dev
	@$(PYTEST) -n 2 tests/$@

browser: dev
	@sh .ci/chromium
	@$(PYTEST) tests/browser

bench: dev
	@sh .ci/chromium
	@$(RUN) -m configurator bench

validate: dev
	@$(RUN) -m configurator validate

golden-update: dev
	@KEEPSAKE_GOLDEN_UPDATE=1 $(PYTEST) tests/golden
	@git --no-pager diff --stat -- tests/golden 2>/dev/null || true

thumbnails: dev
	@$(RUN) -m configurator.export.thumbnails

format: dev
	@$(RUN) -m ruff check --fix .
	@$(RUN) -m ruff format .

viewer:
	cd configurator/ui/viewer/js && npm ci --no-audit --no-fund && node build.mjs

viewer-check:
	@sh .ci/viewer-check

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis configurator/ui/viewer/js/node_modules
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
