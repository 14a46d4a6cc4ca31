"""GraphML: read back by networkx, the same bytes each time."""

from __future__ import annotations

import io

import networkx as nx
import pandas as pd

from ptce_qual.exchange.graphml import render_graphml
from ptce_qual.result import Result

PAIRS = Result(
    "pairs",
    pd.DataFrame(
        [
            ("a", "b", 4, 3, 2, 0.4, 5.0, False),
            ("a", "c", 4, 1, 1, 0.25, float("nan"), True),
            ("b", "c", 3, 1, 0, 0.0, 1.0, True),
        ],
        columns=["source", "target", "n1", "n2", "n12", "jaccard", "odds_ratio", "corrected"],
    ),
)
NODES = Result(
    "codes",
    pd.DataFrame(
        [("a", "Énergie & Cie <1>", "x", 4), ("b", "B", "x", 3), ("c", "C", "y", 1), ("d", "D", "y", 0)],
        columns=["code_id", "label", "branch", "count"],
    ),
)


def test_what_is_written_is_read_back() -> None:
    graph = nx.read_graphml(io.BytesIO(render_graphml(PAIRS, NODES)))
    assert dict(graph.nodes(data=True)) == {
        "a": {"label": "Énergie & Cie <1>", "branch": "x", "count": 4},
        "b": {"label": "B", "branch": "x", "count": 3},
        "c": {"label": "C", "branch": "y", "count": 1},
        "d": {"label": "D", "branch": "y", "count": 0},
    }
    assert not graph.is_directed()
    told = {"weight": 2, "n1": 4, "n2": 3, "n12": 2, "jaccard": 0.4, "odds_ratio": 5.0, "corrected": False}
    assert graph.edges["a", "b"] == told
    assert "odds_ratio" not in graph.edges["a", "c"]  # no number, so not told
    assert not graph.has_edge("b", "c")


def test_the_same_tables_give_the_same_bytes() -> None:
    assert render_graphml(PAIRS, NODES) == render_graphml(PAIRS, NODES)
    assert b"\r" not in render_graphml(PAIRS, NODES)


def test_no_code_makes_an_empty_graph() -> None:
    nothing = Result("none", PAIRS.table.iloc[:0]), Result("none", NODES.table.iloc[:0])
    assert nx.read_graphml(io.BytesIO(render_graphml(*nothing))).number_of_nodes() == 0
