"""French pipelines, Docs made from transcripts, and their cache.

Importing this package loads neither spaCy nor a pipeline; the first call does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ptce_qual.nlp.cache import DocCache
    from ptce_qual.nlp.docs import docs_for
    from ptce_qual.nlp.pipeline import load_pipeline

__all__ = ["DocCache", "docs_for", "load_pipeline"]

_HOMES = {"DocCache": "cache", "docs_for": "docs", "load_pipeline": "pipeline"}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
