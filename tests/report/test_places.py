"""Names are unique and plain; every link of every page of a dossier leads to a place that is there."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from linked_pages import faults, ready
from made_corpora import Interview, made
from small_contents import BOOK, CASES, contents, large, small

from ptce_qual.analysis.coverage import coverage
from ptce_qual.report import places
from ptce_qual.report.contents import Contents
from ptce_qual.report.dossier import render_dossier
from ptce_qual.report.places import places_of, unique_names

NAMES = st.one_of(
    st.text(max_size=80),
    st.text("eéEÉ/-_ .2x", max_size=6),
    st.builds(lambda one, many: one * many, st.sampled_from("aé/ "), st.integers(0, 300)),
)


@given(st.lists(NAMES))
def test_names_are_unique_and_plain_and_the_same_again(ids: list[str]) -> None:
    found = unique_names(ids)
    assert list(found) == list(dict.fromkeys(ids))
    assert len({name.lower() for name in found.values()}) == len(found)
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9-]{0,79}", name) for name in found.values())
    assert unique_names(ids) == found


def test_names_that_look_alike() -> None:
    alike = ["Été", "ete", "été/", "ETE-2", "ete 2", "", "…", "x"]
    assert list(unique_names(alike).values()) == ["ete", "ete-2", "ete-3", "ete-2-2", "ete-2-3", "x", "x-2", "x-3"]
    assert list(unique_names(["Con", "aux", "com1", "com10"]).values()) == ["con-2", "aux-2", "com1-2", "com10"]


def test_links_are_relative_to_their_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "_MOST_CHARACTERS", 0)
    monkeypatch.setattr(places, "_MOST_VERBATIMS", 0)
    found = places_of(small().coded)
    assert found.verbatims("grant", "report.html", "alpha") == "verbatims/grant.html#v-grant--alpha"
    assert found.verbatims("grant", "transcripts/alpha-000.html") == "../verbatims/grant.html#v-grant"
    assert found.verbatims("grant", "verbatims/grant.html") == "#v-grant"
    assert found.main("summary", "verbatims/grant.html") == "../report.html#summary"


def test_no_link_to_verbatims_that_are_not_there() -> None:
    found = places_of(small().coded)
    assert found.verbatims("hired", "report.html") == ""
    assert found.verbatims("loan", "report.html", "gamma") == ""
    assert found.verbatims("unheard of", "report.html") == ""


def of_descendants() -> Contents:
    return replace(small(), coverage=coverage(small().coded, descendants=True))


def awkward() -> Contents:
    """Names of cases that are alike once they are plain, a code that the codebook lacks, a case without interviews."""
    told = [
        Interview("Été/Ile", [("grant",), ("loan-", "stray"), ()]),
        Interview("été ile", [("grant",), (), ("grant",)]),
        Interview("", [("volunteer",)]),
    ]
    return contents(made(BOOK, told, {**CASES, "Été/Ile": {"staff": "1"}}))


@pytest.mark.parametrize("apart", [(False, False), (True, False), (False, True), (True, True)])
@pytest.mark.parametrize("given_contents", [small, of_descendants, awkward, lambda: large(cases=12, codes=8)])
def test_every_link_leads_somewhere(
    given_contents: object, apart: tuple[bool, bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "_MOST_CHARACTERS", -1 if apart[0] else 10**9)
    monkeypatch.setattr(places, "_MOST_VERBATIMS", -1 if apart[1] else 10**9)
    monkeypatch.setattr("ptce_qual.report.dossier.drawings", lambda shown: [])
    found = ready(given_contents())  # type: ignore[operator]
    files = render_dossier(found)
    assert faults(files) == []
    quoted = {one.code_id for one in found.coded.codings}
    pages = len(found.coded.corpus.transcripts) * apart[0] + len(quoted) * apart[1]
    assert len(files) == 1 + pages


def test_ids_of_figures_are_their_own() -> None:
    assert faults(render_dossier(ready(small()))) == []
