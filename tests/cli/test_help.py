"""Help: of every command, quick, in the language asked for."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from small_studies import Call

from ptce_qual.cli.language import choose_language

COMMANDS = [
    "run", "code", "coverage", "report", "compare", "cooccurrence", "saturation", "agreement", "profile",
    "explain", "kwic", "verbatims", "verify", "init", "clear-cache",
    "export", "export xlsx", "export docx",
    "corpus", "corpus check", "codebook", "codebook check", "codebook schema", "codebook show", "codebook diff",
]  # fmt: skip
HEAVY = "spacy thinc pandas sklearn scipy numpy lxml re2 networkx docx xlsxwriter matplotlib jinja2".split()
PROBE = """
import json, sys
from ptce_qual.cli import main
codes = [main([*command.split(), "--help"]) for command in json.loads(sys.argv[1])]
print(json.dumps([codes, sorted(set(sys.modules) & set(json.loads(sys.argv[2])))]))
"""


def test_every_command_has_help_that_loads_nothing_heavy() -> None:
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", PROBE, json.dumps(["", *COMMANDS]), json.dumps(HEAVY)],
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=60,
    )
    *told, last = done.stdout.splitlines()
    codes, loaded = json.loads(last)
    assert codes == [0] * (len(COMMANDS) + 1)
    assert loaded == []
    assert sum("Usage: ptce-qual" in line for line in told) == len(codes)
    assert done.stderr == ""


def test_the_commands_are_all_listed(call: Call) -> None:
    told = "".join(call(*group, "--help").out for group in ([], ["corpus"], ["codebook"], ["export"]))
    for command in COMMANDS:
        assert f"│ {command.split()[-1]} " in told, command


def test_version(process: Call) -> None:
    ended = process("--version")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("ptce-qual ")


CHOICES = [
    ([], {}, "en"),
    ([], {"LANG": "fr_FR.UTF-8"}, "fr"),
    ([], {"LANG": "fr_FR.UTF-8", "LC_ALL": "C"}, "en"),
    ([], {"LANG": "en_GB.UTF-8", "LC_ALL": "fr_CA.UTF-8"}, "fr"),
    ([], {"LANG": "de_DE.UTF-8", "LC_MESSAGES": "fr_BE"}, "fr"),
    ([], {"LC_ALL": "", "LANG": "fr"}, "fr"),
    ([], {"LC_ALL": "fr_FR.UTF-8", "PTCE_QUAL_LANG": "en"}, "en"),
    ([], {"PTCE_QUAL_LANG": "fr"}, "fr"),
    ([], {"PTCE_QUAL_LANG": "xx", "LANG": "fr_FR"}, "fr"),
    (["--lang", "fr", "run"], {"PTCE_QUAL_LANG": "en"}, "fr"),
    (["--lang=en"], {"PTCE_QUAL_LANG": "fr"}, "en"),
    (["--lang"], {"LANG": "fr_FR"}, "fr"),
    (["explain", "--", "--lang=fr"], {}, "en"),
]


@pytest.mark.parametrize(("arguments", "environment", "language"), CHOICES)
def test_which_language(arguments: list[str], environment: dict[str, str], language: str) -> None:
    assert choose_language(arguments, environment) == language
    assert environment["LANGUAGE"] == language


def test_a_command_in_the_language_of_the_locale(process: Call, tmp_path: Path) -> None:
    ended = process("corpus", "check", tmp_path, PTCE_QUAL_LANG="", LC_ALL="fr_FR.UTF-8")
    assert ended.code == 1
    assert ": erreur" in ended.err
