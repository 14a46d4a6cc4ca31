"""The analyses whose tables stand in the results folder, by name: each is a function of codings and options.

`verify` makes them again with the options that the manifest keeps. What an analysis needs beside the codings (what
other coders coded, say) is kept in the results folder too, as it was given, so that results verify by themselves.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.exchange.graphml import render_graphml
from ptce_qual.result import Result
from ptce_qual.study.results import csv_bytes
from ptce_qual.translation import language_in_use
from ptce_qual.workflow.agreement_tables import CODERS, agreement_tables
from ptce_qual.workflow.asked import (
    asked_comparison,
    asked_cooccurrence,
    asked_coverage,
    asked_profile,
    asked_saturation,
    built_comparison,
)
from ptce_qual.workflow.kept import KEPT, Kept, Plain, plain, restored

if TYPE_CHECKING:
    from ptce_qual.analysis.comparison import Comparison

REPORT = "report"
"""What the dossier is called among the analyses of a manifest."""
_DOSSIER = ("report.html", KEPT, "figures/", "transcripts/", "verbatims/")
Given = Mapping[str, bytes]
"""Files of the results folder that analyses read beside the codings, by name."""


def files_of_coverage(covered: Result, wide: Result) -> dict[str, bytes]:
    """Return `coverage.csv` (long) and `matrix.csv` (codes × groups, one measure)."""
    return {"coverage.csv": csv_bytes(covered.table), "matrix.csv": csv_bytes(wide.table, index=True)}


def files_of_agreement(tables: Mapping[str, Result], given: bytes) -> dict[str, bytes]:
    """Return the tables of `agreement_tables` as CSV, beside what was given."""
    return {CODERS: given, **{f"{name}.csv": csv_bytes(result.table) for name, result in tables.items()}}


def files_of_saturation(curve: Result, thresholds: Result) -> dict[str, bytes]:
    """Return `saturation.csv`, a row an interview, and `saturation_thresholds.csv`."""
    return {"saturation.csv": csv_bytes(curve.table), "saturation_thresholds.csv": csv_bytes(thresholds.table)}


def files_of_comparison(compared: Comparison) -> dict[str, bytes]:
    """Return `comparison.csv` (by code), `comparison_cells.csv` (code × group), `comparison_verbatims.csv`."""
    return {
        "comparison.csv": csv_bytes(compared.codes.table),
        "comparison_cells.csv": csv_bytes(compared.cells.table),
        "comparison_verbatims.csv": csv_bytes(compared.verbatims.table),
    }


def files_of_cooccurrence(pairs: Result, counts: Result) -> dict[str, bytes]:
    """Return `cooccurrence.csv`, a row a pair of codes, and `cooccurrence.graphml`, for Gephi."""
    return {"cooccurrence.csv": csv_bytes(pairs.table), "cooccurrence.graphml": render_graphml(pairs, counts)}


def files_of_profile(profiled: Mapping[str, Result]) -> dict[str, bytes]:
    """Return `profile.csv`, `profile_counts.csv` and `profile_themes.csv`."""
    return {
        "profile.csv": csv_bytes(profiled["figures"].table),
        "profile_counts.csv": csv_bytes(profiled["counts"].table),
        "profile_themes.csv": csv_bytes(profiled["themes"].table),
    }


@dataclass(frozen=True, slots=True)
class Analysis:
    """An analysis.

    Args:
        made: codings, options and what was given → what it finds.
        files: this, and what was given → its files.
        built: its `Result`s, as `restored` from plain values → what `made` returns.
        given: files that it reads beside the codings.
        sometimes: files that it writes with some options only.
    """

    made: Callable[[CodedCorpus, Mapping[str, Any], Given], Any]
    files: Callable[[Any, Given], dict[str, bytes]]
    built: Callable[[Any], Any] = lambda found: found
    given: tuple[str, ...] = ()
    sometimes: tuple[str, ...] = ()


ANALYSES: dict[str, Analysis] = {
    "coverage": Analysis(
        lambda coded, options, given: asked_coverage(coded, options), lambda found, given: files_of_coverage(*found)
    ),
    "agreement": Analysis(
        lambda coded, options, given: agreement_tables(coded, given[CODERS], options),
        lambda found, given: files_of_agreement(found, given[CODERS]),
        given=(CODERS,),
        sometimes=("agreement_pairs.csv", "agreement_polarity.csv"),
    ),
    "saturation": Analysis(
        lambda coded, options, given: asked_saturation(coded, options), lambda found, given: files_of_saturation(*found)
    ),
    "compare": Analysis(
        lambda coded, options, given: asked_comparison(coded, options),
        lambda found, given: files_of_comparison(found),
        built=built_comparison,
    ),
    "cooccurrence": Analysis(
        lambda coded, options, given: asked_cooccurrence(coded, options),
        lambda found, given: files_of_cooccurrence(*found),
    ),
    "profile": Analysis(
        lambda coded, options, given: asked_profile(coded, options), lambda found, given: files_of_profile(found)
    ),
}


class Analyses:
    """The analyses of one coded corpus, each made once for its options and the language of its titles and notes.

    Args:
        given: the files that analyses read beside the codings.
        kept: what was found before, see `read_kept`.
    """

    def __init__(
        self,
        coded: CodedCorpus,
        given: Given | None = None,
        kept: Iterable[Kept] = (),
    ) -> None:
        self.coded, self.given = coded, given or {}
        self._made: dict[str, Any] = {}
        self._plain = {_key(language, name, options): found for language, name, options, found in kept}

    def can_make(self, name: str) -> bool:
        """Whether what an analysis reads beside the codings is there."""
        return all(file in self.given for file in ANALYSES[name].given)

    def made(self, name: str, options: Mapping[str, Any]) -> Any:
        """Return what an analysis finds."""
        key = _key(language_in_use(), name, options)
        if key not in self._made:
            self._made[key] = ANALYSES[name].made(self.coded, options, self.given)
        return self._made[key]

    def plain(self, name: str, options: Mapping[str, Any]) -> Plain:
        """Return what an analysis finds as plain values, those found before where they are of the same options."""
        key = _key(language_in_use(), name, options)
        if key not in self._plain:
            self._plain[key] = plain(self.made(name, options))
        return self._plain[key]

    def known(self, asked: Mapping[str, Mapping[str, Any]]) -> dict[str, tuple[Mapping[str, Any], Plain]]:
        """Return, by name, options and findings as plain values of those analyses that were shown."""
        keys = {name: _key(language_in_use(), name, options) for name, options in asked.items()}
        return {name: (asked[name], self._plain[key]) for name, key in keys.items() if key in self._plain}

    def shown(self, name: str, options: Mapping[str, Any]) -> Any:
        """Return what an analysis finds as the dossier shows it, whether it is made now or was found before."""
        return ANALYSES[name].built(restored(self.plain(name, options)))

    def files(self, name: str, options: Mapping[str, Any]) -> dict[str, bytes]:
        """Return the files of an analysis; none where what it reads is not there."""
        return ANALYSES[name].files(self.made(name, options), self.given) if self.can_make(name) else {}


def _key(language: str, name: str, options: Mapping[str, Any]) -> str:
    return json.dumps([language, name, options], sort_keys=True)


def given_files(analyses: Sequence[str]) -> list[str]:
    """Return the names of the files that analyses read beside the codings."""
    return sorted({file for name in analyses if name in ANALYSES for file in ANALYSES[name].given})


def of_report(file: str) -> bool:
    """Whether a file of the results folder is one of the dossier's."""
    return file.startswith(_DOSSIER)
