"""What analyses divide by."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from ptce_qual.model import Transcript
from ptce_qual.nlp import docs_for, load_pipeline
from ptce_qual.nlp.segmentation import segmentation
from ptce_qual.nlp.words import is_word


@pytest.mark.parametrize("word", ["ville", "l'", "-t-il", "12", "3ème", "élu·e", "A"])
def test_words(word: str) -> None:
    assert is_word(word)


@pytest.mark.parametrize("word", [",", "«", "…", " ", "\n", "euh", "Hm", "proj-", "c-", "l~", "-", "—"])
def test_no_words(word: str) -> None:
    assert not is_word(word)


def test_bounds_of_a_text(nlp: Language) -> None:
    text = "Euh, l'école. Y va-t-il ?\n\n  Non\u00a0! "
    transcript = Transcript("x", text)
    (doc,) = docs_for([transcript], nlp)
    found = segmentation(doc, transcript)
    assert [text[a:b] for a, b in found.sentences] == ["Euh, l'école.", "Y va-t-il ?", "Non\u00a0!"]
    assert [text[a:b] for a, b in found.paragraphs] == ["Euh, l'école. Y va-t-il ?", "Non\u00a0!"]
    assert [text[a:b] for a, b in found.words] == ["l'", "école", "Y", "va", "-t-il", "Non"]


_NLP: list[Language] = []


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_bounds_lie_in_the_text_in_order(text: str) -> None:
    if not _NLP:
        _NLP.append(load_pipeline())
    transcript = Transcript("x", text)
    (doc,) = docs_for([transcript], _NLP[0])
    found = segmentation(doc, transcript)
    for bounds in (found.sentences, found.paragraphs, found.words):
        flat = [0, *(point for pair in bounds for point in pair), len(text)]
        assert flat == sorted(flat)
        assert all(text[a:b].strip() == text[a:b] != "" for a, b in bounds)
