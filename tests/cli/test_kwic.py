"""`ptce-qual kwic`: on a terminal, for programs, as files; what it refuses, and what it says where nothing is found."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from lxml import html
from rich.cells import cell_len
from small_studies import Call, contents, write

from ptce_qual.cli.kwic_view import _cut_left, _cut_right
from ptce_qual.readers.corpus import read_corpus


@pytest.fixture
def folder(study: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(study)
    return study


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_lines_stand_one_below_the_other(folder: Path, call: Call) -> None:
    before = contents(folder)
    ended = call("kwic", "subvention|seul", "--sort", "left", "--no-cache")
    assert (ended.code, ended.err) == (0, "")
    lines = ended.out.splitlines()
    assert lines[0] == "Concordance of « subvention|seul »"
    found = lines[1:5]
    nodes = ["subvention", "seuls", "seuls", "subvention"]
    assert len({cell_len(line[: line.index(node)]) for line, node in zip(found, nodes, strict=True)}) == 1
    assert [line.split(":")[0] for line in found] == ["marie", "marie", "lea", "lea"]
    assert "4 hits in 2 interviews: " in ended.out
    assert contents(folder) == before


def test_for_programs(folder: Path, call: Call) -> None:
    rows = rows_of(call("kwic", "subvention", "--by", "function", "--format", "csv", "--window", "3").out)
    assert list(rows[0]) == [
        "transcript_id", "case_id", "speaker", "role", "turn", "start", "end", "left", "node", "right", "function",
    ]  # fmt: skip
    assert [(row["transcript_id"], row["left"], row["right"], row["turn"], row["function"]) for row in rows] == [
        ("beta/lea", "Il faudrait une ", ".", "2", ""),
        ("alpha/marie", "pas eu de ", ". 🎉 On a décidé", "2", "porteur"),
    ]
    texts = {one.id: one.text for one in read_corpus(folder / "corpus")[0].transcripts}
    for row in rows:
        assert texts[row["transcript_id"]][int(row["start"]) : int(row["end"])] == row["node"]
    told = json.loads(call("kwic", "subvention", "--by", "function", "--format", "json", "--window", "3").out)
    assert [{key: str(value) for key, value in row.items()} for row in told] == rows


def test_groups_are_counted(folder: Path, call: Call) -> None:
    ended = call("kwic", "subvention", "--by", "stage", "--include-interviewer")
    assert [line.split()[:2] for line in ended.out.splitlines() if " 3 " in line or "essor " in line][-1:] == [
        ["essor", "1"]
    ]
    assert "3 hits in 2 interviews" in ended.out
    assert "3 hits in 2 interviews" in call("kwic", "subvention", "--include-interviewer", "--sample", "1").out
    assert call("kwic", "subvention", "--by", "stages").code == 1


def test_files(folder: Path, call: Call) -> None:
    ended = call("kwic", "subvention", "--out", "out/s.csv", "--by", "case")
    assert ended.code == 0
    assert "2 lines written to out/s.csv, out/s_frequencies.csv" in ended.err
    assert len(rows_of(Path("out/s.csv").read_text(encoding="utf-8"))) == 2
    (first, second) = rows_of(Path("out/s_frequencies.csv").read_text(encoding="utf-8"))
    assert (first["case_id"], first["hits"], second["hits"]) == ("alpha", "1", "1")
    assert float(first["per_1000_words"]) == pytest.approx(1000 / int(first["words"]), abs=1e-6)
    call("kwic", "subvention", "--out", "out/s.html", "--by", "case", "--jobs", "2")
    page = Path("out/s.html").read_bytes()
    call("kwic", "subvention", "--out", "out/s.html", "--by", "case", "--no-cache")
    assert Path("out/s.html").read_bytes() == page
    refused = call("kwic", "subvention", "--out", "codebook.yaml/s.csv")
    assert refused.code == 1
    assert "can't be written to" in refused.err


def test_a_page_shows_texts_as_texts(folder: Path, call: Call) -> None:
    said = "R : <script>alert(1)</script> une subvention & <b>gras</b> {{ 7*7 }}.\n"
    write(folder, {"corpus/beta/x.txt": said})
    call("kwic", "subvention", "--out", "s.html", "--by", "case", "--sort", "right")
    page = html.parse("s.html")
    assert len(page.findall(".//script")) == 1
    (row,) = [row for row in page.iterfind(".//tr[@class='line']") if "alert" in row.text_content()]
    assert [cell.text_content() for cell in row] == [
        "<script>alert(1)</script> une ", "subvention", " & <b>gras</b> {{ 7*7 }}.", "R · x:34",
    ]  # fmt: skip
    assert [one.text for one in page.findall(".//tbody/tr/th/a")] == ["alpha", "beta"]
    links = [one.get("href") for one in page.findall(".//tbody/tr/th/a")]
    assert all(page.find(f".//th[@id='{link.lstrip('#')}']") is not None for link in links)
    assert "src=" not in Path("s.html").read_text(encoding="utf-8")
    for order in ("text", "left", "right", "node"):
        ranks = [int(row.get(f"data-{order}")) for row in page.iterfind(".//tr[@class='line']")]
        assert sorted(ranks) == list(range(3))
    assert [int(row.get("data-right")) for row in page.iterfind(".//tr[@class='line']")] == [0, 1, 2]


def test_nothing_is_found(folder: Path, call: Call) -> None:
    ended = call("kwic", "subvantion")
    assert ended.code == 0
    assert "« subvantion »: it stands nowhere in" in ended.out
    assert "Did you mean « subvention »?" in ended.err
    assert call("kwic", "subvantion", "--format", "csv").out.startswith("transcript_id,")
    assert json.loads(call("kwic", "subvantion", "--format", "json").out) == []
    assert call("kwic", "subvantion", "--out", "s.html").code == 0
    assert "It stands nowhere." in Path("s.html").read_text(encoding="utf-8")
    of_a_list = call("kwic", "{phrase: '@collectivite zzzz'}")
    assert [line.split(" »")[0] for line in of_a_list.err.splitlines()] == [
        "EXPRESSION: notice: the lexicon does not know the word « zzzz"
    ]


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["a |"], 1, "EXPRESSION: error: « a | », column 4"),
        (["{near: [a]}"], 1, "EXPRESSION: error: « near » needs at least 2 entries"),
        (["@mairie"], 1, "« @mairie » names a list that does not exist"),
        (["@mairie", "--codebook", "none.yaml"], 1, "none.yaml"),
        (["a", "nowhere"], 1, "there is no such file or folder"),
        (["a", "--out", "a.txt"], 2, "must end in .csv or .html"),
        (["a", "--sort", "up"], 2, "--sort"),
        (["a", "--sample", "0"], 2, "--sample"),
        ([], 2, "EXPRESSION"),
    ],
)
def test_what_is_refused(arguments: list[str], code: int, told: str, folder: Path, call: Call) -> None:
    ended = call("kwic", *arguments)
    assert ended.code == code
    assert told in ended.err


def test_the_codebook_is_read_for_its_lists_only(folder: Path, call: Call) -> None:
    assert "3 hits" in call("kwic", "@collectivite", "--include-interviewer").out
    write(folder, {"codebook.yaml": "title: [broken"})  # found where it is read
    assert call("kwic", "mairie").code == 0
    assert call("kwic", "@collectivite").code == 1


def test_an_interview_that_cannot_be_read(folder: Path, call: Call) -> None:
    write(folder, {"corpus/alpha/z.docx": "no Word file"})
    ended = call("kwic", "subvention")
    assert ended.code == 1
    assert "2 hits in 2 interviews" in ended.out
    assert ended.problems("error")


@pytest.mark.parametrize("columns", ["30", "59", "80", "200"])
def test_a_line_fits_whatever_stands_in_it(
    columns: str, folder: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    wide = "日本語 " * 20 + "cafe\u0301s \x1b[31m👩‍🌾 subvention\u00a0!\n\n" + "e\u0301" * 90
    write(folder, {"corpus/beta/w.txt": f"R : {wide}\n" + "R : Oui.\n" * 99})
    monkeypatch.setattr("ptce_qual.cli.terminal.console", lambda: None)
    monkeypatch.setattr("ptce_qual.cli.kwic_view.console", lambda: _console(int(columns)))
    ended = call("kwic", "subvention")
    found = [line for line in ended.out.splitlines() if "subvention" in line and "«" not in line]
    assert len(found) == 3
    assert len({cell_len(line[: line.index("subvention")]) for line in found}) == 1
    assert all(cell_len(line) <= int(columns) for line in found)
    assert "\x1b" not in ended.out


def _console(width: int) -> object:
    from rich.console import Console

    return Console(highlight=False, width=width)


def test_cuts_leave_letters_whole() -> None:
    assert _cut_right("e\u0301e\u0301e\u0301", 2) == "e\u0301…"
    assert _cut_left("e\u0301e\u0301e\u0301", 2) == "…e\u0301"
    assert _cut_left("日本語", 4) == "…語"
    assert _cut_left("abc", 0) == ""
    assert _cut_right("abc", 3) == "abc"
