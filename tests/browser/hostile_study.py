"""A study whose names and texts try to be markup, script and links."""

from __future__ import annotations

from pathlib import Path

SCRIPT = "<script>alert('texte')</script>"
LINK = "[ici](javascript:alert(1))"
IMAGE = '"><img src=x onerror=alert(2)>'
CODEBOOK = """\
title: "Essai <i>d'été</i>"
version: "1"
lists:
  collectivite: [mairie, commune, région]
codes:
  - id: soutiens
    label: Soutiens
  - id: argent
    label: "Argent <script>alert(3)</script>"
    parent: soutiens
    definition: "Ce qu'on verse & <b>ce qu'on reçoit</b>."
    rules:
      - {id: subvention, phrase: subvention}
      - {id: verse, near: ["@collectivite", verser|payer], note: "<img src=x onerror=alert(4)>"}
  - id: autonomie
    label: Autonomie
    colour: "#ffff00"
    definition: Décider soi-même.
    rules:
      - {id: seuls, phrase: décider seul}
      - {id: cle, phrase: avoir clé}
  - id: absent
    label: Absent
    rules: [schtroumpf]
"""
FILES = {
    "corpus/L'île & « co »/marie d'été #1 100%.txt": (
        f"---\ntitle: Marie {SCRIPT}\nfunction: porteur\ndate: 2013-01-02\n---\n\n"
        f"Enquêteur : Et la mairie, elle verse une subvention {SCRIPT} ?\n\n"
        f"Enquêté : La mairie nous a versé mille euros {IMAGE} {LINK}. On n’a pas eu de subvention {SCRIPT}. 🎉 "
        "On a décidé seuls, et la commune paye. Il fait beau.\n\n"
        "Enquêteur : Ah ?\n\nEnquêté : Il faudrait une subvention. On a la clé.\n"
    ),
    "corpus/alpha/paul.md": (
        "---\nfunction: élu\ndate: 2013-02-03\n---\n\nE : Alors ?\n\nR : La commune ne paye pas, elle ne verse rien. "
        "Il fait beau. On a décidé seuls, on a la clé.\n"
    ),
    "corpus/alpha/lea.txt": "E : Oui ?\r\nR : Une subvention.\r\nE : Et puis ?\r\nR : Oui, on a décidé seuls.\r\n",
    "corpus/cases.csv": (
        "case_id,label,stage,fte\n"
        f"L'île & « co »,\"Pôle <b>de l'île</b> {SCRIPT}\",émergence,2\nalpha,Pôle alpha,essor,3\n"
    ),
    "study.yaml": 'title: "Étude <i>d\'essai</i>"\nattributes: {stage: "Stade <b>x</b>"}\n',
}


def write_study(folder: Path, codebook: str, files: dict[str, str]) -> Path:
    """Write a study, and return its folder."""
    for name, content in {"codebook.yaml": codebook, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode())
    return folder
