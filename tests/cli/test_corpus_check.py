"""`corpus check`: what was read, as a table, CSV or JSON, with every problem."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from small_studies import Call, write

COLUMNS = (
    "transcript_id case_id format turns interviewer_words respondent_words unknown_words speakers language".split()
)
ROWS = [
    ["alpha/marie", "alpha", "txt", 2, 7, 17, 0, "Enquêteur|Enquêté", ""],
    ["alpha/paul", "alpha", "md", 2, 1, 12, 0, "E|R", ""],
    ["beta/lea", "beta", "txt", 4, 3, 9, 0, "E|R", ""],
]


def test_for_programs(study: Path, call: Call) -> None:
    for form in ("csv", "json"):
        ended = call("corpus", "check", study, "--format", form)
        assert (ended.code, ended.err) == (0, "")
        rows = json.loads(ended.out) if form == "json" else list(csv.DictReader(ended.out.splitlines()))
        assert [list(row) for row in rows] == [COLUMNS] * 3
        assert [[str(value) for value in row.values()] for row in rows] == [
            [str(value) for value in row] for row in ROWS
        ]


def test_for_people(study: Path, call: Call) -> None:
    ended = call("corpus", "check", study)
    assert (ended.code, ended.err) == (0, "")
    lines = ended.out.splitlines()
    assert lines[1].split() == COLUMNS
    assert lines[2].split() == [str(value) for value in ROWS[0] if value != ""]
    assert lines[-1] == "nothing to report"


def test_problems(study: Path, call: Call) -> None:
    write(study, {"corpus/a.docx": "x", "corpus/b.pdf": "", "corpus/alpha/bom.txt": b"\xef\xbb\xbfR : Oui.\n"})
    for form in ("table", "json"):
        ended = call("corpus", "check", study, "--format", form)
        assert ended.code == 1
        counts = [len(ended.problems(severity)) for severity in ("error", "warning", "notice")]
        assert counts == [1, 1, 1]
        assert ended.err.splitlines()[-1].startswith("a.docx: error: ")
    assert len(json.loads(ended.out)) == 4
    assert call("corpus", "check", study).out.endswith("1 error, 1 warning, 1 notice\n")


def test_no_cache_and_no_results_come_of_it(study: Path, call: Call) -> None:
    before = sorted(path.name for path in study.rglob("*"))
    call("corpus", "check", study)
    assert sorted(path.name for path in study.rglob("*")) == before
