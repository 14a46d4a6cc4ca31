"""Make the shipped pipeline of a trained one: the sentence component added, what only training needs taken out.

python -m training.assemble TRAINED TARGET
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import spacy.about
from spacy.language import Language

import training.registered  # noqa: F401
from ptce_qual.nlp.pipeline import load_pipeline
from ptce_qual.nlp.word_lists import read_words

MOST_BYTES = 15_000_000
_DATA = Path(__file__).parent / "data"
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
    _add_certainties(nlp)
    nlp.meta.update(_META, performance={}, spacy_version=f">={spacy.about.__version__.rsplit('.', 1)[0]}.0,<3.9.0")
    nlp.config["initialize"]["lookups"] = None
    nlp.config["paths"] = dict.fromkeys(nlp.config["paths"])  # else they would name folders of this machine
    shutil.rmtree(target, ignore_errors=True)
    nlp.to_disk(target)
    for name in ("MODEL.md", "LICENSE"):
        shutil.copy(_DATA / name, target / name)
    size = sum(file.stat().st_size for file in target.rglob("*") if file.is_file())
    if size > MOST_BYTES:
        raise SystemExit(f"{target} has {size:,} bytes; at most {MOST_BYTES:,} are shipped.")


def _add_certainties(nlp: Language) -> None:
    """Add what needs no guess: a hesitation is an interjection, white space is white space."""
    nlp.add_pipe("subject_clitics", after="morphologizer")
    ruler = nlp.add_pipe("attribute_ruler", name="certainties", after="morphologizer")
    patterns = [
        ({"LOWER": {"IN": read_words("hesitations.txt")}}, {"POS": "INTJ", "MORPH": ""}),
        ({"IS_SPACE": True}, {"POS": "SPACE", "MORPH": ""}),
    ]
    for pattern, attributes in patterns:
        ruler.add([[pattern]], attributes)  # type: ignore[attr-defined]  # an AttributeRuler, which add_pipe can't know


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
