"""Themes that stand together more often than chance, as a network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.figure import Figure

from ptce_qual.analysis.unit_names import unit_name
from ptce_qual.report.contents import Contents
from ptce_qual.report.figures.board import (
    BLUE,
    GREEN,
    GREY,
    INK,
    OCHRE,
    PURPLE,
    VERMILLION,
    WIDTH,
    Board,
    Point,
    polygon,
    reach_of,
)
from ptce_qual.report.figures.legends import draw_legend
from ptce_qual.report.figures.lettering import LINE, SIZE, wrapped
from ptce_qual.report.figures.made import FigureMade
from ptce_qual.report.figures.network_labels import Floats
from ptce_qual.report.figures.network_layout import Arranged, arranged_network
from ptce_qual.report.figures.themes import branch_of
from ptce_qual.translation import _, _n
from ptce_qual.wording import count, number

FEWEST = 2
"""Units that a pair shares, at least."""
MOST_PAIRS = 80

_LEAST, _MOST, _SIGN = 3.0, 15.0, 6.5  # radii
_NEAR = 9.0  # farther from its node than this, a label has a line to it
_KEYS = 3  # columns of labels, where nodes are numbered
_SIGNS = ((BLUE, 24), (VERMILLION, 4), (GREEN, 3), (PURPLE, 6), (OCHRE, 5), (GREY, 8))


@dataclass(frozen=True, slots=True)
class _Network:
    codes: tuple[str, ...]
    counts: Floats
    edges: npt.NDArray[np.int64]
    weights: Floats


def cooccurrence_network(contents: Contents) -> FigureMade | None:
    """Return the network of pairs beyond chance; None where there is none."""
    if contents.cooccurrence is None:
        return None
    pairs, codes = (result.table for result in contents.cooccurrence)
    beyond = pairs[(pairs["odds_ratio_low"] > 1) & (pairs["n12"] >= FEWEST)]
    if beyond.empty:
        return None
    drawn = beyond.head(MOST_PAIRS)  # the table is sorted by n12
    network = _network(drawn, codes)
    return FigureMade(
        name="cooccurrence_network",
        title=_("Themes that stand together"),
        caption=_caption(beyond, drawn, network, _units(contents)),
        alternative=_alternative(contents, beyond, network),
        draw=partial(_draw, contents, network),
    )


def _units(contents: Contents) -> str:
    return unit_name(contents.manifest.analyses.get("cooccurrence", {}).get("unit", "sentence"))


def _network(pairs: pd.DataFrame, codes: pd.DataFrame) -> _Network:
    joined = {*pairs["source"], *pairs["target"]}
    nodes = codes[codes["code_id"].isin(joined)]
    place = {str(code_id): at for at, code_id in enumerate(nodes["code_id"])}
    edges = [(place[str(one)], place[str(other)]) for one, other in zip(pairs["source"], pairs["target"], strict=True)]
    return _Network(
        tuple(place),
        nodes["count"].to_numpy(dtype=np.float64),
        np.array(edges, dtype=np.int64).reshape(-1, 2),
        pairs["n12"].to_numpy(dtype=np.float64),
    )


def _caption(beyond: pd.DataFrame, drawn: pd.DataFrame, network: _Network, units: str) -> str:
    what = _(
        "{pairs} pairs of {themes} themes stand in the same {units} more often than chance (interval of the odds ratio "
        "above 1, {fewest} shared or more): the area of a sign is as the {units} of a theme, the thickness of a line "
        "as those that two share; colours and forms tell branches.",
        units=units,
        pairs=len(drawn),
        themes=len(network.codes),
        fewest=FEWEST,
    )
    limit = _("Each pair was tested alone, and where signs stand has no meaning of its own: read the lines.")
    if len(drawn) == len(beyond):
        return f"{what} {limit}"
    left_out = _n("{count} weaker pair is left out.", "{count} weaker pairs are left out.", len(beyond) - len(drawn))
    return f"{what} {limit} {left_out}"


def _alternative(contents: Contents, beyond: pd.DataFrame, network: _Network) -> str:
    first = beyond.iloc[0]
    strongest = beyond.iloc[int(beyond["odds_ratio"].to_numpy(dtype=np.float64).argmax())]
    degree = np.bincount(network.edges.ravel(), minlength=len(network.codes))
    label = contents.labels.code
    told = _(
        "The pair met most often is « {one} » with « {other} » ({n12} {units}); the closest, by its odds ratio, "
        "« {first} » with « {second} » ({ratio}); « {most} » has the most links ({links}).",
        one=label(str(first["source"])),
        other=label(str(first["target"])),
        n12=count(first["n12"]),
        units=_units(contents),
        first=label(str(strongest["source"])),
        second=label(str(strongest["target"])),
        ratio=number(float(strongest["odds_ratio"])),
        most=label(network.codes[int(degree.argmax())]),
        links=int(degree.max()),
    )
    if contents.cooccurrence is None:
        return told
    counts = contents.cooccurrence[1].table
    alone = int(((counts["count"] > 0) & ~counts["code_id"].isin(network.codes)).sum())
    if not alone:
        return told
    return f"{told} " + _n("{count} other theme has no link.", "{count} other themes have no link.", alone)


def _draw(contents: Contents, network: _Network) -> Figure:
    board = Board()
    names = [contents.labels.code(code_id) for code_id in network.codes]
    branches = _branches(contents, network.codes)
    signs = [branches[branch_of(contents.coded.codebook, code_id)] for code_id in network.codes]
    radii = _radii(network.counts, network.counts.max())
    reaches = radii * [reach_of(corners) for _colour, corners in signs]
    arranged = arranged_network(network.edges, reaches, names)
    nodes = arranged.nodes
    strokes = [[_point(nodes.middles[one]), _point(nodes.middles[other])] for one, other in network.edges]
    board.lines(strokes, colour=GREY, width=_widths(network, network.weights).tolist())
    for middle, radius, (colour, corners) in zip(nodes.middles, radii.tolist(), signs, strict=True):
        board.shapes([polygon(_point(middle), radius, corners)], fill=colour)
    _draw_labels(board, arranged)
    bottom = draw_legend(board, _branch_signs(contents, branches), 0, arranged.height + 8)
    bottom = draw_legend(board, _size_signs(network, _units(contents)), 0, bottom + 3)
    return board.finish(_draw_key(board, names, bottom + 6) if arranged.numbered else bottom)


def _point(row: Floats) -> Point:
    return float(row[0]), float(row[1])


def _radii(counts: Floats, most: float) -> Floats:
    """Return radii: areas are as counts, but for the smallest, which could not be seen."""
    return np.maximum(_MOST * np.sqrt(counts / most), _LEAST)


def _draw_labels(board: Board, arranged: Arranged) -> None:
    nodes, labels = arranged.nodes, arranged.labels
    leaders = []
    for place, own in enumerate(arranged.lines):
        middle, label, half = nodes.middles[place], labels[place], nodes.sizes[place] / 2
        nearest = np.clip(middle, label - half, label + half)
        away = float(np.hypot(*(nearest - middle)))
        if away > nodes.radii[place] + _NEAR:
            edge = middle + (nearest - middle) * nodes.radii[place] / away
            leaders.append([_point(edge), _point(nearest)])
        for number_of_line, line in enumerate(own):
            y = float(label[1]) + (number_of_line - (len(own) - 1) / 2) * SIZE * LINE
            board.text(float(label[0]), y, line, align="center", bold=arranged.numbered)
    board.lines(leaders, colour=INK, width=0.5)


def _draw_key(board: Board, names: Sequence[str], top: float) -> float:
    """Tell which theme each number stands for, in columns, and return where they end."""
    across = WIDTH / _KEYS
    for first in range(0, len(names), _KEYS):
        row = [wrapped(name, across - 30) for name in names[first : first + _KEYS]]
        for place, lines in enumerate(row):
            board.text(place * across + 16, top + SIZE, str(first + place + 1), align="right", bold=True)
            for number_of_line, line in enumerate(lines):
                board.text(place * across + 20, top + SIZE + number_of_line * SIZE * LINE, line)
        top += max(map(len, row)) * SIZE * LINE + 3
    return top + 4


def _branches(contents: Contents, codes: Sequence[str]) -> dict[str, tuple[str, int]]:
    known = dict.fromkeys(branch_of(contents.coded.codebook, code_id) for code_id in codes)
    return {branch: _SIGNS[min(place, len(_SIGNS) - 1)] for place, branch in enumerate(known)}


def _branch_signs(contents: Contents, branches: dict[str, tuple[str, int]]) -> list[Any]:
    def sign(colour: str, corners: int) -> Any:
        return lambda board, x, y: board.shapes([polygon((x, y), 5, corners)], fill=colour)

    named = {name: look for name, look in branches.items() if look != _SIGNS[-1]}
    signs = [
        (sign(*look), contents.labels.code(name) if name else _("Outside the codebook")) for name, look in named.items()
    ]
    return signs + ([(sign(*_SIGNS[-1]), _("other branches"))] if len(named) < len(branches) else [])


def _size_signs(network: _Network, units: str) -> list[Any]:
    def stroke(width: float) -> Any:
        return lambda board, x, y: board.lines([[(x - 7, y), (x + 7, y)]], colour=GREY, width=width)

    most = float(network.counts.max())
    sample = max(round(most * (_SIGN / _MOST) ** 2), FEWEST)
    radius = float(_radii(np.array([sample]), most)[0])
    shared = dict.fromkeys([FEWEST, int(network.weights.max())])
    return [
        (
            lambda board, x, y: board.shapes([polygon((x, y), radius, 24)], edge=INK),
            _("{count} {units}", count=sample, units=units),
        ),
        *(
            (stroke(float(_widths(network, [one])[0])), _("{count} {units} shared", count=one, units=units))
            for one in shared
        ),
    ]


def _widths(network: _Network, weights: npt.ArrayLike) -> Floats:
    widths: Floats = 0.8 + 3.6 * np.asarray(weights, dtype=np.float64) / network.weights.max()
    return widths
