"""What units and levels are called for readers, in the plural; polarities and roles."""

from __future__ import annotations

from ptce_qual.analysis.grouping import JOINED, Level
from ptce_qual.analysis.units import UnitKind
from ptce_qual.model import Polarity, Role
from ptce_qual.translation import _


def unit_name(unit: UnitKind) -> str:
    """Return what units are called."""
    names = {
        "character": _("characters"),
        "word": _("words"),
        "sentence": _("sentences"),
        "paragraph": _("paragraphs"),
        "turn": _("turns"),
    }
    return names[unit]


def level_name(level: Level) -> str:
    """Return what carries an attribute."""
    return {"case": _("cases"), "transcript": _("interviews"), "turn": _("turns")}[level]


def attribute_name(name: str) -> str:
    """Return what attributes are called, joined: those that every corpus has in the language in use, others by name."""
    names = {"case": _("case"), "transcript": _("interview"), "role": _("role"), "speaker": _("speaker")}
    return JOINED.join(names.get(part, part) for part in name.split(JOINED))


def polarity_name(polarity: Polarity) -> str:
    """Return what is said of a theme, for a count of such codings."""
    return {"affirmed": _("affirmed"), "negated": _("negated"), "hypothetical": _("hypothetical")}[polarity]


def role_name(role: Role) -> str:
    """Return who speaks."""
    return {"interviewer": _("interviewer"), "respondent": _("respondent"), "unknown": _("unknown")}[role]
