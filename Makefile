# `make` alone explains every target. Everything is installed below this folder; nothing else on the machine changes.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help install run chat why copy-book train validate test lint format bench encoder evaluate directory-check scale audit sbom fuzz clean meanwhile stories short-fuzz unserved operated served

PYTHON ?= $(shell for p in python3.12 python3.11 python3 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info[:2] not in ((3, 11), (3, 12)))' 2>/dev/null && { $$p -c 'import sys; print(sys.executable)'; break; }; done)
VENV ?= .venv
UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)
export UV_PROJECT_ENVIRONMENT := $(VENV)
export UV_PYTHON := $(PYTHON)
unexport PYTHONDONTWRITEBYTECODE
RUN := $(VENV)/bin/

help: ## Explain every target
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.uv/bin/uv:
	@echo "Fetching uv from PyPI into .uv ..."
	@test -n "$(PYTHON)" || { echo "Python 3.11 or 3.12 is needed and was not found."; exit 1; }
	@"$(PYTHON)" -m venv .uv >/dev/null 2>&1 || true
	@if [ -x .uv/bin/pip ]; then .uv/bin/pip install --quiet 'uv>=0.8'; \
	else rm -rf .uv; "$(PYTHON)" -m pip install --quiet --target .uv 'uv>=0.8'; fi

$(VENV)/.run-time: pyproject.toml uv.lock runtime/signpost-startup.pth | $(filter .uv/bin/uv,$(UV))
	$(UV) sync --locked --no-dev --inexact
	@touch $@

$(VENV)/.developer: pyproject.toml uv.lock runtime/signpost-startup.pth | $(filter .uv/bin/uv,$(UV))
	$(UV) sync --locked
	@touch $@ $(VENV)/.run-time

install: $(VENV)/.run-time ## Install what running needs

run: install ## Train if need be and answer on http://127.0.0.1:5005 (HOST and PORT change it)
	@exec $(RUN)python -m runtime.server

chat: install ## The same assistant in this terminal; plays transcripts (ARGS="tests/conversations"), and more: docs/terminal.md
	@exec $(RUN)python -m runtime.terminal $(ARGS)

why: install ## Tell, one line a stage, why a message is answered as it is (SAY="my message")
	@$(RUN)python -m runtime.terminal --why $(if $(SAY),--say "$(SAY)")

copy-book: install ## Write every reply as cards that can be printed (.rasa/copy-book.html)
	@mkdir -p .rasa
	@$(RUN)python -m signpost.copy_book .rasa/copy-book.html
	@echo "Open .rasa/copy-book.html in a browser, and print it."

train: install ## Train the model if the data has changed
	$(RUN)python -m runtime.training

validate: $(VENV)/.developer ## Check the training data, the figures and the services
	$(RUN)rasa data validate --fail-on-warnings
	$(UV) run --locked --directory data_checks python check_statistics.py
	$(RUN)signpost figures export .rasa/data >/dev/null
	$(UV) run --locked --directory data_checks python check_statistics.py ../.rasa/data

lint: $(VENV)/.developer ## Style, types, copy, and whether the data fit together
	$(RUN)ruff check .
	$(RUN)ruff format --check .
	$(RUN)mypy
	$(RUN)python -m signpost.copy_linter
	$(RUN)python -m signpost.faults

format: $(VENV)/.developer ## Put the code into shape
	$(RUN)ruff check --fix .
	$(RUN)ruff format .

test: $(VENV)/.developer ## Everything that must hold: lint, data, and all tests
	@echo "Checking style and data, and training if the data have changed ..."
	$(MAKE) --no-print-directory -j2 -Otarget train lint validate
	$(MAKE) --no-print-directory -j2 meanwhile served

# Beside the tests of the browser and the running server: all others, one after the other, and shown whole only if they fail.
meanwhile: stories short-fuzz unserved operated

stories: $(VENV)/.developer
	@mkdir -p .rasa
	@$(RUN)rasa test core --stories tests/stories --fail-on-prediction-errors --out .rasa/results >.rasa/stories.log 2>&1 \
	|| { cat .rasa/stories.log; exit 1; }

short-fuzz: stories
	@$(MAKE) --no-print-directory fuzz FUZZED=300 >.rasa/fuzz.log 2>&1 || { cat .rasa/fuzz.log; exit 1; }

UNSERVED := tests/conversations tests/data tests/encoder_tuning tests/signpost tests/understanding

OPERATED := tests/deploy tests/scale tests/security tests/trust

unserved: short-fuzz
	@$(RUN)pytest -q $(UNSERVED) >.rasa/unserved.log 2>&1 || { cat .rasa/unserved.log; exit 1; }
	@tail -n 1 .rasa/unserved.log

operated: unserved
	@$(RUN)pytest -q $(OPERATED) >.rasa/operated.log 2>&1 || { cat .rasa/operated.log; exit 1; }
	@tail -n 1 .rasa/operated.log

served: $(VENV)/.developer
	$(RUN)pytest $(patsubst %,--ignore=%,$(UNSERVED) $(OPERATED))

bench: $(VENV)/.developer ## Measure, side by side with a stock Rasa bot
	$(RUN)python -m benchmarks

scale: $(VENV)/.developer ## Two processes, Redis and nginx: kill one, lose nothing; measure two against one
	$(RUN)python -m benchmarks.scale

FUZZED ?= 10000

audit: $(VENV)/.developer ## Hold the locked libraries against their known weaknesses
	UV="$(abspath $(shell command -v $(UV)))" $(UV) run --locked --directory contract_checks python supply_chain.py audit

sbom: $(VENV)/.developer ## Write docs/sbom.cdx.json, the bill of materials, from the lock
	UV="$(abspath $(shell command -v $(UV)))" $(UV) run --locked --directory contract_checks python supply_chain.py sbom

fuzz: $(VENV)/.developer ## Send 10,000 odd requests to the served channel (FUZZED=300 for fewer)
	$(UV) run --locked --directory contract_checks openapi-spec-validator ../docs/openapi.yaml
	$(UV) run --locked --directory contract_checks python fuzz_channel.py --requests $(FUZZED) --python $(abspath $(VENV))/bin/python

directory-check: $(VENV)/.developer ## What in the service directory a person should look at
	$(RUN)signpost directory check

encoder: $(VENV)/.developer ## Tune the sentence encoder again on data/nlu (half an hour, and PyTorch; see encoder_tuning/)
	@mkdir -p .rasa
	$(RUN)python -m encoder_tuning.sentences .rasa/sentences.jsonl
	$(UV) run --locked --directory encoder_tuning python tune.py ../.rasa/sentences.jsonl

evaluate: $(VENV)/.developer ## Train, cross-validate, and write docs/evaluation
	$(RUN)python -m benchmarks.evaluation

clean: ## Remove what was built: environment, models, caches
	rm -rf $(VENV) .rasa models/*.tar.gz .pytest_cache .mypy_cache .ruff_cache benchmarks/out tests/shots
