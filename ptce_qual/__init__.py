"""Qualitative coding and text mining of French interviews: rules that explain themselves, offline, reproducible.

Importing this package loads neither spaCy nor pandas; the first use of a name below loads what it needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ptce_qual.analysis.codings_table import codings_table
    from ptce_qual.analysis.comparison import comparison
    from ptce_qual.analysis.cooccurrence import cooccurrence
    from ptce_qual.analysis.counting import Counting
    from ptce_qual.analysis.coverage import coverage, matrix, uncoded
    from ptce_qual.analysis.inference import Inference
    from ptce_qual.analysis.profile import Themes, case_counts, case_figures, themes_by_attribute
    from ptce_qual.analysis.saturation import saturation, saturation_thresholds
    from ptce_qual.analysis.verbatims import Sample, Selection, verbatims
    from ptce_qual.codebook.load import load_codebook
    from ptce_qual.lexicometry.concordance import Lines
    from ptce_qual.nlp.pipeline import load_pipeline
    from ptce_qual.readers.corpus import read_corpus
    from ptce_qual.study.results import read_results
    from ptce_qual.workflow.agreement import agreement
    from ptce_qual.workflow.kwic import kwic
    from ptce_qual.workflow.run import code

__all__ = [
    "Counting",
    "Inference",
    "Lines",
    "Sample",
    "Selection",
    "Themes",
    "agreement",
    "case_counts",
    "case_figures",
    "code",
    "codings_table",
    "comparison",
    "cooccurrence",
    "coverage",
    "kwic",
    "load_codebook",
    "load_pipeline",
    "matrix",
    "read_corpus",
    "read_results",
    "saturation",
    "saturation_thresholds",
    "themes_by_attribute",
    "uncoded",
    "verbatims",
]

_HOMES = {
    "agreement": "workflow.agreement",
    "Counting": "analysis.counting",
    "Inference": "analysis.inference",
    "Lines": "lexicometry.concordance",
    "Sample": "analysis.verbatims",
    "Selection": "analysis.verbatims",
    "Themes": "analysis.profile",
    "case_counts": "analysis.profile",
    "case_figures": "analysis.profile",
    "code": "workflow.run",
    "codings_table": "analysis.codings_table",
    "comparison": "analysis.comparison",
    "cooccurrence": "analysis.cooccurrence",
    "coverage": "analysis.coverage",
    "kwic": "workflow.kwic",
    "load_codebook": "codebook.load",
    "load_pipeline": "nlp.pipeline",
    "matrix": "analysis.coverage",
    "read_corpus": "readers.corpus",
    "read_results": "study.results",
    "saturation": "analysis.saturation",
    "saturation_thresholds": "analysis.saturation",
    "themes_by_attribute": "analysis.profile",
    "uncoded": "analysis.coverage",
    "verbatims": "analysis.verbatims",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
