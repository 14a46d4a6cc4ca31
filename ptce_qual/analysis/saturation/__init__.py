"""Saturation of codes: how many new ones each further interview brings, and when that is little enough."""

from ptce_qual.analysis.saturation.curves import saturation
from ptce_qual.analysis.saturation.interviews import Interviews, Item, ordered_interviews
from ptce_qual.analysis.saturation.orders import RandomOrders, new_codes, random_new_codes
from ptce_qual.analysis.saturation.thresholds import CRITERIA, Criterion, reached, saturation_thresholds

__all__ = [
    "CRITERIA",
    "Criterion",
    "Interviews",
    "Item",
    "RandomOrders",
    "new_codes",
    "ordered_interviews",
    "random_new_codes",
    "reached",
    "saturation",
    "saturation_thresholds",
]
