# Sparringsrummet. `make run` starts everything; `make test` proves it.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv/bin/python
export PRE_COMMIT_HOME := $(CURDIR)/var/pre-commit
.PHONY: run test acceptance coverage mutants pictures lint messages elasticsearch assets dev lock release

run:
	@exec $(PYTHON) -m devtools.run

dev:
	@$(PYTHON) -m devtools.bootstrap --dev

assets: dev
	@$(VENV) -m devtools.assets

test: assets
	@$(VENV) -m devtools.texts compile
	@$(VENV) -m devtools.test $(ARGS)

# Would a test notice a wrong rule? Takes long: make mutants ARGS="renewal --minutes 3"
mutants: dev
	@$(VENV) -m devtools.mutants $(ARGS)

# The pictures of README.md, taken again from the running demo.
pictures: assets
	@$(VENV) -m devtools.texts compile
	@PICTURES=$(CURDIR)/docs/images $(VENV) -m devtools.test tests/browser/test_pictures.py

# Five source systems move in: a hundred tasks in the browser, told in order. Takes about ten minutes.
acceptance: assets
	@$(VENV) -m devtools.texts compile
	@$(VENV) -m devtools.test $(wildcard tests/browser/test_moves_in_*.py)

# Every test, measured: how much of the product they run, and whether it is enough.
coverage: assets
	@$(VENV) -m devtools.texts compile
	@$(VENV) -m devtools.test --coverage

# One check: make lint ARGS=house
lint: dev
	@.venv/bin/pre-commit run --all-files --hook-stage manual $(ARGS)

messages: dev
	@$(VENV) -m devtools.texts extract
	@$(VENV) -m devtools.wagtail_texts update
	@$(VENV) -m devtools.texts compile

elasticsearch:
	@$(PYTHON) -m devtools.bootstrap
	@exec $(VENV) -m devtools.elasticsearch run

# After a change of a dependency in pyproject.toml; UPGRADE=--upgrade takes the newest of all.
LOCK := .venv/bin/uv pip compile --quiet --generate-hashes --no-header --no-annotate pyproject.toml
lock: dev
	@$(LOCK) $(UPGRADE) --output-file requirements-dev.lock --group dev
	@$(LOCK) --constraint requirements-dev.lock --output-file requirements-run.lock --group run
	@$(LOCK) --constraint requirements-dev.lock --output-file requirements.lock

# What a release is made of: every package with its version and hash (CycloneDX), for its publication.
release: dev
	@mkdir -p var/release
	@.venv/bin/cyclonedx-py requirements requirements.lock --pyproject pyproject.toml \
	  --output-reproducible -o var/release/sbom-python.json
	@PATH=$(CURDIR)/.venv/bin:$$PATH npm sbom --package-lock-only --sbom-format cyclonedx \
	  > var/release/sbom-assets.json
	@echo "var/release: sbom-python.json, sbom-assets.json"
