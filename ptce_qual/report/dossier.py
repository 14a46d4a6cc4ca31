"""The dossier: one page that leads from each figure to its verbatims, and pages of their own for what is too long."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from markupsafe import Markup

from ptce_qual.analysis.coverage import uncoded_share
from ptce_qual.codebook.model import Rule
from ptce_qual.codebook.rule_ids import rule_id
from ptce_qual.model import Coding, Transcript
from ptce_qual.report.analysis_tables import AnalysisTables
from ptce_qual.report.colours import code_colours
from ptce_qual.report.contents import Contents
from ptce_qual.report.coverage_view import shown_cases, theme_rows
from ptce_qual.report.figures import Drawing, drawings
from ptce_qual.report.findings import findings
from ptce_qual.report.method import code_methods, coding_options, limits, used_versions
from ptce_qual.report.pages import render_page
from ptce_qual.report.passages import Passages, Verbatim
from ptce_qual.report.places import MAIN, Places, places_of
from ptce_qual.translation import _


@dataclass(frozen=True, slots=True)
class CaseVerbatims:
    """What is quoted of a code in a case."""

    case_id: str
    verbatims: tuple[Verbatim, ...]


@dataclass(frozen=True, slots=True)
class CodeVerbatims:
    """What is quoted of a code, case by case."""

    code_id: str
    label: str
    definition: str
    count: int
    cases: tuple[CaseVerbatims, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One of the pages of a code's verbatims: its first case and its last one, and a link to it from another."""

    first: str
    last: str
    count: int
    href: str


def render_dossier(contents: Contents, drawn: Sequence[Drawing] | None = None) -> dict[str, bytes]:
    """Return the files of a dossier: `report.html`, and pages in `transcripts/` and `verbatims/` where it is large.

    Args:
        drawn: its figures, where they are rendered to files too; see `drawings`.
    """
    return _Dossier(contents, drawings(contents) if drawn is None else drawn).files()


class _Dossier:
    """What the pages of one dossier share."""

    def __init__(self, contents: Contents, drawn: Sequence[Drawing]) -> None:
        self.contents = contents
        self.drawn = drawn
        self.places: Places = places_of(contents.coded)
        self.colours = code_colours(contents.coded.codebook)

    def files(self) -> dict[str, bytes]:
        """Return all pages by path."""
        made = {MAIN: self._main()}
        if self.places.transcripts_apart:
            for one in self.contents.coded.corpus.transcripts:
                path = self.places.transcript_page(one.id)
                made[path] = self._page("transcript.html", path, transcript=one)
        if self.places.verbatims_apart:
            for quoted in self._quoted():
                made |= self._verbatims(quoted)
        return made

    def _verbatims(self, quoted: CodeVerbatims) -> dict[str, bytes]:
        """Return the pages of a code's verbatims: one, or several where they are too many."""
        by_page: dict[str, list[CaseVerbatims]] = {}
        for one in quoted.cases:
            by_page.setdefault(self.places.verbatims_page(quoted.code_id, one.case_id), []).append(one)
        made = {}
        for path, cases in by_page.items():
            shown = replace(quoted, cases=tuple(cases))
            sheets = [self._sheet(quoted.code_id, own, path if other != path else "") for other, own in by_page.items()]
            made[path] = self._page("verbatims.html", path, quoted=shown, sheets=sheets, total=quoted.count)
        return made

    def _sheet(self, code_id: str, cases: Sequence[CaseVerbatims], page: str) -> Sheet:
        first, last = (self.contents.case(one.case_id) for one in (cases[0], cases[-1]))
        href = self.places.verbatims(code_id, page, cases[0].case_id) if page else ""
        return Sheet(first, last, sum(len(one.verbatims) for one in cases), href)

    def _main(self) -> bytes:
        contents = self.contents
        return self._page(
            "dossier.html",
            MAIN,
            themes=theme_rows(contents, self.places, MAIN),
            cases=shown_cases(contents),
            findings=findings(contents),
            limits=limits(contents),
            words=self._words,
            roles=self._roles,
            speech=self._speech,
            uncovered=uncoded_share(contents.coded),
            tables=AnalysisTables(contents, self.places, MAIN),
            figures={one.made.name: (one.made, Markup(one.inline())) for one in self.drawn},  # noqa: S704  # escaped there
            quoted=[] if self.places.verbatims_apart else list(self._quoted()),
            methods=code_methods(contents),
            versions=list(used_versions(contents)),
            asked=coding_options(contents),
        )

    def _page(self, template: str, page: str, **values: object) -> bytes:
        return render_page(
            template,
            page=page,
            contents=self.contents,
            coded=self.contents.coded,
            labels=self.contents.labels,
            places=self.places,
            colours=self.colours,
            passages=self._passages,
            **values,
        )

    @cached_property
    def _passages(self) -> dict[str, Passages]:
        coded = self.contents.coded
        asking = {
            rule_id(rule, code.id)
            for code in coded.codebook.codes
            for rule in code.rules
            if isinstance(rule, Rule) and rule.question is not None
        }
        return {one.id: Passages(one, coded.codings_of[one.id], asking) for one in coded.corpus.transcripts}

    @cached_property
    def _words(self) -> int:
        return sum(len(one.words) for one in self.contents.coded.segmentations.values())

    @property
    def _roles(self) -> dict[str, int]:
        """How many turns interviewers and respondents have."""
        asking = [turn.role == "interviewer" for one in self.contents.coded.corpus.transcripts for turn in one.turns]
        return {_("interviewers' turns"): sum(asking), _("respondents' turns"): len(asking) - sum(asking)}

    @cached_property
    def _speech(self) -> dict[str, int]:
        """The words of each transcript that are counted, by its id."""
        coded = self.contents.coded
        return {one.id: self._counted(one) for one in coded.corpus.transcripts}

    def _counted(self, transcript: Transcript) -> int:
        starts = [start for start, _end in self.contents.coded.segmentations[transcript.id].words]
        turns = self.contents.coded.speech(transcript)
        return sum(bisect_left(starts, turn.end) - bisect_left(starts, turn.start) for turn in turns)

    def _quoted(self) -> Iterator[CodeVerbatims]:
        coded = self.contents.coded
        by_code: dict[str, dict[str, list[Coding]]] = {}
        for one in coded.corpus.transcripts:
            for coding in sorted(coded.codings_of[one.id], key=lambda each: (each.start, each.end, each.coder)):
                by_code.setdefault(coding.code_id, {}).setdefault(one.case_id, []).append(coding)
        order = dict.fromkeys([*(code.id for code in coded.codebook.codes), *sorted(by_code)])
        for code_id in (name for name in order if name in by_code):
            yield self._code(code_id, by_code[code_id])

    def _code(self, code_id: str, found: dict[str, list[Coding]]) -> CodeVerbatims:
        code = self.contents.coded.codebook.by_id.get(code_id)
        cases = tuple(
            CaseVerbatims(case, tuple(self._passages[coding.transcript_id].verbatim(coding) for coding in found[case]))
            for case in shown_cases(self.contents)
            if case in found
        )
        count = sum(len(one.verbatims) for one in cases)
        label, definition = (code.label, code.definition) if code else (code_id, "")
        return CodeVerbatims(code_id, label, definition, count, cases)
