"""The appendix on method: rules as they are written, and how many codings each takes part in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from linked_pages import TOLD
from small_contents import small

from ptce_qual.codebook import load_codebook
from ptce_qual.report.method import code_methods, limits, rule_source, used_versions

CODEBOOK = """\
title: Essai
version: "1"
lists: {mairie: [mairie, commune]}
codes:
  - id: flow
    label: Flow
    rules:
      - {id: f1, phrase: subvention}  # a word
      - {id: f2, near: ["@mairie",
                        verser|payer]}

      - id: b1
        near:
          # who
          - "@mairie"

          - verser
        polarity: negated

      - "lieu culturel"
      - 'l''eau'
  - id: short
    label: Court
    rules: [schtroumpf, "lutin vert"]
"""
SOURCES = [
    [
        "- {id: f1, phrase: subvention}  # a word",
        '- {id: f2, near: ["@mairie",\n                  verser|payer]}',
        '- id: b1\n  near:\n    # who\n    - "@mairie"\n\n    - verser\n  polarity: negated',
        '- "lieu culturel"',
        "- 'l''eau'",
    ],
    ['rules: [schtroumpf, "lutin vert"]'] * 2,
]


def test_rules_as_they_are_written(tmp_path: Path) -> None:
    path = tmp_path / "codebook.yaml"
    path.write_text(CODEBOOK, encoding="utf-8")
    loaded = load_codebook(path)
    lines = CODEBOOK.splitlines()
    told = [
        [rule_source(lines, loaded.rule_line(place, number)) for number in range(len(code.rules))]
        for place, code in enumerate(loaded.codebook.codes)
    ]
    assert told == SOURCES


@pytest.mark.parametrize("line", [-1, 0, 99])
def test_a_line_that_the_codebook_lacks(line: int) -> None:
    assert rule_source(CODEBOOK.splitlines(), line) == ""


def test_rules_that_coded_come_first_where_they_coded_most() -> None:
    text = "\n".join(f"line {number}" for number in range(1, 4))
    methods = {one.code.id: one for one in code_methods(replace(small(), codebook_text=text))}
    assert [(rule.rule_id, rule.line, rule.source, rule.codings) for rule in methods["grant"].used] == [
        ("grant-1", 1, "line 1", 5)
    ]
    assert (methods["hired"].rules, methods["hired"].used) == (1, ())


def test_what_it_was_made_with() -> None:
    told = dict(used_versions(replace(small(), manifest=TOLD)))
    assert told["codebook"] == "made (1)"
    assert told["what a coding covers"] == "sentences"
    assert told["interviewers' turns counted"] == "no"
    assert told["ptce-qual"] == "0.1.0"


def test_files_that_were_not_read_are_a_limit() -> None:
    bare, lacking = (replace(small(), manifest=replace(TOLD, not_read=names)) for names in ((), ("a.docx", "b.odt")))
    assert limits(lacking) == [*limits(bare), "Files that could not be read: a.docx, b.odt."]
