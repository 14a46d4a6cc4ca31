import pytest
from spacy.language import Language

from ptce_qual.nlp import load_pipeline


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The shipped pipeline."""
    return load_pipeline()
