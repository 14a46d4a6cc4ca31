"""A booklet of what was said, by theme, then case: to be read and talked about by a team."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from ptce_qual.analysis.coverage import POLARITIES
from ptce_qual.analysis.unit_names import polarity_name
from ptce_qual.analysis.verbatims import Sample, Selection, emphasised, verbatims
from ptce_qual.report.contents import Contents
from ptce_qual.report.documents.word import Word
from ptce_qual.report.notices import fictional_notice
from ptce_qual.translation import _, _n
from ptce_qual.wording import polarity


def render_booklet(contents: Contents, selection: Selection | None = None, sample: Sample | None = None) -> bytes:
    """Return verbatims as a document (.docx): the same bytes for the same contents.

    Args:
        selection: by default all codings.
        sample: by default all of the selection; its parts are made by code at least.

    Raises:
        InputError: there is no such code, attribute or value.
    """
    if sample:
        sample = replace(sample, per=sorted({"code", *sample.per}))
    found = verbatims(contents.coded, selection, sample)
    whole = verbatims(contents.coded, selection) if sample else found
    word = Word(found.title, contents.title)
    if contents.fictional:
        word.notice(fictional_notice())
    for note in found.notes:
        word.text(note)
    word.text(_("The words that rules found are in bold; below each quote, what it says of the theme, who speaks, and "
                "where: interview and characters."))  # fmt: skip
    codes = list(dict.fromkeys(found.table["code_id"]))
    if codes:
        word.contents([(1, contents.labels.code(code_id)) for code_id in codes])
    for code_id in codes:
        own = found.table[found.table["code_id"] == code_id]
        _add_code(word, contents, code_id, own, int((whole.table["code_id"] == code_id).sum()))
    return word.close()


def _add_code(word: Word, contents: Contents, code_id: str, rows: pd.DataFrame, total: int) -> None:
    word.heading(1, contents.labels.code(code_id))
    word.facts(f"{code_id} · {_counted(rows, total)}")
    code = contents.coded.codebook.by_id.get(code_id)
    if code and code.definition.strip():
        word.lead(code.definition.strip())
    for case, own in rows.groupby("case_id", sort=False):
        word.heading(2, contents.case(str(case)) or "–")
        for row in own.to_dict("records"):
            word.quote(emphasised(row["quote"], row["start"], row["matches"]))
            place = f"{row['transcript_id']}:{row['start']}-{row['end']}"
            told = (polarity(row["polarity"]), row["speaker"].replace("|", ", "), place)
            word.source(" · ".join(part for part in told if part))


def _counted(rows: pd.DataFrame, total: int) -> str:
    shown = len(rows)
    told = _n("{count} verbatim", "{count} verbatims", shown)
    if shown < total:
        told = _("{shown} of {total} verbatims", shown=shown, total=total)
    found = rows["polarity"].value_counts()
    return f"{told} ({', '.join(f'{polarity_name(one)} {found[one]}' for one in POLARITIES if one in found)})"
