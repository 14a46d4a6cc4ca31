"""What an agreement measure returns: a value or the reason why there is none, with what it was computed from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ptce_qual.analysis.agreement.reasons import Undefined, sentence


@dataclass(frozen=True, slots=True)
class Agreement:
    """One measure of agreement on one set of judgements.

    Args:
        measure: a key of `MEASURES`, or `unitizing_alpha`, `coding_alpha`.
        value: None where the measure is undefined; never NaN.
        undefined: why it is; empty where there is a value.
        observed: observed agreement, from 0 to 1.
        expected: agreement expected by chance; None where the measure has none or can't be computed.
        coders: the coders who judged at least one unit.
        units: the units that two coders or more judged.
        pairs: pairs of judgements compared, two coders on one unit.
        set_aside: units that fewer than two coders judged.
        notes: the convention used, and what a reader should beware of.
    """

    measure: str
    value: float | None
    undefined: Undefined = ""
    observed: float | None = None
    expected: float | None = None
    coders: int = 0
    units: int = 0
    pairs: int = 0
    set_aside: int = 0
    notes: tuple[str, ...] = ()

    @property
    def reason(self) -> str:
        """Why it is undefined, in words; empty where there is a value."""
        return sentence(self.undefined, coders=self.coders)

    @property
    def numerator(self) -> float | None:
        """Agreement observed beyond chance."""
        return self.observed if self.observed is None or self.expected is None else self.observed - self.expected

    @property
    def denominator(self) -> float | None:
        """Agreement possible beyond chance."""
        if self.observed is None:
            return None
        return 1.0 if self.expected is None else 1.0 - self.expected


@dataclass(frozen=True, slots=True)
class Index:
    """A ratio of counts, signed: prevalence or bias. `value` is None, with a reason, where it is undefined."""

    name: str
    value: float | None
    undefined: Undefined = ""
    numerator: float | None = None
    denominator: float | None = None
    coders: int = 0
    units: int = 0
    set_aside: int = 0
    notes: tuple[str, ...] = ()

    @property
    def reason(self) -> str:
        """Why it is undefined, in words; empty where there is a value."""
        return sentence(self.undefined, coders=self.coders)


@dataclass(frozen=True, slots=True)
class Sampling:
    """How intervals are drawn: the number of samples, the level of confidence, the seed.

    Raises:
        ValueError: no sample, or a level that isn't between 0 and 1.
    """

    samples: int = 1000
    level: float = 0.95
    seed: int = 0

    def __post_init__(self) -> None:
        if self.samples < 1 or not 0 < self.level < 1:
            raise ValueError("an interval needs at least one sample, and a level between 0 and 1")


DEFAULT_SAMPLING = Sampling()


@dataclass(frozen=True, slots=True)
class Interval:
    """A percentile bootstrap interval.

    Args:
        low: None where there is no interval, and `undefined` says why; so is `high`.
        resampled: what was drawn with replacement.
        drawn: how many of these there are.
        sampling: how many samples were drawn, the level and the seed.
        undefined_samples: those in which the measure is undefined; the bounds are taken from the others.
    """

    measure: str
    low: float | None
    high: float | None
    undefined: Undefined = ""
    resampled: Literal["units", "clusters"] = "units"
    drawn: int = 0
    sampling: Sampling = DEFAULT_SAMPLING
    undefined_samples: int = 0
    coders: int = 0
    notes: tuple[str, ...] = ()

    @property
    def reason(self) -> str:
        """Why there is none, in words; empty where there is one."""
        return sentence(self.undefined, coders=self.coders)
