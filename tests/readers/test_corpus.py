"""Folders of interviews: what is read, ids, metadata, cases, and that no bad file stops the others."""

from __future__ import annotations

import os
from pathlib import Path

import docx
import pytest

from ptce_qual.model import Corpus, Problem
from ptce_qual.readers import read_corpus

TURNS = "E : Ça va ?\nR : Oui.\n"
Files = dict[str, str | bytes]


def write(root: Path, files: Files) -> Path:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def ids(corpus: Corpus) -> list[str]:
    return [transcript.id for transcript in corpus.transcripts]


def said(problems: list[Problem], severity: str) -> list[tuple[str, int | None]]:
    return [(problem.file, problem.line) for problem in problems if problem.severity == severity]


def test_ids_are_paths_without_suffix_in_order(tmp_path: Path) -> None:
    write(tmp_path, {"b/x.txt": TURNS, "a/x.md": TURNS, "a/y.z.md": TURNS, "c.txt": TURNS, "a/deep/er/w.txt": TURNS})
    corpus, problems = read_corpus(tmp_path)
    assert ids(corpus) == ["a/deep/er/w", "a/x", "a/y.z", "b/x", "c"]
    assert [transcript.source for transcript in corpus.transcripts][:2] == ["a/deep/er/w.txt", "a/x.md"]
    assert [transcript.case_id for transcript in corpus.transcripts] == ["a", "a", "a", "b", "c"]
    assert [case.id for case in corpus.cases] == ["a", "b", "c"]
    assert problems == []


def test_files_of_one_name_in_one_folder_keep_their_suffixes(tmp_path: Path) -> None:
    write(tmp_path, {"x.txt": TURNS, "x.md": TURNS, "x.md.txt": TURNS, "y.md": TURNS})
    corpus, problems = read_corpus(tmp_path)
    assert ids(corpus) == ["x.md", "x.md.txt", "x.txt", "y"]
    assert said(problems, "warning") == [("x.md", None), ("x.md.txt", None), ("x.txt", None)]
    assert [transcript.case_id for transcript in corpus.transcripts] == ["x", "x.md", "x", "y"]


def test_the_same_corpus_whatever_the_order_of_files(tmp_path: Path) -> None:
    names = ["É/b.md", "é/a.md", "z.md", "A.md", "a.txt", "E\u0301/c.md"]
    one = write(tmp_path / "one", dict.fromkeys(names, TURNS))
    other = write(tmp_path / "other", dict.fromkeys(reversed(names), TURNS))
    assert read_corpus(one) == read_corpus(other)
    assert "É/c" in ids(read_corpus(one)[0])


def test_what_is_ignored_and_what_is_not_read(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "a.md": TURNS,
            "README.md": "x",
            "sub/readme.txt": "x",
            ".hidden.md": TURNS,
            ".git/a.md": TURNS,
            "~$a.docx": b"x",
            "gold/a.md": TURNS,
            "results/texts/a.txt": TURNS,
            "codebook.yaml": "x",
            "sub/gold/b.md": TURNS,
            "audio.mp3": b"x",
            "noms": b"x",
            "notes.pdf": b"x",
            "LICENCE.md": "MIT",
        },
    )
    corpus, problems = read_corpus(tmp_path)
    assert ids(corpus) == ["a", "sub/gold/b"]
    assert said(problems, "warning") == [("audio.mp3", None), ("noms", None), ("notes.pdf", None)]
    assert said(problems, "notice") == [("LICENCE.md", None)]
    assert ids(read_corpus(tmp_path, ignored=["sub"])[0]) == ["a", "gold/a", "results/texts/a"]


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": TURNS, "b.docx": b"not a zip", "c.txt": bytes(100), "d.odt": b"PK\x03\x04", "e.md": TURNS})
    corpus, problems = read_corpus(tmp_path)
    assert ids(corpus) == ["a", "e"]
    assert said(problems, "error") == [("b.docx", None), ("c.txt", None), ("d.odt", None)]
    assert all(problem.message for problem in problems)


def test_an_empty_folder_and_none(tmp_path: Path) -> None:
    for root in (tmp_path, tmp_path / "none"):
        corpus, problems = read_corpus(root)
        assert corpus == Corpus((), ())
        assert [problem.severity for problem in problems] == ["error"]


def test_one_file(tmp_path: Path) -> None:
    write(tmp_path, {"sub/a.md": f"---\nfunction: porteur\n---\n{TURNS}"})
    corpus, problems = read_corpus(str(tmp_path / "sub/a.md"))
    assert (ids(corpus), corpus.transcripts[0].case_id, corpus.cases[0].id) == (["a"], "a", "a")
    assert problems == []
    assert read_corpus(write(tmp_path, {"a.pdf": b"x"}) / "a.pdf")[1][0].severity == "error"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_pipes_and_broken_links_are_not_waited_for(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": TURNS})
    os.mkfifo(tmp_path / "b.md")
    (tmp_path / "c.md").symlink_to(tmp_path / "none.md")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    corpus, problems = read_corpus(tmp_path)
    assert ids(corpus) == ["a"]
    assert said(problems, "error") == [("c.md", None)]
    assert ("b.md", None) in said(problems, "warning")


def test_metadata_of_front_matter_and_table(tmp_path: Path) -> None:
    table = "file;case;function;date\r\na.md;alpha;élu;2013\r\nsub\\b.txt;beta;;2014\r\nzz;x;;\r\n\r\na.md;alpha;;\r\n"
    write(
        tmp_path,
        {
            "a.md": f"---\ncase: omega\nfunction: élu\n---\n{TURNS}",
            "sub/b.txt": TURNS,
            "sub/c.txt": TURNS,
            "transcripts.csv": table.encode("cp1252"),
        },
    )
    corpus, problems = read_corpus(tmp_path)
    assert [(one.case_id, dict(one.attributes)) for one in corpus.transcripts] == [
        ("omega", {"function": "élu", "date": "2013"}),
        ("beta", {"date": "2014"}),
        ("sub", {}),
    ]
    assert [(problem.severity, problem.line) for problem in problems if problem.file == "transcripts.csv"] == [
        ("notice", None),  # the encoding
        ("error", 6),  # a row twice
        ("warning", 4),  # a row of no transcript
        ("warning", 2),  # another case than the file says
    ]


def test_cases_and_what_does_not_fit(tmp_path: Path) -> None:
    table = '\ufeffcase_id,label,stage\nalpha,"Pôle, Alpha",emergence\nbeta,,\nalpha,,\n,x,\n'
    write(tmp_path, {"alpha/a.md": TURNS, "alhpa/b.md": TURNS, "cases.csv": table})
    corpus, problems = read_corpus(tmp_path)
    assert [(case.id, case.label, dict(case.attributes)) for case in corpus.cases] == [
        ("alhpa", "alhpa", {}),
        ("alpha", "Pôle, Alpha", {"stage": "emergence"}),
        ("beta", "beta", {}),
    ]
    assert said(problems, "error") == [("cases.csv", 4), ("cases.csv", 5)]
    assert said(problems, "warning") == [("cases.csv", None), ("alhpa/b.md", None)]
    assert problems[-1].remedy == "Did you mean « alpha »?"


BAD_TABLES = {
    "no column": ("pole,label\na,b\n", 1),
    "too many cells": ("case_id,label\na,b\nc,d,e,f\n", 3),
    "a column twice": ("case_id,label,label\na,b,c\n", 1),
    "a field without end": ('case_id,label\na,"' + "x" * 200_000 + "\n", 2),
    "empty": ("", 1),
}


@pytest.mark.parametrize(("table", "line"), BAD_TABLES.values(), ids=BAD_TABLES)
def test_a_bad_table_is_an_error_with_its_line(table: str, line: int, tmp_path: Path) -> None:
    write(tmp_path, {"a.md": TURNS, "cases.csv": table})
    corpus, problems = read_corpus(tmp_path)
    assert ids(corpus) == ["a"]
    assert ("cases.csv", line) in said(problems, "error")


def test_a_binary_table_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": TURNS, "cases.csv": bytes(range(256))})
    assert ("cases.csv", None) in said(read_corpus(tmp_path)[1], "error")


def test_roles_are_handed_on(tmp_path: Path) -> None:
    document = docx.Document()
    for line in ("Enquêteur : Oui ?", "Driss : Non.") * 2:
        document.add_paragraph(line)
    document.save(str(tmp_path / "a.docx"))
    corpus, problems = read_corpus(tmp_path, roles={"driss": "respondent"})
    assert [turn.role for turn in corpus.transcripts[0].turns] == ["interviewer", "respondent"] * 2
    assert problems == []


def test_tables_below_the_folder_are_told(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "cases.csv").write_text("case_id,label\na,A\n", encoding="utf-8")
    _corpus, problems = read_corpus(tmp_path)
    assert "this table counts only at the top" in problems[0].message


def test_two_files_whose_names_differ_by_how_accents_are_written(tmp_path: Path) -> None:
    for name in ("\u00e9t\u00e9.txt", "e\u0301te\u0301.txt", "\u00e9te\u0301.txt"):
        (tmp_path / name).write_text(f"R : {len(name)}\n", encoding="utf-8")
    if len(list(tmp_path.iterdir())) < 3:
        pytest.skip("this file system takes the three names for one")
    corpus, problems = read_corpus(tmp_path)
    assert [(one.id, one.text) for one in corpus.transcripts] == [("\u00e9t\u00e9", "R : 9\n")]
    errors = [one for one in problems if one.severity == "error"]
    assert [one.message.split(",")[0] for one in errors] == ["not read: another file has the same name"] * 2
