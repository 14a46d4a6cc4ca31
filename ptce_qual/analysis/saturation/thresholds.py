"""When a further run of interviews brings little enough: base, run and threshold.

A base of the first interviews is what is known; the codes that the next run of interviews adds, as a share of the codes
of the base, are new information. Runs move on by one interview, the base stays. Saturation is reached with the
interviews before the first run whose new information does not pass the threshold, and told as « 6+2 »: six interviews,
and a run of two that confirms them.

Source: Guest, Namey & Chen 2020, "A simple method to assess and report thematic saturation in qualitative research",
PLOS ONE 15(5):e0232076. Bases of 4, 5 and 6, runs of 2 and 3, thresholds of 5 % and of no new code.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import product

import numpy as np
import numpy.typing as npt
import pandas as pd

from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.analysis.saturation.interviews import Item, ordered_interviews
from ptce_qual.analysis.saturation.notes import threshold_notes
from ptce_qual.analysis.saturation.orders import DEFAULT_ORDERS, RandomOrders, new_codes, random_new_codes
from ptce_qual.analysis.units import Integers
from ptce_qual.result import Result
from ptce_qual.translation import _


@dataclass(frozen=True, slots=True)
class Criterion:
    """What counts as saturation.

    Args:
        base: how many interviews make what is known.
        run: how many further ones are looked at together.
        threshold: the share of new information that is little enough.

    Raises:
        ValueError: a base or run of none, or a threshold that is no share.
    """

    base: int
    run: int
    threshold: float

    def __post_init__(self) -> None:
        if self.base < 1 or self.run < 1 or not 0 <= self.threshold < 1:
            raise ValueError("a criterion is a base, a run of interviews, and a share of new information")


CRITERIA = tuple(Criterion(*told) for told in product((4, 5, 6), (2, 3), (0.05, 0.0)))
COLUMNS = (
    "group", "base", "run", "threshold", "interviews", "base_codes", "saturation", "interviews_needed",
    "new_codes", "new_information", "undefined", "random_reached_share", "random_median", "random_p5", "random_p95",
)  # fmt: skip
_NEVER = -1


def saturation_thresholds(  # noqa: PLR0913 (options, by name)
    coded: CodedCorpus,
    criteria: Sequence[Criterion] = CRITERIA,
    *,
    by: Sequence[str] = (),
    item: Item = "transcript",
    descendants: bool = False,
    orders: RandomOrders = DEFAULT_ORDERS,
) -> Result:
    """Return when saturation is reached, over all interviews and in each group.

    One row a group, base, run and threshold. Columns: `interviews`; `base_codes`, distinct codes of the base;
    `saturation`, as « 6+2 », and `interviews_needed`, the 6 of it, empty where it isn't reached; `new_codes` and
    `new_information` of the run that reached it, or of the last one; `undefined`, why there is none:
    `too_few_interviews` for a base and a run, `no_code_in_base`, `not_reached`. Then over random orders: the share in
    which it is reached, and among these the median, 5 % and 95 % of the interviews needed.

    Args:
        by, item, descendants, orders: as in `saturation`.

    Raises:
        InputError: an attribute that nothing has.
    """
    groups = ordered_interviews(coded, by=by, item=item, descendants=descendants)
    rows = []
    for one in groups:
        told = new_codes(one.present)[None, :]
        drawn = random_new_codes(one.present, orders)
        for criterion in criteria:
            row = {"group": one.group, **asdict(criterion), "interviews": len(one.ids)}
            rows.append({**row, **_told(told, criterion), **_drawn(drawn, criterion)})
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    for name in COLUMNS:
        if name in ("interviews_needed", "new_codes"):
            table[name] = table[name].astype("Int64")
        elif name == "new_information" or name.startswith("random_"):
            table[name] = table[name].astype(np.float64)
    return Result(_("Saturation"), table, threshold_notes(coded, groups, item, orders))


def reached(new: Integers, criterion: Criterion) -> tuple[Integers, Integers, Integers]:
    """Return for each order how many interviews saturation takes, −1 for never, the codes of its base, and its run's.

    Args:
        new: orders × positions, new codes.

    Returns:
        Interviews before the run; codes of the base; new codes of the run that reached the threshold, or of the last.
    """
    orders, interviews = new.shape
    base, run = criterion.base, criterion.run
    if interviews < base + run:
        nothing = np.zeros(orders, dtype=np.int64)
        return np.full(orders, _NEVER), new[:, :base].sum(axis=1), nothing
    cumulative = np.concatenate([np.zeros((orders, 1), dtype=np.int64), np.cumsum(new, axis=1)], axis=1)
    known = cumulative[:, base]
    added = cumulative[:, base + run :] - cumulative[:, base : interviews - run + 1]
    share = np.full(added.shape, np.inf)
    np.divide(added, known[:, None], out=share, where=known[:, None] > 0)
    little = share <= criterion.threshold
    first = np.where(little.any(axis=1), little.argmax(axis=1), added.shape[1] - 1)
    needed = np.where(little.any(axis=1), base + first, _NEVER)
    return needed, known, added[np.arange(orders), first]


def _told(new: Integers, criterion: Criterion) -> dict[str, object]:
    needed, known, added = (int(part[0]) for part in reached(new, criterion))
    undefined = "" if needed != _NEVER else "not_reached" if known else "no_code_in_base"
    if new.shape[1] < criterion.base + criterion.run:
        undefined = "too_few_interviews"
    is_measured = undefined in ("", "not_reached")
    return {
        "base_codes": known,
        "saturation": "" if undefined else f"{needed}+{criterion.run}",
        "interviews_needed": None if undefined else needed,
        "new_codes": added if is_measured else None,
        "new_information": added / known if is_measured else float("nan"),
        "undefined": undefined,
    }


def _drawn(new: Integers, criterion: Criterion) -> dict[str, object]:
    if new.shape[1] < criterion.base + criterion.run:
        return {}
    needed, _known, _added = reached(new, criterion)
    found: npt.NDArray[np.int64] = needed[needed != _NEVER]
    shares: dict[str, object] = {"random_reached_share": len(found) / len(needed)}
    if len(found):
        middle, low, high = np.quantile(found, [0.5, 0.05, 0.95])
        shares |= {"random_median": float(middle), "random_p5": float(low), "random_p95": float(high)}
    return shares
