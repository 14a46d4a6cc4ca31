"""A codebook's examples are its tests; what is wrong with its words is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

from ptce_qual.codebook import load_codebook
from ptce_qual.coding import RuleSet
from ptce_qual.coding.examples import example_problems
from ptce_qual.coding.word_checks import word_problems
from ptce_qual.errors import InputError

RULES = "    rules:\n      - verser\n      - {question: argent, phrase: oui}\n"
HEAD = f"title: x\ncodes:\n  - id: don\n    label: Don\n{RULES}"


def told(tmp_path: Path, nlp: Language, text: str) -> list[tuple[int | None, str]]:
    path = tmp_path / "codebook.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    loaded = load_codebook(path)
    problems = example_problems(loaded, nlp, RuleSet(loaded, nlp.vocab))
    return [(problem.line, problem.message) for problem in problems]


@pytest.mark.parametrize(
    "example",
    [
        "Ils ont versé.",
        "Ils ont {versé} trois sous.",
        "Ils ont {versé} trois sous, puis ils ont {versé} le reste.",
        "{text: 'Ils ont rien versé.', polarity: negated}",
        "{text: 'Ah oui.', question: Et l'argent ?}",
    ],
)
def test_true_examples_are_no_problems(tmp_path: Path, nlp: Language, example: str) -> None:
    assert told(tmp_path, nlp, f"    examples:\n      - {example}\n") == []


@pytest.mark.parametrize(
    ("example", "message"),
    [
        ("Il pleut.", "does not carry « don »"),
        ("Ils ont rien versé.", "is negated, and should be affirmed"),
        ("{text: Ils ont versé., polarity: negated}", "is affirmed, and should be negated"),
        ("Ils ont versé {trois sous}.", "words in braces"),
        ("Ils ont {versé trois sous.", "braces of the example"),
        ("Ils ont versé}.", "braces of the example"),
        ("Ils ont {{versé}}.", "braces of the example"),
        ("Ils ont versé {}.", "hold nothing"),
        ("'…'", "holds no word"),
        ("Ah oui.", "does not carry"),
        ("{text: Ah oui., question: Et le temps ?}", "does not carry"),
    ],
)
def test_false_and_malformed_examples_are_problems(tmp_path: Path, nlp: Language, example: str, message: str) -> None:
    ((line, found),) = told(tmp_path, nlp, f"    examples:\n      - Ils ont versé.\n      - {example}\n")
    assert line == 10
    assert message in found


def test_counterexamples_must_not_carry_the_code(tmp_path: Path, nlp: Language) -> None:
    text = "    counterexamples:\n      - Il pleut.\n      - Il verse.\n      - {text: Il verse., polarity: negated}\n"
    assert told(tmp_path, nlp, text) == [(10, "the counterexample « Il verse. » carries « don » by the rule of line 6")]


def test_words_that_no_token_can_be_and_unknown_words_are_told(tmp_path: Path, nlp: Language) -> None:
    path = tmp_path / "codebook.yaml"
    rules = "est-ce|subvention|transversallité|financ*|zzblorg*|=RTES|aujourd'hui|peut-être|transversalité"
    path.write_text(f"title: x\ncodes:\n  - id: don\n    label: Don\n    rules:\n      - {rules}\n", encoding="utf-8")
    found = {(one.severity, one.message, one.remedy) for one in word_problems(load_codebook(path), nlp)}
    assert {(severity, message) for severity, message, _remedy in found} == {
        ("warning", "« est-ce » can never match: it is est + -ce in a text"),
        ("notice", "the lexicon does not know the word « transversallité »"),
        ("notice", "the lexicon does not know the word « zzblorg* »"),
    }
    assert any("« transversalite »" in remedy for _severity, _message, remedy in found)


def test_words_of_points_are_judged_and_names_have_no_likeness(tmp_path: Path, nlp: Language) -> None:
    path = tmp_path / "codebook.yaml"
    points = "{needed: 3, rule: 3, clue: 1, said: [{points: 2, words: EPCI transversallité est-ce}]}"
    path.write_text(
        f"title: x\ncodes:\n  - id: x\n    label: X\n    points: {points}\n    rules: [don]\n", encoding="utf-8"
    )
    assert [(one.line, one.message[:44], one.remedy) for one in word_problems(load_codebook(path), nlp)] == [
        (5, "the lexicon does not know the word « EPCI »", "Check its spelling."),
        (5, "the lexicon does not know the word « transve", "Did you mean « transversalite »?"),
        (5, "« est-ce » can never match: it is est + -ce ", "Write it in pieces: « est -ce »."),
    ]


@pytest.mark.parametrize("pattern", ["[{LEMA: x}]", "[]", "[{TEXT: {REGEX: '('}}]", "[{OP: '?*'}]"])
def test_a_tokens_pattern_that_spacy_refuses_is_an_error_with_its_line(
    tmp_path: Path, nlp: Language, pattern: str
) -> None:
    path = tmp_path / "codebook.yaml"
    path.write_text(HEAD + f"      - {{tokens: {pattern}}}\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        RuleSet(load_codebook(path), nlp.vocab)
    (problem,) = caught.value.problems
    assert problem.line == 8
    assert "spaCy refuses" in problem.message
