from collections.abc import Callable
from pathlib import Path

import pytest
from spacy.language import Language

from ptce_qual.codebook import load_codebook
from ptce_qual.coding import RuleSet
from ptce_qual.nlp import load_pipeline


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The shipped pipeline."""
    return load_pipeline()


@pytest.fixture
def rules(tmp_path: Path, nlp: Language) -> Callable[[str], RuleSet]:
    """Compile a codebook given as YAML below « codes: »; lists of authorities and money are there."""

    def compile_rules(codes: str, unit: str = "sentence") -> RuleSet:
        path = tmp_path / "codebook.yaml"
        head = (
            f"title: Essai\nunit: {unit}\nlists:\n  mairie: [mairie, ville, commune, communauté de communes, agglo*]\n"
            "  argent: [subvention*, sous/NOUN, financer]\ncodes:\n"
        )
        path.write_text(head + codes, encoding="utf-8")
        return RuleSet(load_codebook(path), nlp.vocab)

    return compile_rules
