"""Concordances against an independent search, and their contexts, orders and samples."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from searches import interview, lines_of, searched
from spacy.language import Language

from ptce_qual.errors import InputError
from ptce_qual.lexicometry.concordance import COLUMNS, SORTS, Lines, Sort, concordance
from ptce_qual.lexicometry.frequencies import frequencies
from ptce_qual.model import Transcript

# Each is its own lemma, and no other's: what stands in a text by its letters is all that can be found there.
PLAIN = ["mairie", "argent", "école", "œuvre", "Mairie", "ÉCOLE", "Œuvre", "argent"]
OTHERS = ["euh", "proj-", "deux", "sur", "👩‍🌾", "🎉", "«", "»", "…", ",", ".", "!", "\n", "10", "e\u0301"]
JOINTS = [" ", "\u00a0", " \u202f", "  ", "\n"]
speech = st.lists(st.tuples(st.sampled_from(PLAIN + OTHERS), st.sampled_from(JOINTS)), max_size=14).map(
    lambda pieces: "".join(word + joint for word, joint in pieces)
)
turns = st.lists(
    st.tuples(st.sampled_from(["", "?"]), speech, st.sampled_from(["l'", "l’", "d'", ""]), st.sampled_from(PLAIN)).map(
        "".join
    ),
    min_size=1,
    max_size=4,
)


def bare(text: str) -> str:
    apart = unicodedata.normalize("NFD", text.lower().replace("œ", "oe"))
    return "".join(char for char in apart if not unicodedata.combining(char))


def by_brute_force(one: Transcript, word: str) -> list[tuple[int, int]]:
    """Return where a word stands in the answers, letters compared and nothing else."""
    return [
        (turn.start + found.start(), turn.start + found.end())
        for turn in one.turns
        if turn.role != "interviewer"
        for found in re.finditer(r"[^\W\d_]+", one.text[turn.start : turn.end])
        if bare(found[0]) == bare(word)
    ]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=turns, word=st.sampled_from(["mairie", "argent", "ecole", "oeuvre"]))
def test_a_plain_word_is_found_where_it_stands(said: list[str], word: str, nlp: Language) -> None:
    one = interview("a", *said)
    table = concordance(searched(nlp, word, [one]), word).table
    assert list(zip(table["start"], table["end"], strict=True)) == by_brute_force(one, word)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=turns, window=st.integers(0, 5), across=st.booleans(), sort=st.sampled_from(SORTS))
def test_contexts_are_the_text_and_so_many_words(
    said: list[str], window: int, across: bool, sort: Sort, nlp: Language
) -> None:
    one = interview("a", *said)
    coded = searched(nlp, "mairie|argent", [one])
    words = coded.segmentations["a"].words
    for row in concordance(coded, "x", Lines(window, sort, across_turns=across)).table.to_dict("records"):
        start, end = row["start"], row["end"]
        first, last = start - len(row["left"]), end + len(row["right"])
        assert one.text[start:end] == row["node"]
        assert one.text[first:last] == row["left"] + row["node"] + row["right"]
        turn = one.turns[row["turn"] - 1]
        assert turn.start <= start < end <= turn.end
        low, high = (one.turns[0].start, one.turns[-1].end) if across else (turn.start, turn.end)
        assert low <= first <= last <= high
        spoken = [(a, b) for a, b in words if low <= a < high and any(t.start <= a < t.end for t in one.turns)]
        before, after = [a for a, b in spoken if b <= start], [b for a, b in spoken if a >= end]
        assert sum(first <= a for a in before) == min(window, len(before))
        assert sum(b <= last for b in after) == min(window, len(after))


FOUND = [
    ("y a pas", "Y a pas d'argent. Il y a pas. Il n'y en a pas.", ["Y a pas", "y a pas", "y en a pas"]),
    ("c'est", "C'est nous. C’est eux. Ces gens.", ["C'est", "C’est"]),
    ("œuvre", "L'œuvre, mise en oeuvre, ŒUVRES.", ["œuvre", "oeuvre", "ŒUVRES"]),
    ("oeuvre", "mettre en œuvre", ["œuvre"]),
    ("l'argent", "De l’argent, l'argent\u00a0!", ["l’argent", "l'argent"]),
    ("aujourd'hui", "Aujourd’hui, oui.", ["Aujourd’hui"]),
    ("laisser faire", "On laisse faire. Ils nous ont laissé faire.", ["laisse faire", "laissé faire"]),
    ("décloisonn* service*", "Décloisonner les services, le décloisonnement.", ["Décloisonner les services"]),
    ("culture/NOUN", "La culture. Il cultive.", ["culture"]),
    ("=MES", "Mes amis du MES.", ["MES"]),
    ("{near: [mairie, verser], within: 3}", "Elle a versé, la mairie, oui.", ["versé, la mairie"]),
    ("{any: [mairie, ville, mairie de quartier]}", "La mairie, la ville, la mairie.", ["mairie", "ville", "mairie"]),
    ("{all: [mairie, argent]}", "La mairie n'a pas d'argent. Un argent.", ["mairie n'a pas d'argent"]),
    ("{phrase: mairie, clue: true, unless: [ville]}", "La mairie. La mairie de la ville.", ["mairie"]),
    ('{regex: "\\\\(rires\\\\)"}', "Oui (rires) non.", ["(rires)"]),
    ("{tokens: [{LOWER: oui}]}", "Oui, oui.", ["Oui", "oui"]),
    ("rires", "Oui (rires) non.", []),
    ("mairie", "", []),
]  # fmt: skip


@pytest.mark.parametrize(("expression", "said", "expected"), FOUND)
def test_expressions_of_the_rule_language(expression: str, said: str, expected: list[str], nlp: Language) -> None:
    assert list(lines_of(nlp, expression, said)["node"]) == expected


def test_lists_questions_and_the_interviewer(nlp: Language) -> None:
    one = interview("a", "?La mairie ?", "La communauté de communes et la mairie.")
    lists = {"mairie": ["mairie", "commune", "communauté de communes"]}
    table = concordance(searched(nlp, "@mairie", [one], lists=lists), "").table
    assert list(table["node"]) == ["communauté de communes", "mairie"]
    both = concordance(searched(nlp, "@mairie", [one], lists=lists, interviewer=True), "").table
    assert list(both["role"]) == ["interviewer", "respondent", "respondent"]
    assert list(both["turn"]) == [1, 2, 2]
    answers = lines_of(
        nlp, "{phrase: commune, question: mairie}", "?La mairie ?", "La commune.", "?La ville ?", "La commune."
    )
    assert list(answers["turn"]) == [2]


def test_a_context_stays_in_its_turn_unless_asked(nlp: Language) -> None:
    said = ("?Et la suite, alors ?", "La mairie.", "?Ah bon.")
    (row,) = lines_of(nlp, "mairie", *said, lines=Lines(2)).to_dict("records")
    assert (row["left"], row["right"]) == ("La ", ".")
    (row,) = lines_of(nlp, "mairie", *said, lines=Lines(2, across_turns=True)).to_dict("records")
    assert (row["left"], row["right"]) == ("alors ?\nR : La ", ".\nE : Ah bon.")


SAID = [
    "Un élan de la mairie zélée", "Une école mairie bleue", "Un ecart mairie Âgée", "Une eau mairie agile",
    "La même eau mairie à part", "La MAIRIE",
]  # fmt: skip


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("left", ["même eau", "Une eau", "Un ecart", "Une école", "La", "de la"]),
        ("right", ["", "à part", "Âgée", "agile", "bleue", "zélée"]),
    ],
)
def test_french_order(sort: Sort, expected: list[str], nlp: Language) -> None:
    table = lines_of(nlp, "mairie", *SAID, lines=Lines(2, sort))
    assert [text.strip() for text in table[sort]] == expected


def test_the_order_of_nodes_and_of_the_text(nlp: Language) -> None:
    said = "La ville b. La mairie z. La ville a. La Mairie c d."
    assert list(lines_of(nlp, "mairie|ville", said, lines=Lines(1, "node"))["right"]) == [" c", " z", " a", " b"]
    assert list(lines_of(nlp, "mairie|ville", said, lines=Lines(1))["right"]) == [" b", " z", " a", " c"]


def test_groups_and_how_often(nlp: Language) -> None:
    coded = searched(
        nlp,
        "mairie",
        [
            interview("a", "?La mairie ?", "La mairie, la mairie.", function="élu", left="x"),
            interview("b", "La mairie.", case="beta", function="agent", left="y"),
            interview("c", "Euh, rien du tout.", case="beta", function="élu", left="x"),
        ],
    )
    told = concordance(coded, "mairie", Lines(by=("function", "left", "case", "function"))).table
    assert list(told.columns) == [*COLUMNS, "function", "attribute_left"]
    assert list(told["transcript_id"]) == ["b", "a", "a"]
    assert list(told["attribute_left"]) == ["y", "x", "x"]
    counted = frequencies(coded, ["function"]).table
    assert counted.to_dict("records") == [
        {"function": "agent", "hits": 1, "words": 2, "per_1000_words": 500.0, "transcripts_with": 1, "transcripts": 1},
        {"function": "élu", "hits": 2, "words": 7, "per_1000_words": 2000 / 7, "transcripts_with": 1, "transcripts": 2},
    ]
    assert frequencies(coded).table["hits"].tolist() == [3]
    assert frequencies(coded, ["case"]).table["case_id"].tolist() == ["alpha", "beta"]
    with pytest.raises(InputError, match="did you mean « function »"):
        concordance(coded, "mairie", Lines(by=["fonction"]))


def test_a_sample_is_the_same_for_the_same_seed(nlp: Language) -> None:
    coded = searched(nlp, "mairie", [interview("a", *["La mairie."] * 40)])
    whole = concordance(coded, "mairie").table
    drawn = {seed: concordance(coded, "mairie", Lines(sample=9, seed=seed)) for seed in range(3)}
    for seed, told in drawn.items():
        starts = list(told.table["start"])
        assert len(starts) == 9
        assert starts == sorted(set(starts) & set(whole["start"]))
        assert starts == list(concordance(coded, "mairie", Lines(sample=9, seed=seed)).table["start"])
        assert f"9 of 40 hits, drawn at random without replacement (seed {seed})." in told.notes
    assert len({tuple(told.table["start"]) for told in drawn.values()}) == 3
    assert concordance(coded, "mairie", Lines(sample=99)).table.equals(whole)


def test_a_text_without_turns_is_one(nlp: Language) -> None:
    (row,) = concordance(searched(nlp, "mairie", [Transcript("a", "La mairie.", ())]), "").table.to_dict("records")
    assert (row["speaker"], row["role"], row["turn"], row["start"]) == ("", "respondent", 1, 3)
