"""Searches of small texts, and the pipeline that reads them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from spacy.language import Language

from ptce_qual.nlp import load_pipeline

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The shipped pipeline."""
    return load_pipeline()
