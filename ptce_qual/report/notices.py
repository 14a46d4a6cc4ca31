"""What readers must be told wherever results are shown."""

from __future__ import annotations

from ptce_qual.translation import _


def fictional_notice() -> str:
    """Return what is said where an interview is invented."""
    told = (
        _("Fictional interviews."),
        _(
            "People, places, organisations and figures are invented for demonstration; nothing here says anything of "
            "real ones."
        ),
    )
    return " ".join(told)
