"""Which tokens are alike: what is true of a word is worked out once for all of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from spacy.tokens import Doc

_SPREAD = np.uint64(0x9E3779B97F4A7C15)


def alike(doc: Doc, attributes: Sequence[int]) -> list[int]:
    """Return a number for each token, the same for those with the same attributes.

    As spaCy's own numbers of strings, it is a hash of 64 bits: two that differ share one about never.
    """
    first, *others = doc.to_array(list(attributes)).astype(np.uint64).T
    mixed = first
    for column in others:
        mixed = mixed * _SPREAD + column
    numbers: list[int] = mixed.tolist()
    return numbers
