# Each target works alone on a machine with Python 3.11 or later and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
TREEBANKS ?= ../shared/treebanks
BUILD := build/pipeline
PIPELINE := ptce_qual/nlp/fr_entretiens

.PHONY: help run test check translations model points evaluate clean

help:  ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

$(VENV)/run: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --constraint constraints.txt --editable .
	@touch $@

$(VENV)/test: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --constraint constraints.txt --editable '.[dev]'
	@touch $@

$(VENV)/train: $(VENV)/test
	$(PIP) install --constraint constraints.txt --editable '.[dev,train]'
	@touch $@

run: $(VENV)/run  ## code the fictional corpus and measure coverage, into results/
	$(BIN)/ptce-qual run corpus

test: $(VENV)/test  ## run the tests
	$(BIN)/python -m pytest

check: $(VENV)/train  ## lint, types, and who may import whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

translations: $(VENV)/test  ## collect the sentences, update the French catalogue, compile it
	@mkdir -p build
	$(BIN)/pybabel --quiet extract --mapping babel.cfg --keywords _ --keywords _n:1,2 --no-location --sort-output --omit-header --no-wrap \
	  --output build/ptce_qual.pot ptce_qual
	$(BIN)/pybabel --quiet update --domain ptce_qual --input-file build/ptce_qual.pot --output-dir ptce_qual/locale \
	  --ignore-obsolete --ignore-pot-creation-date --previous --no-wrap
	$(BIN)/pybabel --quiet compile --domain ptce_qual --directory ptce_qual/locale
	$(BIN)/pybabel --quiet compile --domain messages --directory ptce_qual/locale

model: $(VENV)/train  ## train the French pipeline anew (10 to 20 minutes; TREEBANKS=folder)
	rm -rf $(BUILD)
	$(BIN)/python -m training.convert $(TREEBANKS) $(BUILD)
	OMP_NUM_THREADS=1 $(BIN)/python -m spacy train training/config.cfg --code training/registered.py \
	  --output $(BUILD)/trained --paths.train $(BUILD)/train.spacy --paths.dev $(BUILD)/dev.spacy \
	  --paths.lexicon $(BUILD)/lexicon.bin
	$(BIN)/python -m training.assemble $(BUILD)/trained/model-best $(PIPELINE)
	$(MAKE) evaluate WRITE=--write

points: $(VENV)/train  ## learn the points of codebook.yaml anew from the coded interviews and passages (10 minutes)
	OMP_NUM_THREADS=1 $(BIN)/python -m training.points --write

evaluate: $(VENV)/train  ## measure the French pipeline on the development sets
	OMP_NUM_THREADS=1 $(BIN)/python -m training.evaluate $(TREEBANKS) $(PIPELINE) $(WRITE)

clean:  ## remove what the targets made
	rm -rf $(VENV) build dist results .pytest_cache .mypy_cache .ruff_cache
