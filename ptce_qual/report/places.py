"""Where things stand in a dossier: anchors that nothing else has, and links that lead there from any of its pages."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.model import Coding

MAIN = "report.html"
_DEVICES = ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)))
_MOST_CHARACTERS = 1_500_000
_MOST_VERBATIMS = 3_000
_MOST_ON_A_PAGE = 3_000  # some five megabytes
_LONGEST_SLUG = 60


@dataclass(frozen=True, slots=True)
class Places:
    """The layout of a dossier.

    Args:
        cases, codes, transcripts: id → a name that is unique, of ASCII letters, digits and hyphens.
        quoted: codes that have verbatims → the cases that these come from.
        transcripts_apart: whether each transcript has a page of its own.
        verbatims_apart: whether the verbatims of each code have a page of their own.
        sheets: code and case → on which of a code's pages its verbatims in that case stand, counted from 1.
    """

    cases: dict[str, str]
    codes: dict[str, str]
    transcripts: dict[str, str]
    quoted: Mapping[str, frozenset[str]]
    transcripts_apart: bool
    verbatims_apart: bool
    sheets: Mapping[tuple[str, str], int]

    def transcript_page(self, transcript_id: str) -> str:
        """Return the path of the page on which a transcript stands."""
        return f"transcripts/{self.transcripts[transcript_id]}.html" if self.transcripts_apart else MAIN

    def verbatims_page(self, code_id: str, case_id: str | None = None) -> str:
        """Return the path of the page on which a code's verbatims stand, the first one or that of a case."""
        if not self.verbatims_apart:
            return MAIN
        sheet = self.sheets.get((code_id, case_id), 1) if case_id is not None else 1
        return f"verbatims/{self.codes[code_id]}{f'_{sheet}' if sheet > 1 else ''}.html"  # no name holds a « _ »

    def transcript(self, transcript_id: str, page: str) -> str:
        """Return a link from a page to a transcript."""
        return _link(page, self.transcript_page(transcript_id), f"t-{self.transcripts[transcript_id]}")

    def passage(self, transcript_id: str, coding_id: str, page: str) -> str:
        """Return a link from a page to a coding in its transcript."""
        return _link(page, self.transcript_page(transcript_id), f"c-{coding_id}")

    def verbatims(self, code_id: str, page: str, case_id: str | None = None) -> str:
        """Return a link from a page to the verbatims of a code, or of a code in a case; « » where there are none."""
        cases = self.quoted.get(code_id)
        if cases is None or (case_id is not None and case_id not in cases):
            return ""
        return _link(page, self.verbatims_page(code_id, case_id), self.verbatims_anchor(code_id, case_id))

    def verbatims_anchor(self, code_id: str, case_id: str | None = None) -> str:
        """Return the anchor of the verbatims of a code, or of a code in a case."""
        return f"v-{self.codes[code_id]}" + (f"--{self.cases[case_id]}" if case_id is not None else "")

    def verbatim(self, coding: Coding, case_id: str, page: str) -> str:
        """Return a link from a page to one verbatim."""
        return _link(page, self.verbatims_page(coding.code_id, case_id), f"q-{coding.id}")

    def main(self, anchor: str, page: str) -> str:
        """Return a link from a page to a place on the first one."""
        return _link(page, MAIN, anchor)


def places_of(coded: CodedCorpus) -> Places:
    """Return the layout that fits the size of a corpus."""
    codes = [code.id for code in coded.codebook.codes] + [one.code_id for one in coded.codings]
    cases = [case.id for case in coded.corpus.cases] + [one.case_id for one in coded.corpus.transcripts]
    quoted: dict[str, set[str]] = {}
    for transcript in coded.corpus.transcripts:
        for coding in coded.codings_of[transcript.id]:
            quoted.setdefault(coding.code_id, set()).add(transcript.case_id)
    return Places(
        cases=unique_names(cases),
        codes=unique_names(codes),
        transcripts=unique_names(one.id for one in coded.corpus.transcripts),
        quoted={code_id: frozenset(found) for code_id, found in quoted.items()},
        transcripts_apart=sum(len(one.text) for one in coded.corpus.transcripts) > _MOST_CHARACTERS,
        verbatims_apart=len(coded.codings) > _MOST_VERBATIMS,
        sheets=_sheets(coded),
    )


def _sheets(coded: CodedCorpus) -> dict[tuple[str, str], int]:
    """Return the page of each code's verbatims in each case: a case is never cut."""
    counts = Counter(
        (coding.code_id, one.case_id) for one in coded.corpus.transcripts for coding in coded.codings_of[one.id]
    )
    cases = list(dict.fromkeys(one.case_id for one in coded.corpus.transcripts))  # the order in which they are shown
    sheets: dict[tuple[str, str], int] = {}
    for code_id in {code_id: None for code_id, _case_id in counts}:
        sheet, filled = 1, 0
        for case_id in cases:
            count = counts[code_id, case_id]
            if filled and filled + count > _MOST_ON_A_PAGE:
                sheet, filled = sheet + 1, 0
            filled += count
            if count:
                sheets[code_id, case_id] = sheet
    return sheets


def unique_names(ids: Iterable[str]) -> dict[str, str]:
    """Return for each id a name for anchors and files; those that would be alike are numbered, whatever the case.

    The names of devices are taken: Windows writes no file of such a name.
    """
    found: dict[str, str] = {}
    taken = set(_DEVICES)
    for one in dict.fromkeys(ids):
        plain = unicodedata.normalize("NFKD", one).encode("ascii", "ignore").decode("ascii").lower()
        name = base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST_SLUG] or "x"
        number = 1
        while name in taken:
            number += 1
            name = f"{base}-{number}"
        taken.add(name)
        found[one] = name
    return found


def _link(page: str, target: str, anchor: str) -> str:
    if page == target:
        return f"#{anchor}"
    return f"{posixpath.relpath(target, posixpath.dirname(page) or '.')}#{anchor}"
