"""Treebank sentences as surface words, their variants, and the Docs to train on."""

import random
from pathlib import Path

import pytest
from spacy.vocab import Vocab

from training.conllu import Sentence, in_groups, read_treebank, with_capital, with_hyphen_cuts, without_punctuation
from training.convert import KEPT, development_sentences, make_doc, training_sentences

CONLLU = """# sent_id = 1
# text = j'ai parlé du fou~, l'idiot.
1\tj'\tmoi\tPRON\t_\tNumber=Sing|Person=1|PronType=Prs\t3\tnsubj\t_\tSpaceAfter=No
2\tai\tavoir\tAUX\t_\tMood=Ind|VerbForm=Fin\t3\taux:tense\t_\t_
3\tparlé\tparler\tVERB\t_\tVerbForm=Part\t0\troot\t_\tGender[ctxt]=Masc|Subject=NoRaising
4-5\tdu\t_\t_\t_\t_\t_\t_\t_\t_
4\tde\tde\tADP\t_\t_\t6\tcase\t_\t_
5\tle\tle\tDET\t_\tDefinite=Def\t6\tdet\t_\t_
6\tfou~\tfou~\tX\t_\t_\t3\tobl:arg\t_\tSpaceAfter=No
7\t,\t,\tPUNCT\t_\t_\t9\tpunct\t_\t_
8\tl'\tle\tDET\t_\tDefinite=Def\t9\tdet\t_\tSpaceAfter=No
9\tidiot\tidiot\tNOUN\t_\t_\t6\treparandum\t_\tSpaceAfter=No
10\t.\t.\tPUNCT\t_\t_\t3\tpunct\t_\t_

# sent_id = 2
# text = celui auquel on parle
1\tcelui\tcelui\tPRON\t_\tPronType=Dem\t0\troot\t_\t_
2-3\tauquel\t_\t_\t_\t_\t_\t_\t_\t_
2\tà\tà\tADP\t_\t_\t3\tcase\t_\t_
3\tlequel\tlequel\tPRON\t_\tPronType=Rel\t5\tobl:arg\t_\t_
4\ton\ton\tPRON\t_\tPronType=Ind\t5\tnsubj\t_\t_
5\tparle\tparler\tVERB\t_\tVerbForm=Fin\t1\tacl:relcl\t_\t_

"""


@pytest.fixture
def sentences(tmp_path: Path) -> list[Sentence]:
    path = tmp_path / "fr_rhapsodie-ud-train.conllu"
    path.write_text(CONLLU, encoding="utf-8")
    return read_treebank(path, spoken=True)


def test_surface_words_stand_in_the_text(sentences: list[Sentence]) -> None:
    for sentence in sentences:
        text = "".join(word.form + " " * word.space_after for word in sentence.words)
        assert text.strip() == sentence.text


def test_a_contraction_is_one_word_with_its_prepositions_place(sentences: list[Sentence]) -> None:
    du = sentences[0].words[3]
    assert (du.form, du.lemma, du.pos, du.dep) == ("du", "de", "ADP", "case")
    assert sentences[0].words[du.head].form == "fou~"
    auquel = sentences[1].words[1]
    assert (auquel.form, auquel.lemma, auquel.pos, auquel.dep) == ("auquel", "lequel", "PRON", "obl:arg")
    assert sentences[1].words[auquel.head].form == "parle"


def test_pronouns_have_their_own_lemma_and_features_come_from_both_columns(sentences: list[Sentence]) -> None:
    assert sentences[0].words[0].lemma == "je"
    assert sentences[0].words[2].morph == "Gender=Masc|VerbForm=Part"
    assert sentences[0].words[2].dep == "ROOT"


def test_pud_does_not_tell_its_obliques_apart(tmp_path: Path) -> None:
    path = tmp_path / "fr_pud-ud-test.conllu"
    path.write_text(CONLLU.replace("obl:arg", "obl"), encoding="utf-8")
    assert read_treebank(path, spoken=False)[0].words[4].dep == ""


def test_without_punctuation_the_tree_stays_one(sentences: list[Sentence]) -> None:
    bare = without_punctuation(sentences[0])
    assert [word.form for word in bare.words] == ["j'", "ai", "parlé", "du", "fou~", "l'", "idiot"]
    assert [bare.words[word.head].form for word in bare.words] == [
        "parlé", "parlé", "parlé", "fou~", "parlé", "idiot", "fou~",
    ]  # fmt: skip
    assert bare.words[4].space_after


def test_capitals_and_hyphens(sentences: list[Sentence]) -> None:
    assert with_capital(sentences[0]).words[0].form == "J'"
    assert with_hyphen_cuts(sentences[0]).words[4].form == "fou-"


def test_a_doc_has_its_sentences_and_their_heads(sentences: list[Sentence]) -> None:
    doc = make_doc(Vocab(), sentences)
    assert doc.text.strip() == "j'ai parlé du fou~, l'idiot. celui auquel on parle"
    assert [sentence.root.text for sentence in doc.sents] == ["parlé", "celui"]


def test_white_space_in_training_moves_no_head(sentences: list[Sentence]) -> None:
    plain = [(t.text, t.head.text) for t in make_doc(Vocab(), sentences * 20) if not t.text.isspace()]
    doc = make_doc(Vocab(), sentences * 20, random.Random(1))
    assert any(token.text == "\n" for token in doc)
    assert [(t.text, t.head.text) for t in doc if not t.text.isspace()] == plain


def test_groups_do_not_mix_treebanks(sentences: list[Sentence]) -> None:
    other = Sentence(sentences[0].words, "", spoken=False, treebank="fr_gsd")
    assert [len(group) for group in in_groups([*sentences, *sentences, other], 3)] == [3, 1, 1]


@pytest.mark.real
def test_no_development_sentence_is_trained_on() -> None:
    treebanks = Path(__file__).parents[2].parent / "shared" / "treebanks"
    if not treebanks.is_dir():
        pytest.skip("no treebanks beside the project")
    trained = {sentence.text for sentence in training_sentences(treebanks) if len(sentence.words) > 8}
    for name, sentences in development_sentences(treebanks).items():
        assert len(sentences) == KEPT[name]
        assert [s.text for s in sentences if len(s.words) > 8 and s.text in trained] == []
