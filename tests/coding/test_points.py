"""Points: words that together code a sentence, as a scorecard does."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from ptce_qual.codebook import load_codebook, read_codebook
from ptce_qual.coding import RuleSet, code_doc
from ptce_qual.coding.sentences import DocSentences
from ptce_qual.model import Coding, Transcript, Turn
from ptce_qual.nlp import docs_for

Compile = Callable[..., RuleSet]
SCALE = """\
  - id: argent
    label: Argent
    points:
      needed: 10
      rule: 6
      clue: 3
      said:
        - {points: 8, words: subvention}
        - {points: 4, words: sous mairie}
        - {points: 5, polarity: negated, words: refuser}
        - {points: -4, words: ami}
      asked:
        - {points: 6, words: aide crédit}
      before:
        - {points: 2, words: budget}
      after:
        - {points: 1, words: merci}
    rules:
      - {id: verse, phrase: verser}
      - {id: vote, phrase: voter, clue: true}
  - id: autre
    label: Autre
    rules: [soleil]
"""


def coded(nlp: Language, rules: RuleSet, *said: str, question: str = "") -> list[Coding]:
    """Code an answer of several sentences to a question."""
    asked = f"{question}\n" if question else ""
    text = asked + " ".join(said)
    turns = [Turn(("E",), "interviewer", 0, len(question))] if question else []
    turns.append(Turn(("R",), "respondent", len(asked), len(text)))
    (doc,) = docs_for([Transcript("x", text, tuple(turns))], nlp)
    return code_doc(doc, rules)


@pytest.mark.parametrize(
    ("said", "question", "expected"),
    [
        ("La subvention.", "", False),  # 8
        ("La mairie, la subvention.", "", True),  # 8 + 4: no rule is needed
        ("La mairie.", "L'aide ?", True),  # 4 + 6
        ("Ah oui, merci.", "L'aide et le crédit ?", False),  # 6 + 6, but it says nothing itself
        ("Des sous, toujours des sous, encore des sous.", "", False),  # a word counts once
        ("La subvention de la mairie à un ami.", "", False),  # 8 + 4 − 4
        ("Ils versent.", "", False),  # 6
        ("Ils versent des sous.", "", True),  # 6 + 4
        ("Ils votent des sous.", "", False),  # 3 + 4
        ("Ils votent, ils versent.", "", False),  # 3 + 6
        ("Ils votent, ils versent, la mairie.", "", True),
        ("Ils versent, ils versent, ils versent.", "", False),  # one rule brings its points once
        ("Des sous.", "Et l'aide ?", True),  # 4 + 6
        ("Ils versent.", "Une aide, peut-être ?", True),  # 6 + 6
        ("Oui.", "L'aide, l'aide, et encore l'aide ?", False),
        ("Il fait soleil.", "", False),
    ],
)
def test_a_sentence_is_coded_when_its_points_reach_what_is_needed(
    nlp: Language, rules: Compile, said: str, question: str, expected: bool
) -> None:
    assert [one.code_id for one in coded(nlp, rules(SCALE), said, question=question)].count("argent") == expected


def test_other_codes_are_coded_by_one_rule(nlp: Language, rules: Compile) -> None:
    assert [one.code_id for one in coded(nlp, rules(SCALE), "Il y a du soleil.")] == ["autre"]


def test_sentences_before_count_in_the_same_turn(nlp: Language, rules: Compile) -> None:
    compiled = rules(SCALE)
    enough = "Ils votent, ils versent."  # with « budget » before it: 6 + 3 + 2
    assert len(coded(nlp, compiled, "Le budget, oui.", enough)) == 1
    assert len(coded(nlp, compiled, "Le budget.", "Bon.", "Bref.", enough)) == 1
    assert coded(nlp, compiled, "Le budget.", "Bon.", "Bref.", "Ah.", enough) == []
    assert coded(nlp, compiled, enough, question="Le budget ?") == []  # that is asked, not said before


def test_sentences_after_count_in_the_same_turn(nlp: Language, rules: Compile) -> None:
    compiled = rules(SCALE)
    enough = "Ils votent, ils versent."  # with « merci » after it: 6 + 3 + 1
    assert len(coded(nlp, compiled, enough, "Merci à eux.")) == 1
    assert len(coded(nlp, compiled, enough, "Bon.", "Merci à eux.")) == 1
    assert coded(nlp, compiled, enough, "Bon.", "Ah.", "Merci à eux.") == []
    assert coded(nlp, compiled, "Merci à eux.", enough) == []


def test_evidence_names_the_words(nlp: Language, rules: Compile) -> None:
    text = "Ils versent la subvention de la mairie."
    (coding,) = coded(nlp, rules(SCALE), text)
    by_rule, by_words = sorted(coding.evidence, key=lambda one: one.rule_id, reverse=True)
    assert (by_rule.rule_id, by_words.rule_id) == ("verse", "argent-words")
    assert [text[start:end] for start, end in by_words.matches] == ["subvention", "mairie"]
    assert by_words.score == 12
    assert by_words.line == 9  # of « points: »
    assert coding.anchor == (4, 11)


@pytest.mark.parametrize(
    ("said", "polarity"),
    [
        ("La mairie, la subvention.", "affirmed"),
        ("Pas de subvention de la mairie.", "negated"),
        ("Il faudrait une subvention de la mairie.", "hypothetical"),
        ("La mairie refuse des sous.", "negated"),  # the word that brings most denies the theme by itself
        ("La mairie verse, elle refuse pas.", "affirmed"),  # a rule decides where one matches
    ],
)
def test_polarity(nlp: Language, rules: Compile, said: str, polarity: str) -> None:
    assert [one.polarity for one in coded(nlp, rules(SCALE), said, question="Et l'aide ?")] == [polarity]


WORDS = ["subvention", "sous", "mairie", "ami", "budget", "aide", "soleil", "refuser", "merci"]
POINTS = {
    "said": {"subvention": 8, "sous": 4, "mairie": 4, "refuser": 5, "ami": -4},
    "asked": {"aide": 6},
    "before": {"budget": 2},
    "after": {"merci": 1},
}
texts = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4), min_size=1, max_size=5)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(turns=st.lists(texts, min_size=1, max_size=4))
def test_totals_are_what_counting_by_hand_gives(nlp: Language, rules: Compile, turns: list[list[list[str]]]) -> None:
    text, made = "", []
    for number, sentences in enumerate(turns):
        told = " ".join(" ".join(words) + "." for words in sentences)
        made.append(Turn(("A",), "respondent" if number % 2 else "interviewer", len(text), len(text) + len(told)))
        text += told + "\n"
    (doc,) = docs_for([Transcript("x", text, tuple(made))], nlp)
    compiled = rules(SCALE)
    inside = DocSentences(doc, compiled)
    expected = []
    for number, sentence in enumerate(inside.each):
        following = inside.each[number + 1 : number + 3]
        places = {
            "said": [sentence.stretch],
            "asked": [sentence.question.stretch] if sentence.question else [],
            "before": list(sentence.before),
            "after": [one.stretch for one in following if one.turn.start == sentence.turn.start],
        }
        total = 0
        for place, stretches in places.items():
            there = {
                word for one in stretches for token in doc[one.start : one.end] for word in (token.lower_, token.lemma_)
            }
            total += sum(points for word, points in POINTS[place].items() if word in there)
        expected.append(total)
    assert np.array_equal(compiled.points.totals(inside)[:, 0], expected)


@pytest.mark.parametrize(
    ("points", "line", "told"),
    [
        ("{needed: 0, rule: 1, clue: 1}", 5, "needed"),
        ("{needed: 5, rule: 1, clue: 1, said: [{points: 2, words: 'a|b'}]}", 5, "is not one word"),
        ("{needed: 5, rule: 1, clue: 1, said: [{points: 2, words: '(a'}]}", 5, "column"),
        ("{needed: 5, rule: 1, clue: 1, asked: [{points: 2, words: a}, {points: 3, words: a}]}", 5, "stands twice"),
        ("{needed: 5, rule: 1, clue: 1, said: [{points: 2, words: 'Élu elu'}]}", 5, "« elu » stands twice"),
        ("{needed: 5, rule: 1, clue: 1, said: [{points: 2, words: ' '}]}", 5, "an empty expression"),
        ("{needed: 5, rule: 1, clue: 1, said: [{points: beaucoup, words: a}]}", 5, "points"),
        ("{needed: 5, rule: 1, clue: 1, dit: []}", 5, "dit"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, points: str, line: int, told: str) -> None:
    path = tmp_path / "codebook.yaml"
    path.write_text(
        f"title: T\ncodes:\n  - id: a\n    label: A\n    points: {points}\n    rules: [x]\n", encoding="utf-8"
    )
    _loaded, problems = read_codebook(path)
    assert [(one.severity, one.line, told in one.message) for one in problems] == [("error", line, True)]


def test_the_name_of_evidence_by_words_is_no_rules_id(tmp_path: Path) -> None:
    path = tmp_path / "codebook.yaml"
    path.write_text(f"title: T\ncodes:\n{SCALE.replace('id: verse', 'id: argent-words')}", encoding="utf-8")
    _loaded, problems = read_codebook(path)
    assert [(one.line, one.message) for one in problems] == [
        (21, "the rule id « argent-words » stands twice (first on line 5)")
    ]


def test_the_shipped_points_are_sound() -> None:
    codebook = load_codebook("codebook.yaml").codebook
    for code in codebook.codes:
        if code.points:
            assert code.points.rule > 0
            assert any(group.points > 0 for group in code.points.said)
