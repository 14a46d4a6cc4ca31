"""Analyses as manifests keep them: by options of plain values. Each imports what makes it, for no job needs all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.analysis.counting import Counting
from ptce_qual.analysis.inference import Inference
from ptce_qual.result import Result

if TYPE_CHECKING:
    from ptce_qual.analysis.comparison import Comparison

Options = Mapping[str, Any]


def asked_coverage(coded: CodedCorpus, options: Options) -> tuple[Result, Result]:
    """Return the coverage, and one measure of it as codes × groups.

    Args:
        options: `by`, `descendants`, `polarity`, as `coverage` takes them; `measure`, of the matrix.
    """
    from ptce_qual.analysis.coverage import coverage, matrix

    chosen = {name: value for name, value in options.items() if name != "measure"}
    covered = coverage(coded, **chosen)
    return covered, matrix(covered, options["measure"])


def asked_saturation(coded: CodedCorpus, options: Options) -> tuple[Result, Result]:
    """Return the curve, a row an interview, and the thresholds.

    Args:
        options: `by`, `item`, `descendants`, as `saturation` takes them; `permutations`, `seed`.
    """
    from ptce_qual.analysis.saturation import RandomOrders, saturation, saturation_thresholds

    chosen = {name: value for name, value in options.items() if name not in {"permutations", "seed"}}
    orders = RandomOrders(options["permutations"], options["seed"])
    return saturation(coded, **chosen, orders=orders), saturation_thresholds(coded, **chosen, orders=orders)


def asked_comparison(coded: CodedCorpus, options: Options) -> Comparison:
    """Return a comparison.

    Args:
        options: `by`, `verbatims`; those of `Counting` and of `Inference`.
    """
    from ptce_qual.analysis.comparison import comparison

    return comparison(
        coded, _counting(options), by=options["by"], inference=_inference(options), verbatims=options["verbatims"]
    )


def built_comparison(found: Mapping[str, Any]) -> Comparison:
    """Return a comparison from its fields."""
    from ptce_qual.analysis.comparison import Comparison

    return Comparison(**found)


def asked_cooccurrence(coded: CodedCorpus, options: Options) -> tuple[Result, Result]:
    """Return the pairs of codes, and the codes.

    Args:
        options: those of `Counting`.
    """
    from ptce_qual.analysis.cooccurrence import code_counts, cooccurrence

    counting = _counting(options)
    return cooccurrence(coded, counting), code_counts(coded, counting)


def asked_profile(coded: CodedCorpus, options: Options) -> dict[str, Result]:
    """Return the profile of the cases: `figures`, `counts` and `themes`.

    Args:
        options: `attributes`, `reference`, `breakdowns`; those of `Themes` and of `Inference`.
    """
    from ptce_qual.analysis.profile import Themes, case_counts, case_figures, themes_by_attribute

    attributes = options["attributes"]
    themes = Themes(options["codes"], options["measure"], options["descendants"])
    return {
        "figures": case_figures(coded, attributes=attributes, reference=options["reference"]),
        "counts": case_counts(coded, attributes=attributes, breakdowns=options["breakdowns"]),
        "themes": themes_by_attribute(coded, themes, attributes=attributes, inference=_inference(options)),
    }


def _counting(options: Options) -> Counting:
    return Counting(options["unit"], options["codes"], options["descendants"], options["polarity"])


def _inference(options: Options) -> Inference:
    return Inference(options["correction"], options["permutations"], options["seed"])
