"""A small study, and what a command line leaves."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

CODEBOOK = """\
title: Essai
version: "1"
lists:
  collectivite: [mairie, commune, région]
codes:
  - id: soutiens
    label: Soutiens
  - id: argent
    label: Argent
    parent: soutiens
    rules:
      - {id: subvention, phrase: subvention}
      - {id: verse, near: ["@collectivite", verser|payer]}
  - id: autonomie
    label: Autonomie
    rules:
      - {id: seuls, phrase: décider seul}
"""
INTERVIEWS = {
    "alpha/marie.txt": (
        "---\nfunction: porteur\ndate: 2013\n---\n\n"
        "Enquêteur : Et la mairie, elle verse une subvention ?\n\n"
        "Enquêté : La mairie nous a versé mille euros. On n’a pas eu de subvention. 🎉 On a décidé seuls.\n"
    ),
    "alpha/paul.md": (
        "---\nfunction: élu\n---\n\nE : Alors ?\n\nR : La commune ne paye pas, elle ne verse rien. Il fait beau.\n"
    ),
    "beta/lea.txt": "E : Oui ?\r\nR : Il faudrait une subvention.\r\nE : Et puis ?\r\nR : Oui, on a décidé seuls.\r\n",
}
CASES = "case_id,label,stage\nalpha,Pôle alpha,émergence\nbeta,Pôle bêta,essor\n"
NO_INTERVIEW = {"cases.csv": CASES, "README.md": "De quoi lire.\n"}


def write(root: Path, files: dict[str, str | bytes]) -> Path:
    """Write files below a folder, and return it."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def contents(folder: Path) -> dict[str, bytes]:
    """Return the files below a folder: path → content."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


@dataclass(frozen=True, slots=True)
class Ended:
    """What a command line left: its exit code and what it printed."""

    code: int
    out: str
    err: str

    def problems(self, severity: str) -> list[str]:
        """Return the lines of standard error that are a problem of this severity, or the last word on them."""
        return [line for line in self.err.splitlines() if re.search(rf"(^|: ){severity}: ", line)]


def sound(ended: Ended) -> Ended:
    """Check what holds whatever happens: no traceback, no error of the tool itself."""
    for text in (ended.out, ended.err):
        assert "Traceback" not in text, text
        assert "should not happen" not in text, text
    return ended


Call = Callable[..., Ended]


def make_study(folder: Path) -> Path:
    """Make a study of three interviews of two cases."""
    corpus = {f"corpus/{name}": text for name, text in {**INTERVIEWS, **NO_INTERVIEW}.items()}
    return write(folder, {"study.yaml": "title: Essai\n", "codebook.yaml": CODEBOOK, **corpus})
