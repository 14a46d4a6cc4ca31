"""New and cumulative codes at each further interview, in the order of their dates and in random orders.

Source of the curve: Guest, Bunce & Johnson 2006, Field Methods 18:59–82. The order of interviews is an accident: the
band of random orders shows what of the curve is due to it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.analysis.saturation.interviews import Interviews, Item, ordered_interviews
from ptce_qual.analysis.saturation.notes import curve_notes
from ptce_qual.analysis.saturation.orders import DEFAULT_ORDERS, RandomOrders, new_codes, random_new_codes
from ptce_qual.analysis.units import Integers
from ptce_qual.result import Result
from ptce_qual.translation import _

_QUANTILES = {"median": 0.5, "p5": 0.05, "p95": 0.95}
COLUMNS = (
    "group", "position", "interview", "date", "codes", "new_codes", "new_code_ids", "cumulative_codes",
    "cumulative_share", "new_median", "new_p5", "new_p95", "cumulative_median", "cumulative_p5", "cumulative_p95",
)  # fmt: skip


def saturation(
    coded: CodedCorpus,
    *,
    by: Sequence[str] = (),
    item: Item = "transcript",
    descendants: bool = False,
    orders: RandomOrders = DEFAULT_ORDERS,
) -> Result:
    """Return what each further interview adds, over all interviews and in each group.

    One row an interview and group, in the order of dates (see `ordered_interviews`). Columns: `group`, `position`,
    `interview`, `date`; `codes` that it has; `new_codes`, those that none before it has, and their ids;
    `cumulative_codes` and their share of all codes that the group's interviews have; then median, 5 % and 95 % of new
    and of cumulative codes at this position over random orders.

    Args:
        by: attributes that make the groups, see `grouping`.
        item: what is taken as one interview: a transcript, or all transcripts of a case.
        descendants: whether a code takes in its descendants' codings.

    Raises:
        InputError: an attribute that nothing has.
    """
    groups = ordered_interviews(coded, by=by, item=item, descendants=descendants)
    rows = [row for one in groups for row in _rows(one, orders)]
    return Result(
        _("New codes by interview"),
        pd.DataFrame(rows, columns=list(COLUMNS)),
        curve_notes(coded, groups, item, orders),
    )


def _rows(one: Interviews, orders: RandomOrders) -> list[dict[str, object]]:
    new = new_codes(one.present)
    cumulative = np.cumsum(new)
    drawn = random_new_codes(one.present, orders)
    bands = {**_bands("new", drawn), **_bands("cumulative", np.cumsum(drawn, axis=1))}
    before = np.logical_or.accumulate(np.concatenate([np.zeros_like(one.present[:1]), one.present]), axis=0)[:-1]
    total = int(cumulative[-1]) if len(cumulative) else 0
    return [
        {
            "group": one.group,
            "position": place + 1,
            "interview": name,
            "date": one.dates[place],
            "codes": int(one.present[place].sum()),
            "new_codes": int(new[place]),
            "new_code_ids": "|".join(np.array(one.codes)[one.present[place] & ~before[place]]),
            "cumulative_codes": int(cumulative[place]),
            "cumulative_share": cumulative[place] / total if total else float("nan"),
            **{column: float(values[place]) for column, values in bands.items()},
        }
        for place, name in enumerate(one.ids)
    ]


def _bands(name: str, values: Integers) -> dict[str, npt.NDArray[np.float64]]:
    if not values.size:
        return {}
    found = np.quantile(values, list(_QUANTILES.values()), axis=0)
    return {f"{name}_{label}": row for label, row in zip(_QUANTILES, found, strict=True)}
