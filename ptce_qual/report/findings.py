"""What stands out, in a few sentences computed from the figures, each with a link to where they come from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pandas as pd

from ptce_qual.analysis.comparison import Comparison
from ptce_qual.analysis.coverage import ALL, absent_codes, little_coded, uncoded_share
from ptce_qual.analysis.inference import SIGNIFICANT
from ptce_qual.analysis.unit_names import level_name
from ptce_qual.report.contents import Contents
from ptce_qual.translation import _, _n
from ptce_qual.wording import count, number, percent

_FEWEST = 5
_MOST_NAMES = 3
_MOST_FINDINGS = 6


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence, and the section that it comes from."""

    sentence: str
    section: str


def findings(contents: Contents) -> list[Finding]:
    """Return what can be said of a coded corpus, at most six sentences; none where nothing is coded."""
    if not contents.coded.codings:
        return [Finding(_("No passage is coded."), "coverage")]
    makers: tuple[Callable[[Contents], Iterator[Finding]], ...] = (
        _little, _most_present, _rare, _contrasts, _together, _denied, _saturated,
    )  # fmt: skip
    return [found for make in makers for found in make(contents)][:_MOST_FINDINGS]


def _little(contents: Contents) -> Iterator[Finding]:
    doubt = little_coded(uncoded_share(contents.coded))
    if doubt:
        yield Finding(doubt, "coverage")


def _overall(contents: Contents) -> pd.DataFrame:
    table = contents.coverage.table
    return table[table["group"] == ALL]


def _name(contents: Contents, code_id: object) -> str:
    return f"«\u00a0{contents.labels.code(str(code_id))}\u00a0»"


def _most_present(contents: Contents) -> Iterator[Finding]:
    rows = _overall(contents).sort_values("unit_coverage", ascending=False, kind="stable").head(_MOST_NAMES)
    told = [
        _("{theme} ({share} of sentences, {cases} of {of} cases)",
          theme=_name(contents, row["code_id"]), share=percent(row["unit_coverage"]),
          cases=count(row["cases_coded"]), of=count(row["cases"]))
        for row in rows.to_dict("records")
        if row["references"]
    ]  # fmt: skip
    if told:
        yield Finding(_("The themes most spoken of: {themes}.", themes=", ".join(told)), "coverage")


def _rare(contents: Contents) -> Iterator[Finding]:
    absent = absent_codes(contents.coded)
    if absent:
        names = ", ".join(_name(contents, code_id) for code_id in absent[:_MOST_NAMES])
        more = len(absent) - _MOST_NAMES
        told = _n("{count} theme that no case has: {names}", "{count} themes that no case has: {names}",
                  len(absent), names=names)  # fmt: skip
        yield Finding(f"{told}{'…' if more > 0 else '.'}", "coverage")
        return
    rows = _overall(contents).sort_values(["cases_coded", "unit_coverage"], kind="stable")
    rarest = rows.iloc[0]
    if rarest["cases_coded"] < rarest["cases"]:
        yield Finding(
            _("Every theme is met; the one that fewest cases have is {theme}, in {cases} of {of}.",
              theme=_name(contents, rarest["code_id"]), cases=count(rarest["cases_coded"]), of=count(rarest["cases"])),
            "coverage",
        )  # fmt: skip


def _contrasts(contents: Contents) -> Iterator[Finding]:
    compared = contents.comparison
    if compared is None or not len(compared.codes.table):
        return
    themes = compared.codes.table[compared.codes.table["code_id"] != ALL]
    by_test = int((themes["p_adjusted"] <= SIGNIFICANT).sum())
    told = _n(
        "By {attribute}, {count} theme of {themes} differs when sentences are taken as independent (adjusted p)",
        "By {attribute}, {count} themes of {themes} differ when sentences are taken as independent (adjusted p)",
        by_test, attribute=contents.labels.attribute(compared.by), themes=count(len(themes)),
    )  # fmt: skip
    upheld = _upheld(contents, compared, themes)
    yield Finding(_("{told}; {then}.", told=told, then=upheld), "comparison")


def _upheld(contents: Contents, compared: Comparison, themes: pd.DataFrame) -> str:
    if compared.exchanged is None:
        return _("with so few groups nothing can be permuted")
    level = level_name(compared.exchanged)
    kept = themes[themes["permutation_p_adjusted"] <= SIGNIFICANT].sort_values("permutation_p", kind="stable")
    if len(kept):
        names = ", ".join(_name(contents, code_id) for code_id in kept["code_id"].head(_MOST_NAMES))
        return _n("permuting {level} upholds {count}: {names}", "permuting {level} upholds {count}: {names}", len(kept),
                  level=level, names=names)  # fmt: skip
    alone = themes[themes["permutation_p"] <= SIGNIFICANT].sort_values("permutation_p", kind="stable")
    if len(alone):
        names = ", ".join(_name(contents, code_id) for code_id in alone["code_id"].head(_MOST_NAMES))
        return _(
            "permuting {level} upholds none among all themes, but, each taken alone, {names}", level=level, names=names
        )
    return _("permuting {level} upholds none", level=level)


def _together(contents: Contents) -> Iterator[Finding]:
    if contents.cooccurrence is None:
        return
    pairs = contents.cooccurrence[0].table
    strong = pairs[(pairs["n12"] >= _FEWEST) & (pairs["odds_ratio_low"] > 1)]
    if len(strong):
        best = strong.sort_values("odds_ratio", ascending=False, kind="stable").iloc[0]
        yield Finding(
            _("{one} and {other} stand together most beyond chance: {both} sentences, where {expected} were expected "
              "(the highest odds ratio, {ratio}, of the pairs with {fewest} sentences or more).",
              ratio=number(best["odds_ratio"]), fewest=_FEWEST,
              one=_name(contents, best["source"]), other=_name(contents, best["target"]),
              both=count(best["n12"]), expected=number(best["expected"], 1)),
            "cooccurrence",
        )  # fmt: skip


def _denied(contents: Contents) -> Iterator[Finding]:
    rows = _overall(contents)
    rows = rows[rows["negated"] >= _FEWEST]
    if len(rows):
        shares = rows["negated"] / rows["references"]
        most = rows.iloc[int(shares.to_numpy().argmax())]
        yield Finding(
            _("The theme most often negated is {theme}: {share} of its {count} codings.",
              theme=_name(contents, most["code_id"]), share=percent(float(shares.max()), 0),
              count=count(most["references"])),
            "coverage",
        )  # fmt: skip


def _saturated(contents: Contents) -> Iterator[Finding]:
    if contents.saturation is None:
        return
    curve = contents.saturation[0].table
    curve = curve[curve["group"] == ALL]
    if len(curve) < 2 or not curve["cumulative_codes"].max():
        return
    last = curve[curve["new_codes"] > 0]["position"].max()
    silent = len(curve) - int(last)
    told = _n("The last interview brings no new theme", "The last {count} interviews bring no new theme", silent)
    if silent:
        met = _("all {themes} that are met are met by interview {position}",
                themes=count(curve["cumulative_codes"].iloc[-1]), position=count(last))  # fmt: skip
        yield Finding(_("{told}: {then}.", told=told, then=met), "saturation")
    else:
        yield Finding(_("The last interview still brings a new theme: saturation is not reached."), "saturation")
