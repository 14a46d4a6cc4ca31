"""Times as transcribers write them beside a speaker's label."""

from __future__ import annotations

import re

TIME = r"\d{1,3}:\d{1,3}(?::\d{1,3})?(?:[.,]\d{1,3})?"
RANGE = rf"{TIME}(?:\s*(?:-->|->|→|[-–—]|à|to)\s*{TIME})?"
_TIME = re.compile(r"(\d{1,3}):(\d{1,3})(?::(\d{1,3}))?(?:[.,](\d{1,3}))?")


def parse_times(text: str) -> tuple[float | None, float | None, str]:
    """Return the start and end in seconds that `text` gives, and the first time in it that is written wrongly.

    `0:010` is read as 10 seconds; `0:75` can't be read and counts as no time.
    """
    found = list(_TIME.finditer(text))[:2]
    times = [_seconds(match) for match in found]
    faults = [match[0] for match, time in zip(found, times, strict=True) if time is None or _is_odd(match)]
    start = times[0] if times else None
    end = times[1] if len(times) > 1 else None
    return start, end, faults[0] if faults else ""


def _seconds(match: re.Match[str]) -> float | None:
    parts = [int(part) for part in match.groups()[:3] if part is not None]
    if any(part > 59 for part in parts[1:]):
        return None
    fraction = int(match[4]) / 10 ** len(match[4]) if match[4] else 0.0
    seconds = 0
    for part in parts:
        seconds = seconds * 60 + part
    return seconds + fraction


def _is_odd(match: re.Match[str]) -> bool:
    return any(part is not None and len(part) != 2 for part in match.groups()[1:3])
