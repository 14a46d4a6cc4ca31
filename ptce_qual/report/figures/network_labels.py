"""Labels of a network's nodes, placed so that they cover neither each other nor a node, and few edges."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_ANGLES = np.arange(24) * 2 * np.pi / 24
_REACHES = np.array([3.0, 7.0, 12.0, 20.0, 30.0, 44.0, 60.0])
_APART = 2.5
_ON_EDGES, _FAR = 1.0, 0.12  # what a sample of an edge under a label costs, and a point away from the node
_SAMPLES = 16


@dataclass(frozen=True, slots=True)
class Nodes:
    """Where nodes stand, and how large they and their labels are: a row each.

    Args:
        middles: n × 2.
        radii: n.
        sizes: n × 2, width and height of labels.
    """

    middles: Floats
    radii: Floats
    sizes: Floats


def placed_labels(nodes: Nodes, edges: npt.NDArray[np.int64], width: float, height: float) -> Floats | None:
    """Return the middles of labels, n × 2; None where there is no room for one.

    The largest nodes choose first. A label stands near its node, on as little of the edges as can be.

    Args:
        edges: m × 2, numbers of nodes.
    """
    samples = _samples(nodes.middles, edges)
    middles = np.full_like(nodes.middles, np.nan)
    for node in np.lexsort((np.arange(len(nodes.radii)), -nodes.radii)):
        choices, away = _choices(nodes, int(node))
        half = nodes.sizes[node] / 2
        inside = ((choices - half >= 0) & (choices + half <= (width, height))).all(axis=1)
        free = inside & ~_on_nodes(choices, half, nodes) & ~_on_labels(choices, half, middles, nodes.sizes)
        if not free.any():
            return None
        on_edges = _inside(choices, half, samples).sum(axis=1)
        cost = np.where(free, _ON_EDGES * on_edges + _FAR * away, np.inf)
        middles[node] = choices[int(cost.argmin())]
    return middles


def _choices(nodes: Nodes, node: int) -> tuple[Floats, Floats]:
    """Return middles of a label around its node, and how far from the node it would stand."""
    reaches, angles = (grid.ravel() for grid in np.meshgrid(_REACHES, _ANGLES, indexing="ij"))
    towards = np.column_stack([np.cos(angles), np.sin(angles)])
    shift = (nodes.radii[node] + reaches)[:, None] + nodes.sizes[node] / 2
    return nodes.middles[node] + towards * shift, reaches


def _on_nodes(choices: Floats, half: Floats, nodes: Nodes) -> npt.NDArray[np.bool_]:
    """Tell which choices touch a node: the nearest point of the label lies in its circle."""
    away = np.maximum(np.abs(choices[:, None] - nodes.middles[None]) - half, 0)
    told: npt.NDArray[np.bool_] = np.any(np.hypot(away[..., 0], away[..., 1]) < nodes.radii + 1, axis=1)
    return told


def _on_labels(choices: Floats, half: Floats, middles: Floats, sizes: Floats) -> npt.NDArray[np.bool_]:
    """Tell which choices touch a label that has its place; one without (not a number) is touched by none."""
    away = np.abs(choices[:, None] - middles[None]) - half - sizes / 2
    told: npt.NDArray[np.bool_] = np.any(np.all(away < _APART, axis=2), axis=1)
    return told


def _inside(choices: Floats, half: Floats, points: Floats) -> npt.NDArray[np.bool_]:
    told: npt.NDArray[np.bool_] = np.all(np.abs(choices[:, None] - points[None]) < half, axis=2)
    return told


def _samples(middles: Floats, edges: npt.NDArray[np.int64]) -> Floats:
    along = np.linspace(0, 1, _SAMPLES)[:, None, None]
    first, second = middles[edges[:, 0]], middles[edges[:, 1]]
    return ((1 - along) * first + along * second).reshape(-1, 2)
