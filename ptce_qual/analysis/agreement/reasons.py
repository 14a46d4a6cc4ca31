"""Why a measure has no value: ids that tables keep, and the sentences that people read."""

from __future__ import annotations

from typing import Literal

from ptce_qual.translation import _

Undefined = Literal[
    "",
    "no_judgement",
    "one_coder",
    "not_two_coders",
    "no_pair",
    "one_category",
    "not_two_categories",
    "no_reading",
    "one_reader",
    "no_common_reading",
    "nothing_marked",
    "one_value",
    "no_meeting",
    "one_value_meets",
    "few_units",
    "few_clusters",
    "no_sample",
]
"""Empty where there is a value."""


def sentence(undefined: Undefined, *, coders: int = 0) -> str:
    """Return the reason in words, nothing for none.

    Args:
        coders: how many judged these units.
    """
    return {
        "": "",
        "no_judgement": _("There is no unit that anybody judged."),
        "one_coder": _("Only one coder judged anything; agreement needs two."),
        "not_two_coders": _("This measure compares two coders; {coders} judged these units.", coders=coders),
        "no_pair": _("No unit was judged by two coders, so there is nothing to compare."),
        "one_category": _(
            "All judgements that can be compared are of one category: agreement beyond chance is undefined."
        ),
        "not_two_categories": _("Prevalence and bias are of two categories, not coded (0) and coded (1)."),
        "no_reading": _("There is no transcript that anybody read."),
        "one_reader": _("Only one coder read anything; agreement needs two."),
        "no_common_reading": _("No transcript was read by two coders, so there is nothing to compare."),
        "nothing_marked": _("Nobody marked anything in what two coders read: agreement beyond chance is undefined."),
        "one_value": _("Everything is marked with one value: agreement beyond chance is undefined."),
        "no_meeting": _("No units of two coders meet, so there is no coding to compare."),
        "one_value_meets": _("All units that meet are of one value: agreement beyond chance is undefined."),
        "few_units": _("An interval needs at least two units."),
        "few_clusters": _("An interval needs at least two clusters to draw from."),
        "no_sample": _("The measure is undefined in every sample."),
    }[undefined]
