"""What reaches a terminal or a pipe is text: no colours in a pipe, no markup, no control characters of users."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console
from small_studies import CODEBOOK, Call, write

from ptce_qual.cli import terminal

NASTY = "[bold]gras[/bold] \x1b[31mrouge\x1b[0m \x1b]0;titre\x07 [/] :smile: [link=file:///]"

FILLING = "E : Oui ?\n\nR : Il fait beau.\n\n" * 99  # a text with more control characters is taken for binary


def nasty_study(folder: Path) -> Path:
    yaml = NASTY.replace("\x1b", "\\e").replace("\x07", "\\a")
    codebook = CODEBOOK.replace("label: Argent", f'label: "{yaml}"').replace("title: Essai", f'title: "{yaml}"')
    return write(
        folder,
        {
            "study.yaml": f'title: "{yaml}"\n',
            "codebook.yaml": codebook,
            "corpus/a.txt": f"[bold] : Oui ?\n\nR : Une subvention {NASTY} voilà.\n\n{FILLING}",
            "corpus/[red]b.txt": "R : Une subvention.\n",
            "corpus/[red]c.pdf": "",
            "corpus/cases.csv": "case_id,label,stage\na,[bold]A[/bold],[red]x[/red]\n",
        },
    )  # fmt: skip


COMMANDS = [
    ["run", "--by", "stage"],
    ["coverage", "--by", "speaker"],
    ["corpus", "check"],
    ["codebook", "show"],
    ["codebook", "check"],
    ["codebook", "diff", "codebook.yaml", "other.yaml", "--corpus", "corpus"],
    ["verify"],
    ["explain", f"Une subvention {NASTY}."],
    ["explain", f"{NASTY}:1-2"],
    ["kwic", "subvention", "--by", "stage"],
    ["kwic", NASTY],
    ["run", NASTY],
    ["run", "--by", NASTY],
    ["coverage", NASTY.replace("/", "-")],
]


def test_markup_and_control_characters_are_text(tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(nasty_study(tmp_path))
    write(tmp_path, {"other.yaml": "title: x\ncodes:\n  - {id: autre, label: Autre}\n"})
    told = {}
    for command in COMMANDS:
        ended = call(*command)
        told[tuple(command)] = ended.out + ended.err
        for text in (ended.out, ended.err):
            assert "\x1b" not in text, command
            assert "\x07" not in text, command
            assert "\N{SMILING FACE WITH OPEN MOUTH AND SMILING EYES}" not in text
    for command in (("codebook", "show"), ("explain", f"Une subvention {NASTY}.")):
        assert "[bold]gras[/bold]" in told[command], told[command]
    assert "[red]c.pdf" in told["corpus", "check"]


def test_colours_in_a_terminal_are_ours_only(monkeypatch: pytest.MonkeyPatch) -> None:
    console = Console(force_terminal=True, width=80, color_system="standard")
    with console.capture() as captured:
        console.print(terminal.plain(NASTY), style="bold")
    assert captured.get().count("\x1b") == 2  # bold on and off
    assert "[bold]gras[/bold]" in captured.get()


def test_the_spaces_of_french_are_shown() -> None:
    text = "« Ça\u00a0»\u202f! 👩\u200d🌾\tœ’\n"
    assert terminal.plain(text).plain == text
    assert terminal.plain("\x1b\x00\x9b\u202e\u2028\ud800").plain == "\ufffd" * 6


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe of POSIX")
@pytest.mark.parametrize("command", [["codebook", "schema"], ["corpus", "check", "--format", "csv"]])
def test_a_reader_who_leaves(command: list[str], coded: Path) -> None:
    for number in range(600):
        write(coded, {f"corpus/alpha/{'x' * 100}{number}.txt": "R : Oui.\n"})
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "ptce_qual", *command],
        cwd=coded,
        stdout=writer,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    os.close(writer)
    assert "Traceback" not in done.stderr
    assert "Broken" not in done.stderr
    assert done.returncode in (0, 1)


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_pipe_that_takes_few_characters(encoding: str, coded: Path) -> None:
    write(coded, {"other.yaml": CODEBOOK.replace("décider seul", "seul")})
    command = ["codebook", "diff", "codebook.yaml", "other.yaml", "--corpus", "corpus"]
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "ptce_qual", *command],
        cwd=coded,
        env={**os.environ, "PYTHONIOENCODING": encoding},
        capture_output=True,
        encoding=encoding,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "cider seul ? phrase: seul" in done.stdout
    assert "Codings: 0 gained" in done.stdout
