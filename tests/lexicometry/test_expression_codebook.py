"""Expressions that can't be used are told with what is wrong and how to mend it."""

from __future__ import annotations

import pytest

from ptce_qual.errors import InputError
from ptce_qual.lexicometry.expression_codebook import codebook_of, names_lists, parse_rule
from ptce_qual.model import Problem

WRONG = [
    ("a |", "« a | », column 4: an alternative is missing", "both sides"),
    ("(a", "a parenthesis is not closed", "Add"),
    ("", "an empty expression", "Write"),
    (" ", "an empty expression", "Write"),
    ("near: [a, b]", "« : » can't stand here", "Only words"),
    ("@mairi", "« @mairi » names a list that does not exist", "« mairie »"),
    ("a/NOM", "« NOM » is no part of speech", "NOUN"),
    ("{near: [a, b", "broken YAML", "quote"),
    ("{near: [@mairie, b]}", "broken YAML", "quote"),
    ("{near: [a]}", "« near » needs at least 2 entries", "Correct"),
    ("{neer: [a, b]}", "unknown key « neer »", "« near »"),
    ("{phrase: a, regex: b}", "one shape, this one has 2", "Correct"),
    ("{}", "a rule needs one of", "Correct"),
    ('{phrase: ""}', "an empty expression", "Write"),
    ('{regex: ""}', "at least 1 character", "Correct"),
    ('{regex: "(?=a)"}', "is refused", "RE2"),
    ("{near: [a, '|']}", "column 1", "both sides"),
]


@pytest.mark.parametrize(("expression", "told", "remedy"), WRONG)
def test_what_is_wrong(expression: str, told: str, remedy: str) -> None:
    with pytest.raises(InputError) as caught:
        codebook_of(parse_rule(expression), {"mairie": ["mairie"]})
    problems = [one for one in caught.value.problems if isinstance(one, Problem)]
    assert any(told in one.message and remedy in one.remedy for one in problems), problems
    assert all((one.file, one.line, one.severity) == ("EXPRESSION", None, "error") for one in problems)


def test_only_lists_need_a_codebook() -> None:
    assert names_lists(parse_rule("@mairie verser"))
    assert names_lists(parse_rule('{near: ["@mairie", verser]}'))
    assert not names_lists(parse_rule("mairie"))
    assert not names_lists(parse_rule('{regex: "a@b"}'))
    with pytest.raises(InputError):
        codebook_of(parse_rule("@mairie"))
