"""`ptce-qual verbatims`: what was said of a theme, quoted, from a results folder."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.padding import Padding
from rich.text import Text

from ptce_qual.cli.options import DescendantsOption, Form, Polarity, SeedOption
from ptce_qual.cli.selection import (
    CaseOption,
    PerOption,
    RoleOption,
    SampleOption,
    SpeakerOption,
    TranscriptOption,
    WhereOption,
    conditions,
    drawn,
)
from ptce_qual.translation import _

if TYPE_CHECKING:
    from rich.console import Console

    from ptce_qual.analysis.coded_corpus import CodedCorpus
    from ptce_qual.result import Result

_STYLES = {"affirmed": "green", "negated": "red", "hypothetical": "yellow"}
_PAGE = 100  # columns of a text that is written to a file


def add_command(app: typer.Typer) -> None:
    """Add `verbatims`."""
    app.command("verbatims", help=_("Quote what was said of a theme: all of it, what meets conditions, or a sample."))(
        verbatims
    )


def verbatims(
    told: Annotated[
        list[str],
        typer.Argument(
            metavar="CODE... [RESULTS]",
            help=_(
                "Codes, by id, label, or the beginning of a label; one that groups others stands for them. After them, "
                "a folder that `run` or `code` wrote; by default the study's."
            ),
        ),
    ],
    case: CaseOption = None,
    transcript: TranscriptOption = None,
    role: RoleOption = None,
    speaker: SpeakerOption = None,
    where: WhereOption = None,
    polarity: Annotated[
        list[Polarity] | None, typer.Option("--polarity", help=_("Codings of this polarity only; may be repeated."))
    ] = None,
    descendants: DescendantsOption = None,
    sample: SampleOption = None,
    per: PerOption = None,
    seed: SeedOption = 0,
    turns: Annotated[
        bool, typer.Option("--turns/--quotes", help=_("Whether the rest of the turn is printed around each quote."))
    ] = False,
    form: Annotated[
        Form | None,
        typer.Option(
            "--format",
            help=_("How they are printed; in a file, CSV unless its name ends in .json."),
            show_default="table",
        ),
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", help=_("A file to write instead of printing."))] = None,
) -> None:
    """Quote the codings of codes."""
    asked = conditions(where=where, case=case, transcript=transcript, role=role, speaker=speaker)
    asked_sample = drawn(sample, per, seed)

    from ptce_qual.analysis.verbatims import Selection
    from ptce_qual.analysis.verbatims import verbatims as quoted
    from ptce_qual.cli.terminal import console, print_problems
    from ptce_qual.study import open_study
    from ptce_qual.study.results import read_results

    study, problems = open_study()
    print_problems(problems)
    if out is not None:
        study.check_out(out)
    codes, folder = _codes_and_folder(told)
    below = study.settings.defaults.descendants if descendants is None else descendants
    selection = Selection(codes, asked, [one.value for one in polarity or ()], below)
    coded = read_results(folder or study.results)
    found = quoted(coded, selection, asked_sample)
    if out is not None:
        _write(out, found, coded, form, turns=turns)
    elif form in (None, Form.TABLE):
        print_verbatims(console(), found, coded, turns=turns)
    else:
        from ptce_qual.cli.tables import print_result

        print_result(found, form)


def _codes_and_folder(told: Sequence[str]) -> tuple[list[str], Path | None]:
    """Part the codes from the folder, which comes last and is there, or is written as a path."""
    *codes, last = told
    written_as_path = any(mark and mark in last for mark in (os.sep, os.altsep))
    return (codes, Path(last)) if codes and (written_as_path or Path(last).is_dir()) else (list(told), None)


def _write(out: Path, found: Result, coded: CodedCorpus, form: Form | None, *, turns: bool) -> None:
    from rich.console import Console

    from ptce_qual.cli.tables import text_for_programs
    from ptce_qual.cli.terminal import console, plain
    from ptce_qual.study.writing import write_file

    if form is Form.TABLE:
        page = Console(file=io.StringIO(), width=_PAGE, highlight=False)
        with page.capture() as captured:
            print_verbatims(page, found, coded, turns=turns)
        text = captured.get()
    else:
        text = text_for_programs(found, form or (Form.JSON if out.suffix.lower() == ".json" else Form.CSV))
    write_file(out, text.encode("utf-8", "replace"))
    console().print(plain(_("{count} verbatims are in {path}.", count=len(found.table), path=out.as_posix())))


def print_verbatims(out: Console, found: Result, coded: CodedCorpus, *, turns: bool = False) -> None:
    """Print verbatims by code, then case, the words that rules found emphasised.

    Args:
        turns: whether the rest of each turn is printed around the quote.
    """
    from ptce_qual.cli.terminal import plain

    code, case = None, None
    for row in found.table.to_dict("records"):
        if row["code_id"] != code:
            code, case = row["code_id"], None
            out.print()
            out.print(_heading(coded, code, found.table[found.table["code_id"] == code]["polarity"].tolist()))
        if row["case_id"] != case:
            case = row["case_id"]
            known = coded.cases.get(case)
            out.print(Padding(plain(known.label if known and known.label else case), (1, 0, 0, 2)), style="italic")
        out.print(Padding(_in_turn(row) if turns else _quote(row), (0, 0, 0, 4)))
        out.print(Padding(_source(row), (0, 0, 0, 6)))
    out.print()
    for note in found.notes:
        out.print(Text("  ").append_text(plain(note)), style="dim")


def _heading(coded: CodedCorpus, code_id: str, polarities: Sequence[Any]) -> Text:
    from ptce_qual.analysis.unit_names import polarity_name
    from ptce_qual.cli.terminal import plain

    code = coded.codebook.by_id.get(code_id)
    told = plain(code.label if code else code_id)
    told.stylize("bold")
    counts = (f"{polarity_name(one)} {polarities.count(one)}" for one in _STYLES if one in polarities)  # type: ignore[arg-type]
    return told.append_text(plain(f"  ({code_id}; {', '.join(counts)})"))


def _quote(row: Mapping[Any, Any]) -> Text:
    from ptce_qual.analysis.verbatims import emphasised
    from ptce_qual.cli.terminal import plain

    text = Text("« ")
    for piece, is_match in emphasised(row["quote"], row["start"], row["matches"]):
        told = plain(_on_one_line(piece))
        if is_match:
            told.stylize("bold underline")
        text.append_text(told)
    return text.append(" »")


def _in_turn(row: Mapping[Any, Any]) -> Text:
    from ptce_qual.cli.terminal import plain

    before, after = (plain(_on_one_line(row[side].strip())) for side in ("before", "after"))
    for side in (before, after):
        side.stylize("dim")
    return Text(" ").join(part for part in (before, _quote(row), after) if part)


def _on_one_line(text: str) -> str:
    return re.sub(r"\s*[\r\n]\s*", " ", text)


def _source(row: Mapping[Any, Any]) -> Text:
    from ptce_qual.cli.terminal import plain
    from ptce_qual.wording import polarity

    told = Text(polarity(row["polarity"]), style=_STYLES[row["polarity"]])
    who = f"{row['speaker']}  " if row["speaker"] else ""
    return told.append_text(plain(f"  {who}{row['transcript_id']}:{row['start']}-{row['end']}"))
