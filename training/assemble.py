"""Make the shipped pipeline of a trained one: the sentence component added, what only training needs taken out.

python -m training.assemble TRAINED TARGET
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import spacy.about

import training.registered  # noqa: F401
from ptce_qual.nlp.pipeline import load_pipeline

MOST_BYTES = 15_000_000
_CARD = Path(__file__).parent / "data" / "MODEL.md"
_META = {
    "name": "entretiens",
    "version": "1.0.0",
    "description": "French as it is spoken in interviews: tokens, sentences, parts of speech, lemmas, parse.",
    "author": "the authors of ptce_qual",
    "license": "CC BY-SA 4.0",
    "sources": [
        {"name": f"Universal Dependencies, {name}", "license": "CC BY-SA 4.0",
         "url": f"https://github.com/UniversalDependencies/{name}"}
        for name in ("UD_French-Rhapsodie", "UD_French-ParisStories", "UD_French-GSD", "UD_French-PUD")
    ]
    + [{"name": "spacy-lookups-data", "license": "MIT", "url": "https://github.com/explosion/spacy-lookups-data"}],
}  # fmt: skip


def main(trained: Path, target: Path) -> None:
    """Write the pipeline; an existing one is replaced.

    Raises:
        SystemExit: the pipeline is larger than may be shipped.
    """
    nlp = load_pipeline(trained)
    nlp.meta.update(_META, performance={}, spacy_version=f">={spacy.about.__version__.rsplit('.', 1)[0]}.0,<3.9.0")
    nlp.config["initialize"]["lookups"] = None
    nlp.config["corpora"] = {}
    nlp.config["paths"] = {"train": None, "dev": None}
    shutil.rmtree(target, ignore_errors=True)
    nlp.to_disk(target)
    shutil.copy(_CARD, target / "MODEL.md")
    size = sum(file.stat().st_size for file in target.rglob("*") if file.is_file())
    if size > MOST_BYTES:
        raise SystemExit(f"{target} has {size:,} bytes; at most {MOST_BYTES:,} are shipped.")
    json.loads((target / "meta.json").read_text(encoding="utf-8"))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
