"""What readers must be told wherever results are shown."""

from __future__ import annotations

from ptce_qual.translation import _


def fictional_notice() -> str:
    """Return what is said where an interview is invented."""
    return _(
        "Fiction: at least one of these interviews was invented. The figures and words say nothing of real people."
    )
