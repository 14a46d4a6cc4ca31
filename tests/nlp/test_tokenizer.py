"""What a word is in transcribed French."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ptce_qual.nlp.language import SpokenFrench
from ptce_qual.nlp.tokenizer import make_tokenizer

_NLP = SpokenFrench()
_TOKENIZER = make_tokenizer(_NLP.vocab)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("l'école d'ici", "l'|école|d'|ici"),
        ("l’école d’ici", "l’|école|d’|ici"),
        ("J'ai dit qu'on n'y va pas", "J'|ai|dit|qu'|on|n'|y|va|pas"),
        ("JUSQU'À L'ÉCOLE", "JUSQU'|À|L'|ÉCOLE"),
        ("aujourd'hui quelqu'un prud'hommes presqu'île", "aujourd'hui|quelqu'un|prud'hommes|presqu'île"),
        ("Aujourd’hui Quelqu’un", "Aujourd’hui|Quelqu’un"),
        ("y'a t'as p'tit m'sieur", "y'|a|t'|as|p'tit|m'sieur"),
        ("a-t-il dit-elle vas-y dites-nous-le", "a|-t-il|dit|-elle|vas|-y|dites|-nous|-le"),
        ("est-ce que qu'est-ce", "est|-ce|que|qu'|est|-ce"),
        ("cette année-là celui-là ceux-ci ce jour-là", "cette|année|-là|celui-là|ceux-ci|ce|jour|-là"),
        ("peut-être c'est-à-dire vice-président rendez-vous", "peut-être|c'est-à-dire|vice-président|rendez-vous"),
        ("l'on dit", "l'on|dit"),
        ("du pain au marché des halles", "du|pain|au|marché|des|halles"),
        ("le proj- le projet, c- c'est, j~ je", "le|proj-|le|projet|,|c-|c'|est|,|j~|je"),
        ("élu(e)s élu·e·s élus/élues", "élu(e)s|élu·e·s|élus|/|élues"),
        ("12,5 % 12% 3€ 1.500 n°3", "12,5|%|12|%|3|€|1.500|n°|3"),
        ("M. Dupont, Mme Durand.", "M.|Dupont|,|Mme|Durand|."),
        ("« Oui », (rires)…", "«|Oui|»|,|(|rires|)|…"),
        ("bon…enfin...quoi", "bon|…|enfin|...|quoi"),
        ("fini.Après,rien", "fini|.|Après|,|rien"),
        ("—Oui -Non — bon", "—|Oui|-|Non|—|bon"),
        ("d'accord, d'après lui", "d'|accord|,|d'|après|lui"),
        ("la SCIC, l'EPCI.", "la|SCIC|,|l'|EPCI|."),
        ("www.ess-france.org a@b.fr", "www.ess-france.org|a@b.fr"),
    ],
)
def test_tokens(text: str, tokens: str) -> None:
    assert [token.text for token in _TOKENIZER(text)] == tokens.split("|")


@pytest.mark.parametrize("text", ["L’Élu", "l'élu"])
def test_norm_has_one_apostrophe_and_no_capitals(text: str) -> None:
    assert [token.norm_ for token in _TOKENIZER(text)] == ["l'", "élu"]


@pytest.mark.parametrize(("word", "number"), [("12", True), ("1 500", True), ("vingt-deux", True), ("ville", False)])
def test_numbers_in_digits_and_letters(word: str, number: bool) -> None:
    assert _NLP.vocab[word].like_num is number


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80))
def test_tokenising_never_changes_a_text(text: str) -> None:
    assert _TOKENIZER(text).text == text


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("aéE' ’-–—~.,…?!«»()\"/0 \n\u00a0€%l'qu"), max_size=40))
def test_tokenising_never_changes_what_transcripts_are_made_of(text: str) -> None:
    doc = _TOKENIZER(text)
    assert doc.text == text
    assert all(token.text for token in doc)
