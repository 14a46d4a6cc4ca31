"""The lexicon: spellings, classes, lemmas by part of speech, and the table that it is saved as."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptce_qual.folding import fold
from ptce_qual.nlp.lexicon import Lexicon, encode_lemma

_FORMS = {
    "école": "NOUN:0",
    "œuvre": "NOUN:0",
    "régional": "ADJ:0",
    "répéter": "VERB:0",
    "appeler": "VERB:0",
    "commencer": "VERB:0",
    "manger": "VERB:0",
    "essayer": "VERB:0",
    "traîner": "VERB:0",
    "marche": "NOUN:0|VERB:0r",
    "vécu": "NOUN:0|VERB:3ivre",
    "grand": "ADJ:0",
}


@pytest.fixture
def lexicon() -> Lexicon:
    return Lexicon(_FORMS, _FORMS.values(), {"aprèm": "NOUN:0"})


@pytest.mark.parametrize(
    ("written", "standard"),
    [
        ("École", "école"),
        ("ECOLE", "école"),
        ("oeuvre", "œuvre"),
        ("l’", "l'"),
        ("trainer", "traîner"),
        ("ecole", "ecole"),  # small letters without an accent are another word, not a capital's
        ("Dupont", "dupont"),
    ],
)
def test_spellings(lexicon: Lexicon, written: str, standard: str) -> None:
    assert lexicon.standard(written) == standard


@pytest.mark.parametrize(
    ("form", "pos", "lemmas"),
    [
        ("écoles", "NOUN", ["école"]),
        ("régionaux", "ADJ", ["régional"]),
        ("grandes", "ADJ", ["grand"]),
        ("répètent", "VERB", ["répéter"]),
        ("appelle", "VERB", ["appeler"]),
        ("commençait", "VERB", ["commencer"]),
        ("mangeons", "VERB", ["manger"]),
        ("essaie", "VERB", ["essayer"]),
        ("marche", "NOUN", ["marche"]),
        ("marche", "VERB", ["marcher"]),
        ("vécu", "VERB", ["vivre"]),
        ("répètes", "NOUN", ["répéter"]),  # no noun is spelled so: the part of speech was wrong
        ("aprèm", "NOUN", ["aprèm"]),
        ("zut", "NOUN", []),
    ],
)
def test_lemmas_follow_the_part_of_speech(lexicon: Lexicon, form: str, pos: str, lemmas: list[str]) -> None:
    assert lexicon.lemmas(form, pos) == lemmas


def test_classes_say_what_a_form_can_be(lexicon: Lexicon) -> None:
    assert lexicon.word_class("marche") == "NOUN|VERB"
    assert lexicon.word_class("répéter") == "VERB-inf"
    assert lexicon.word_class("répétée") == "VERB-part"
    assert lexicon.word_class("aprèm") == ""  # what the treebanks taught is not told


def test_saved_and_read_again_it_answers_alike(lexicon: Lexicon) -> None:
    again = Lexicon.from_lookups(lexicon.to_lookups())
    for form in [*_FORMS, "aprèm", "écoles"]:
        assert again.analyses(form) == lexicon.analyses(form)
        assert again.lemmas(form, "NOUN") == lexicon.lemmas(form, "NOUN")


@given(st.text(max_size=12), st.text(st.characters(exclude_categories=["Nd"]), max_size=12))
def test_a_lemma_is_found_again_from_its_rule(form: str, lemma: str) -> None:
    signature = f"NOUN:{encode_lemma(form, lemma)}"
    if "|" not in lemma and form:
        assert ("NOUN", lemma) in Lexicon([form], [signature], {}).analyses(form)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
