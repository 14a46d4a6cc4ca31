"""What the summary says is what the tables say."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_corpora import Interview, made
from small_contents import BOOK, CASES, contents, large, small

from ptce_qual.analysis.coverage import ALL, coverage
from ptce_qual.analysis.saturation import saturation, saturation_thresholds
from ptce_qual.report.contents import Contents
from ptce_qual.report.findings import Finding, findings
from ptce_qual.wording import percent


def said(shown: Contents) -> dict[str, str]:
    """Return the findings by the words that they begin with."""
    return {" ".join(one.sentence.split()[:3]): one.sentence for one in findings(shown)}


def overall(shown: Contents, code_id: str) -> dict[str, float]:
    table = shown.coverage.table
    (row,) = table[(table["group"] == ALL) & (table["code_id"] == code_id)].to_dict("records")
    return {str(name): value for name, value in row.items()}


def test_the_themes_most_spoken_of() -> None:
    shown = small()
    told = said(shown)["The themes most"]
    row = overall(shown, "grant")
    share = percent(row["unit_coverage"])
    assert f"«\u00a0Subvention\u00a0» ({share} of sentences, 3 of 3 cases)" in told
    assert row["unit_coverage"] == pytest.approx(5 / 44)
    assert told.index("Subvention") < told.index("Bénévoles") < told.index("Prêt")


def test_what_no_case_has() -> None:
    assert said(small())["1 theme that"] == "1 theme that no case has: «\u00a0CDI\u00a0»."
    many = large(cases=3, codes=40)
    bare = made(many.coded.codebook, [Interview("a", [("c0",), ()]), Interview("b", [(), ()])])
    told = said(contents(bare))["39 themes that"]
    assert told.startswith("39 themes that no case has: ")
    assert told.endswith("»…")


def test_where_hardly_anything_is_coded_the_codebook_is_doubted() -> None:
    shown = contents(made(BOOK, [Interview("alpha", [("grant",), *[()] * 60]), Interview("beta", [()] * 60)], CASES))
    first = findings(shown)[0]
    assert first.sentence.startswith("Hardly anything is coded (0.8% of the words): does this codebook suit")
    assert len(findings(shown)) <= 6
    assert not any("Hardly" in one.sentence for one in findings(small()))


def test_the_theme_most_often_negated() -> None:
    often = Interview("alpha", [("volunteer-",)] * 5 + [("volunteer",), ("grant",), ()])
    shown = contents(made(BOOK, [often, Interview("beta", [("grant",), ()])], CASES))
    assert said(shown)["The theme most"] == (
        "The theme most often negated is «\u00a0Bénévoles\u00a0»: 83% of its 6 codings."
    )
    assert "The theme most" not in said(small())  # denied less than five times


def test_which_themes_stand_together() -> None:
    together = Interview("alpha", [("grant", "loan")] * 6 + [()] * 30 + [("grant",), ("loan",)])
    shown = contents(made(BOOK, [together, Interview("beta", [("volunteer",), ()])], CASES))
    assert shown.cooccurrence is not None
    (pair,) = shown.cooccurrence[0].table.query("source == 'grant' and target == 'loan'").to_dict("records")
    (told,) = [one.sentence for one in findings(shown) if one.section == "cooccurrence"]
    assert f"6 sentences, where {pair['expected']:.1f} were expected" in told
    assert pair["n12"] == 6


def test_saturation() -> None:
    dates = [{"date": f"2020-0{month}-01"} for month in (1, 2, 3)]
    codes = [[("grant",)], [("volunteer",)], [("grant",)]]
    shown = contents(made(BOOK, [Interview("alpha", one, date) for one, date in zip(codes, dates, strict=True)], CASES))
    (told,) = [one.sentence for one in findings(shown) if one.section == "saturation"]
    assert told == "The last interview brings no new theme: all 2 that are met are met by interview 2."
    still = contents(made(BOOK, [Interview("alpha", one, date) for one, date in zip(codes[:2], dates, strict=False)]))
    (told,) = [one.sentence for one in findings(still) if one.section == "saturation"]
    assert told == "The last interview still brings a new theme: saturation is not reached."


def test_nothing_coded() -> None:
    empty = small().coded.with_codings(())
    shown = replace(small(), coded=empty, coverage=coverage(empty), comparison=None, cooccurrence=None, saturation=None)
    assert findings(shown) == [Finding("No passage is coded.", "coverage")]


def test_nothing_of_the_polarity_asked_for() -> None:
    coded = small().coded
    shown = replace(small(), coverage=coverage(coded, polarity=["hypothetical"]))
    assert "The themes most" not in said(shown)


@pytest.mark.parametrize("seed", range(3))
def test_never_more_than_six(seed: int) -> None:
    found = findings(large(cases=8, codes=12, seed=seed))
    assert 1 <= len(found) <= 6
    assert {one.section for one in found} <= {"coverage", "comparison", "cooccurrence", "saturation"}
    assert all(one.sentence.endswith((".", "…")) and "nan" not in one.sentence for one in found)


def test_saturation_is_not_told_where_no_theme_is_met_in_what_is_counted() -> None:
    silent = made(BOOK, [Interview("alpha", [()]), Interview("beta", [()])])
    told = findings(replace(small(), saturation=(saturation(silent), saturation_thresholds(silent))))
    assert told
    assert "saturation" not in {one.section for one in told}
