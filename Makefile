# Sparringsrummet. `make run` starts everything; `make test` proves it.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv/bin/python
.PHONY: run test lint check messages elasticsearch assets dev

run:
	@exec $(PYTHON) scripts/run.py

dev:
	@$(PYTHON) scripts/bootstrap.py --dev

assets: dev
	@$(VENV) scripts/build_assets.py

test: assets
	@$(VENV) scripts/messages.py compile
	@$(VENV) scripts/test.py $(ARGS)

lint: dev
	@$(VENV) scripts/lint.py

messages: dev
	@$(VENV) scripts/messages.py extract
	@$(VENV) scripts/messages.py compile

elasticsearch:
	@$(PYTHON) scripts/bootstrap.py
	@exec $(VENV) scripts/elasticsearch.py run
