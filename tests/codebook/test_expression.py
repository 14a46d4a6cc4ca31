"""The rule language: what it accepts, what it refuses and where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptce_qual.codebook.expression import AnyOf, ExpressionError, NamedList, Sequence, Word, parse_expression

W = Word


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("silo", W("silo")),
        ("laisser faire", Sequence((W("laisser"), W("faire")))),
        ("décloisonn*", W("décloisonn*")),
        ("casser le silo | mur", Sequence((W("casser"), W("le"), AnyOf((W("silo"), W("mur")))))),
        ("(casser silo) | décloisonn*", AnyOf((Sequence((W("casser"), W("silo"))), W("décloisonn*")))),
        ("@collectivite financer", Sequence((NamedList("collectivite"), W("financer")))),
        ("culture/NOUN | art/noun", AnyOf((W("culture", "NOUN"), W("art", "NOUN")))),
        ("@lieu/PROPN", NamedList("lieu", "PROPN")),
        ("l'argent/NOUN", Sequence((W("l'"), W("argent", "NOUN")), tight=True)),
        ("qu’on | aujourd'hui", AnyOf((Sequence((W("qu’"), W("on")), tight=True), W("aujourd'hui")))),
        ("com'com", W("com'com")),
        ("va-t-en porte-parole", Sequence((W("va-t-en"), W("porte-parole")))),
    ],
)
def test_the_grammar(text: str, node: object) -> None:
    assert parse_expression(text) == node


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("", 1, "empty"),
        ("a |", 4, "missing beside"),
        ("| a", 1, "missing beside"),
        ("a || b", 4, "missing beside"),
        ("a (b c", 3, "not closed"),
        ("a ) b", 3, "without its opening"),
        ("a () b", 4, "nothing stands between"),
        ("casser, silo", 7, "can't stand here"),
        ("culture/NOM", 8, "no part of speech"),
        ("culture/", 8, "no part of speech"),
        ("a *", 3, "no letter"),
    ],
)
def test_broken_expressions_say_where_and_how_to_mend(text: str, column: int, message: str) -> None:
    with pytest.raises(ExpressionError, match=message) as caught:
        parse_expression(text)
    assert caught.value.column == column
    assert caught.value.remedy.endswith((".", "»."))


@given(st.text(st.sampled_from("ab é'|()@/*N ,\"-"), max_size=20))
def test_any_text_is_parsed_or_refused_within_its_columns(text: str) -> None:
    try:
        parse_expression(text)
    except ExpressionError as error:
        column = error.column
    else:
        column = 1
    assert 1 <= column <= len(text) + 1
