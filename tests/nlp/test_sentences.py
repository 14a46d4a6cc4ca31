"""Where sentences of transcribed speech begin and end."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from ptce_qual.nlp.language import SpokenFrench
from ptce_qual.nlp.sentences import CUT, TURNS, WRAPPED, SpeechSentences, cut_share
from ptce_qual.nlp.tokenizer import make_tokenizer

_TOKENIZER = make_tokenizer(SpokenFrench().vocab)


@pytest.fixture(scope="module")
def blank() -> Language:
    nlp = SpokenFrench()
    nlp.tokenizer = make_tokenizer(nlp.vocab)
    return nlp


def sentences(nlp: Language, text: str, **settings_: int) -> list[str]:
    return [sentence.text.strip() for sentence in SpeechSentences(**settings_)(nlp.make_doc(text)).sents]


@pytest.mark.parametrize(
    "marked",
    [
        "Bonjour.|Ça va ?|Oui !",
        "Euh… je sais pas.|Et là…|Rien.",
        "il dort…|il rêve.|on attend.",  # a transcriber without capitals: « … » divides there too
        "On a vu M. Martin et Mme Durand.|C'est tout.",
        "Des légumes, des œufs, etc. et du pain.|Et puis etc.|Voilà.",
        "Le prix, p. ex. le pain, ça monte.",
        "C'est le n° 3 de la rue St. Jean.|Après, rien.",
        "On était 1.500 à 14h30, soit 3,5 % de plus.|Bon.",
        "1. La cantine.\n|2. Le four.",
        "Il a dit : « Non. C'est fini. » et il est parti.|Nous, on est restés.",
        "« Tu viens ? »|Il a pas répondu.",
        "Il m'a dit « Tu viens ? Allez. »|Puis plus rien.",
        "Il gelait (on était en mars. Ou en avril.) et le four marchait pas.|Voilà.",
        "C'était (rires) n'importe quoi.|(silence) Bon.",
        "Quoi ?!|Encore...|Ah bon ?",
        "Il a dit « jamais.|Et voilà.",  # a quote that nobody closes holds nothing together
        '"Ah. Bon."|C\'est tout.',
        "première ligne sans point\n|deuxième ligne sans point",
        "Oui, oui.\u00a0|Non\u00a0!|Si.",
    ],
)
def test_strong_punctuation_divides_and_nothing_else(blank: Language, marked: str) -> None:
    text = marked.replace("|", "\n" if "\n" in marked else " ").replace("\n\n", "\n")
    assert sentences(blank, text) == [piece.strip() for piece in marked.split("|")]


def test_no_sentence_crosses_a_turn(blank: Language) -> None:
    doc = blank.make_doc("Et donc la mairie oui la mairie a payé")
    doc.spans[TURNS] = [doc[0:4], doc[4:9]]
    assert [sentence.text for sentence in SpeechSentences()(doc).sents] == [
        "Et donc la mairie",
        "oui la mairie a payé",
    ]


def test_line_breaks_of_subtitles_are_layout(blank: Language) -> None:
    doc = blank.make_doc("on est partis\nde trois personnes. Et\naprès voilà")
    doc.user_data[WRAPPED] = True
    assert [" ".join(s.text.split()) for s in SpeechSentences()(doc).sents] == [
        "on est partis de trois personnes.",
        "Et après voilà",
    ]


def test_a_long_unpunctuated_turn_is_cut_at_discourse_markers(blank: Language) -> None:
    part = "on faisait les paniers avec les voisins et les voisines du bourg depuis des années"
    doc = SpeechSentences()(blank.make_doc(f"{part} alors {part} du coup {part} et puis {part} mais {part}"))
    found = [sentence.text for sentence in doc.sents]
    assert "".join(found).replace(" ", "") == doc.text.replace(" ", "")
    assert all(len(text.split()) <= 60 for text in found)
    assert {text.split()[0] for text in found[1:]} <= {"alors", "du", "et", "mais"}
    assert [(span.start, span.end) for span in doc.spans[CUT]] == [(s.start, s.end) for s in doc.sents]
    assert cut_share(doc) == 1.0


def test_the_share_of_cut_words_is_told(blank: Language) -> None:
    long = "on va et on vient " * 8 + "alors " + "on va et on vient " * 8
    doc = SpeechSentences()(blank.make_doc(f"Oui euh. {long}"))
    assert cut_share(doc) == pytest.approx(81 / 82)


def test_a_long_turn_without_markers_stays_whole(blank: Language) -> None:
    doc = SpeechSentences()(blank.make_doc("la la " * 100))
    assert len(list(doc.sents)) == 1
    assert len(doc.spans[CUT]) == 0


def test_alors_que_is_no_marker(blank: Language) -> None:
    half = "mot " * 40
    assert len(sentences(blank, f"{half}alors que {half}")) == 1


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("ab A.?!…«»()\"\n\u00a0,-'’1é"), max_size=60))
def test_sentences_are_a_partition_of_the_tokens(text: str) -> None:
    doc = SpeechSentences()(_TOKENIZER(text))
    bounds = [(sentence.start, sentence.end) for sentence in doc.sents]
    assert [token for start, end in bounds for token in range(start, end)] == list(range(len(doc)))
    assert doc.text == text
