"""Where the nodes of a network stand: near those that they are tied to, and parts without a tie beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ptce_qual.report.figures.board import WIDTH
from ptce_qual.report.figures.lettering import LINE, SIZE, text_width, wrapped
from ptce_qual.report.figures.network_labels import Floats, Nodes, placed_labels

_PASSES = 60
_MOVES, _STILL = 500, 1e-4
_APART = 16.0
_UNTIED = 0.01
_LABEL = 92.0  # some eighteen letters
_HEIGHT, _FEW, _HIGHER, _TRIES = 430.0, 6, 1.18, 6
_MARGIN = np.array([58.0, 34.0])


@dataclass(frozen=True, slots=True)
class Arranged:
    """A network with its labels.

    Args:
        lines: of the label of each node.
        labels: their middles.
        numbered: whether labels are numbers, for want of room.
    """

    nodes: Nodes
    lines: tuple[tuple[str, ...], ...]
    labels: Floats
    height: float
    numbered: bool = False


def arranged_network(edges: npt.NDArray[np.int64], radii: Floats, names: Sequence[str]) -> Arranged:
    """Place nodes and their labels, as high as these need, and with numbers for labels where they need too much.

    Args:
        edges: m × 2, numbers of nodes.
        radii: how far each node reaches from its middle.
    """
    unit = unit_layout(len(radii), edges)
    for numbered in (False, True):
        told = [str(place + 1) for place in range(len(names))] if numbered else names
        lines = tuple(wrapped(name, _LABEL, bold=numbered) for name in told)
        widths = [max(text_width(line, bold=numbered) for line in own) for own in lines]
        sizes = np.column_stack([widths, [len(own) * SIZE * LINE for own in lines]])
        height = _HEIGHT * (1 if len(radii) > _FEW else 0.6)
        for _try in range(_TRIES):
            low, high = _MARGIN, np.array([WIDTH, height]) - _MARGIN
            nodes = Nodes(spaced(low + unit * (high - low), radii, low, high), radii, sizes)
            labels = placed_labels(nodes, edges, WIDTH, height)
            if labels is not None:
                return _trimmed(Arranged(nodes, lines, labels, height, numbered))
            height *= _HIGHER
    return Arranged(nodes, lines, nodes.middles, height, numbered=True)


def _trimmed(full: Arranged) -> Arranged:
    """Return a network without the empty room above and below it."""
    nodes, labels = full.nodes, full.labels
    tops = np.minimum(nodes.middles[:, 1] - nodes.radii, labels[:, 1] - nodes.sizes[:, 1] / 2)
    bottoms = np.maximum(nodes.middles[:, 1] + nodes.radii, labels[:, 1] + nodes.sizes[:, 1] / 2)
    shift = np.array([0, tops.min()])
    moved = Nodes(nodes.middles - shift, nodes.radii, nodes.sizes)
    return Arranged(moved, full.lines, labels - shift, float(bottoms.max() - tops.min()), full.numbered)


def unit_layout(count: int, edges: npt.NDArray[np.int64]) -> Floats:
    """Return places of nodes in the unit square, n × 2, the same each time: Kamada & Kawai 1989.

    Their energy is made less by majorisation (Gansner, Koren & North 2005), which needs no search along a line. Nodes
    without a path between them are taken to be a step farther than the longest path, so that parts of the network stand
    beside each other.
    """
    apart = _steps(count, edges)
    weights = np.divide(1, apart**2, out=np.zeros_like(apart), where=apart > 0)
    inverse = np.linalg.inv(np.diag(weights.sum(axis=1)) - weights + 1 / count)
    places = _scaled(apart)
    for _move in range(_MOVES):
        between = places[:, np.newaxis] - places
        away = np.hypot(between[..., 0], between[..., 1])
        pull = np.divide(weights * apart, away, out=np.zeros_like(away), where=away > 0)
        moved = inverse @ (pull.sum(axis=1, keepdims=True) * places - pull @ places)
        done = np.abs(moved - places).max() < _STILL
        places = moved
        if done:
            break
    reach = np.ptp(places, axis=0)
    spread: Floats = (places - places.min(axis=0)) / np.where(reach > 1e-9, reach, 1)
    return spread


def _steps(count: int, edges: npt.NDArray[np.int64]) -> Floats:
    """Return how many edges lie between any two nodes (Floyd 1962)."""
    steps = np.full((count, count), np.inf)
    steps[edges[:, 0], edges[:, 1]] = steps[edges[:, 1], edges[:, 0]] = 1
    np.fill_diagonal(steps, 0)
    for by in range(count):
        steps = np.minimum(steps, steps[:, by, np.newaxis] + steps[by])
    linked = np.isfinite(steps)
    return np.where(linked, steps, steps[linked].max() + 1)


def _scaled(apart: Floats) -> Floats:
    """Return places by classical scaling (Torgerson 1952), from which the layout is found sooner than from a circle."""
    count = len(apart)
    angles = 2 * np.pi * np.arange(count) / count
    circle = _UNTIED * np.column_stack([np.cos(angles), np.sin(angles)])  # no two nodes begin in one place
    middle = np.eye(count) - 1 / count
    values, vectors = np.linalg.eigh(-0.5 * middle @ apart**2 @ middle)
    places = vectors[:, -2:] * np.sqrt(np.maximum(values[-2:], 0))
    upright = np.sign(places[np.abs(places).argmax(axis=0), [0, 1]])  # a vector's sign is the library's whim
    moved: Floats = places * np.where(upright == 0, 1, upright) + circle
    return moved


def spaced(middles: Floats, radii: Floats, low: Floats, high: Floats) -> Floats:
    """Return middles moved apart until no two nodes touch, within bounds; as far as there is room."""
    middles = middles.copy()
    least = radii[:, None] + radii[None] + _APART
    np.fill_diagonal(least, 0)
    for _pass in range(_PASSES):
        between = middles[:, None] - middles[None]
        away = np.hypot(between[..., 0], between[..., 1])
        short = np.maximum(least - away, 0)
        if not short.any():
            break
        # two nodes in one place part sideways, the first to the left
        sideways = np.sign(np.arange(len(radii))[:, None] - np.arange(len(radii))[None])
        towards = np.where(away[..., None] > 1e-9, between / np.maximum(away, 1e-9)[..., None], 0)
        towards[..., 0] += np.where(away > 1e-9, 0, sideways)
        middles = np.clip(middles + (0.5 * short[..., None] * towards).sum(axis=1), low, high)
    return middles
