# Each target works alone on a machine with Python 3.11 or later and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
TREEBANKS ?= ../shared/treebanks
BUILD := build/pipeline
PIPELINE := ptce_qual/nlp/fr_entretiens

.PHONY: help test check model evaluate clean

help:  ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

$(VENV)/test: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --constraint constraints.txt --editable '.[dev]'
	@touch $@

$(VENV)/train: $(VENV)/test
	$(PIP) install --constraint constraints.txt --editable '.[dev,train]'
	@touch $@

test: $(VENV)/test  ## run the tests
	$(BIN)/python -m pytest

check: $(VENV)/train  ## lint, types, and who may import whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

model: $(VENV)/train  ## train the French pipeline anew (10 to 20 minutes; TREEBANKS=folder)
	rm -rf $(BUILD)
	$(BIN)/python -m training.convert $(TREEBANKS) $(BUILD)
	OMP_NUM_THREADS=1 $(BIN)/python -m spacy train training/config.cfg --code training/registered.py \
	  --output $(BUILD)/trained --paths.train $(BUILD)/train.spacy --paths.dev $(BUILD)/dev.spacy \
	  --paths.lexicon $(BUILD)/lexicon.bin
	$(BIN)/python -m training.assemble $(BUILD)/trained/model-best $(PIPELINE)
	$(MAKE) evaluate WRITE=--write

evaluate: $(VENV)/train  ## measure the French pipeline on the development sets
	OMP_NUM_THREADS=1 $(BIN)/python -m training.evaluate $(TREEBANKS) $(PIPELINE) $(WRITE)

clean:  ## remove what the targets made
	rm -rf $(VENV) build dist results .pytest_cache .mypy_cache .ruff_cache
