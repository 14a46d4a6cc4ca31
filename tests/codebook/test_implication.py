"""Idle rules: « implies » never says yes where a match of one could be without a match of the other."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ptce_qual.codebook import Rule, load_codebook
from ptce_qual.codebook.expression import AnyOf, Node, Sequence, Word, expression_text, parse_expression
from ptce_qual.codebook.idle import idle_rules, loose_bars, shadows
from ptce_qual.codebook.implication import implies, rule_implies
from ptce_qual.coding.compiler import Compiler
from ptce_qual.coding.stretches import Stretches
from ptce_qual.coding.terms import TermIndex

WORDS = st.sampled_from([Word("a"), Word("b"), Word("c"), Word("ab"), Word("a*"), Word("*b")])
NODES = st.recursive(
    WORDS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: Sequence(tuple(parts))),
    ),
    max_leaves=5,
)
TEXTS = st.lists(st.sampled_from(["a", "b", "c", "ab", "x"]), min_size=1, max_size=7)


def found(node: Node, gap: int, words: list[str]) -> bool:
    """Tell whether the matcher finds an expression in a text of these words."""
    terms = TermIndex()
    compiler = Compiler(terms, {})
    pattern = compiler.compile(expression_text(node), gap)
    tokens = [tuple(sorted({term for term, _pos in terms._matching(word)})) for word in words]
    stretches = Stretches([(0, len(words))], tokens, list(range(len(words) + 1)), compiler.circuit)
    return bool(stretches.each()[0].matches(pattern))


@settings(max_examples=400)
@given(NODES, NODES, st.integers(0, 2), st.integers(0, 2), TEXTS)
def test_what_implies_another_never_matches_without_it(
    a: Node, b: Node, gap_a: int, gap_b: int, words: list[str]
) -> None:
    if implies(a, b, gap_a, gap_b) and found(a, gap_a, words):
        assert found(b, gap_b, words)


@given(NODES)
def test_an_expression_is_what_its_text_parses_to(node: Node) -> None:
    text = expression_text(node)
    assert expression_text(parse_expression(text)) == text


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("aide financière", "aide", True),
        ("aide", "aide financière", False),
        ("aide|appui", "aide", False),
        ("aide", "aide|appui", True),
        ("financement", "financ*", True),
        ("financ*", "financement", False),
        ("subventions*", "subvention*", True),
        ("ÉCOLE", "ecole", True),
        ("culture/NOUN", "culture", True),
        ("culture", "culture/NOUN", False),
        ("=MES", "mes", True),
        ("mes", "=MES", False),
        ("la mairie nous aide", "mairie nous", True),
        ("la mairie nous aide", "mairie aide", False),  # two words more may stand between
        ("(a b)|c", "a|c", True),
    ],
)
def test_implication_of_expressions(a: str, b: str, expected: bool) -> None:
    assert implies(parse_expression(a), parse_expression(b)) is expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (Rule(phrase="a b"), Rule(near=["b", "a"]), True),
        (Rule(near=["a", "b"], within=9), Rule(near=["b", "a"]), False),
        (Rule(near=["a", "b"]), Rule(all=["b", "a"]), True),
        (Rule(near=["a", "b"]), Rule(any=["c", "a"]), True),
        (Rule(phrase="a"), Rule(phrase="a", unless=["b"]), False),
        (Rule(phrase="a", unless=["b"]), Rule(phrase="a"), True),
        (Rule(phrase="a", polarity="negated"), Rule(phrase="a"), False),
        (Rule(phrase="a"), Rule(phrase="a", clue=True), False),
        (Rule(phrase="a", clue=True), Rule(phrase="a"), True),
        (Rule(regex="a"), Rule(phrase="a"), False),
    ],
)
def test_implication_of_rules(a: Rule, b: Rule, expected: bool) -> None:
    assert rule_implies(a, b, {}) is expected


RULES = st.one_of(
    NODES.map(lambda node: Rule(phrase=expression_text(node))),
    st.lists(NODES.map(expression_text), min_size=2, max_size=3).flatmap(
        lambda texts: st.sampled_from([Rule(near=texts), Rule(all=texts), Rule(any=texts)])
    ),
)


@given(st.lists(RULES, min_size=2, max_size=6))
def test_no_pair_of_rules_escapes(rules: list[Rule]) -> None:
    told = dict(shadows(rules, {}))
    for place, rule in enumerate(rules):
        implied = [
            other
            for other in range(len(rules))
            if other != place
            and rule_implies(rule, rules[other], {})
            and not (other > place and rule_implies(rules[other], rule, {}))
        ]
        assert told.get(place) == (implied[0] if implied else None)


def test_idle_rules_and_loose_bars_are_told_with_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "codebook.yaml"
    path.write_text(
        "title: x\nlists: {m: [mairie, ville]}\ncodes:\n  - id: x\n    label: x\n    except: [pas mal]\n    rules:\n"
        "      - ville aider\n      - '@m'\n      - {near: [a, b], unless: [a]}\n      - pas mal de\n"
        "      - plan local | plan régional\n      - (plan local) | (plan régional)\n",
        encoding="utf-8",
    )
    loaded = load_codebook(path)
    assert [(problem.line, problem.message[:22]) for problem in idle_rules(loaded)] == [
        (10, "this rule can never ma"),
        (11, "this rule can never ma"),
        (8, "whatever this rule mat"),
    ]
    assert [problem.line for problem in loose_bars(loaded)] == [12]


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("points: {needed: 9, rule: 2, clue: 1}\n    rules: [a, b, c, d]", "at most 6"),  # three rules count
        ("points: {needed: 6, rule: 2, clue: 1}\n    rules: [a, b, c, d]", ""),
        ("points: {needed: 9, rule: 2, clue: 1}\n    rules: [{phrase: a, decides: true}]", ""),
        ("points: {needed: 9, rule: 4, clue: 1, before: [{points: 2, words: x y}]}\n    rules: [a]", "at most 8"),
        ("points: {needed: 8, rule: 4, clue: 1, before: [{points: 2, words: x y}]}\n    rules: [a]", ""),
        (
            "points: {needed: 4, rule: 0, clue: 0, said: [{points: -2, words: x}, {points: 4, words: y}]}",
            "",
        ),
        ("points: {needed: 9, rule: 1, clue: 1, asked: [{points: 9, words: x}]}", "(`said`, at most 0)"),
        ("points: {needed: 9, rule: 1, clue: 1, asked: [{points: 6, words: x}], said: [{points: 3, words: y}]}", ""),
        ("rules: [{phrase: a, decides: true}]", "`decides` does nothing"),
    ],
)
def test_points_that_suffice_nowhere_are_told(tmp_path: Path, code: str, told: str) -> None:
    path = tmp_path / "codebook.yaml"
    path.write_text(f"title: x\ncodes:\n  - id: x\n    label: x\n    {code}\n", encoding="utf-8")
    problems = list(idle_rules(load_codebook(path)))
    assert [(one.severity, one.line) for one in problems] == [("warning", 5)] * bool(told)
    assert all(told in one.message for one in problems)
