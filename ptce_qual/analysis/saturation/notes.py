"""What a reader of saturation must know: the order, what counts, and what it does not measure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.analysis.saturation.interviews import ALL, Interviews, Item
from ptce_qual.analysis.saturation.orders import RandomOrders
from ptce_qual.translation import _, _n

_FEW = 4


def curve_notes(coded: CodedCorpus, groups: Sequence[Interviews], item: Item, orders: RandomOrders) -> tuple[str, ...]:
    """Return the notes of `saturation`."""
    return (*_order(groups, item), *_counted(coded, item), _chance(orders), *limits(groups))


def threshold_notes(
    coded: CodedCorpus, groups: Sequence[Interviews], item: Item, orders: RandomOrders
) -> tuple[str, ...]:
    """Return the notes of `saturation_thresholds`."""
    return (
        _(
            "New information is the new codes of a run of interviews, as a share of the distinct codes of the base; "
            "runs move on by one interview, the base stays. « 6+2 »: six interviews, confirmed by a run of two (Guest, "
            "Namey & Chen 2020)."
        ),
        *_order(groups, item),
        *_counted(coded, item),
        _chance(orders),
        *limits(groups),
    )


def limits(groups: Sequence[Interviews]) -> Iterator[str]:
    """Yield what saturation of codes does not say."""
    yield _(
        "With a codebook that is given beforehand this is how soon its codes are met, and not how soon meaning "
        "emerges: saturation of codes is not saturation of meaning (Hennink, Kaiser & Marconi 2017), and for reflexive "
        "analysis it is no criterion at all (Braun & Clarke 2019)."
    )
    yield _("A code that no interview has is not missed: it is not known. One mention is enough for a code to count.")
    small = [one.group for one in groups if one.group != ALL and len(one.ids) < _FEW]
    if small:
        yield _n(
            "{count} group has fewer than {few} interviews, too few for a base.",
            "{count} groups have fewer than {few} interviews, too few for a base.",
            len(small),
            few=_FEW,
        )


def _order(groups: Sequence[Interviews], item: Item) -> Iterator[str]:
    dates = [date for one in groups if one.group == ALL for date in one.dates]
    if not any(dates):
        yield _(
            "No interview has a date (the attribute « date ») that can be read: they stand in the order of their ids."
        )
        return
    yield _("Interviews stand in the order of their dates, on one day in that of their ids.")
    missing = sum(not date for date in dates)
    if missing:
        yield _n(
            "{count} without a date that can be read stands last.",
            "{count} without a date that can be read stand last, in the order of their ids.",
            missing,
        )


def _counted(coded: CodedCorpus, item: Item) -> Iterator[str]:
    whose = _("the respondents' and the interviewers' speech") if coded.interviewer else _("the respondents' speech")
    yield _("A code is in an interview where a coding of it touches {whose}.", whose=whose)
    if item == "case":
        yield _("All interviews of a case are taken as one, with the date of the first.")


def _chance(orders: RandomOrders) -> str:
    return _(
        "Median, 5 % and 95 %: of {count} random orders of the interviews, seed {seed}; they show what of the curve "
        "the order alone makes.",
        count=orders.count,
        seed=orders.seed,
    )
