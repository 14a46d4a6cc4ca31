"""What the training config names and the shipped pipeline does not need."""

from __future__ import annotations

from pathlib import Path

from spacy.lookups import Lookups
from spacy.util import registry
from thinc.api import NumpyOps, set_current_ops

import ptce_qual.nlp.embed
import ptce_qual.nlp.language
import ptce_qual.nlp.lemmatizer  # noqa: F401

# NumPy's matrix product: on some processors up to three times as fast as the BLIS that spaCy takes by itself.
set_current_ops(NumpyOps(use_blis=False))


@registry.misc("ptce_qual.LexiconLookups.v1")
def lexicon_lookups(path: Path) -> Lookups:
    """Read the lexicon that `training.convert` wrote; the pipeline keeps it."""
    return Lookups().from_bytes(Path(path).read_bytes())
