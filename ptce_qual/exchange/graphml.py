"""GraphML, which Gephi and other network tools read: codes as nodes, units that two codes share as edges."""

from __future__ import annotations

import io
import math
from collections.abc import Mapping
from typing import Any

from ptce_qual.result import Result

_DECIMALS = 6


def render_graphml(pairs: Result, nodes: Result) -> bytes:
    """Return an undirected graph as GraphML, the same bytes for the same tables.

    Args:
        pairs: of `cooccurrence`; pairs that never stand together make no edge. The edge's `weight` is n12.
        nodes: of `code_counts`; each row is a node, by its `code_id`.
    """
    import networkx as nx

    graph = nx.Graph()
    for node in nodes.table.to_dict("records"):
        graph.add_node(str(node["code_id"]), **_plain(node, leave="code_id"))
    for pair in pairs.table.to_dict("records"):
        if pair["n12"]:
            told = {str(name): value for name, value in pair.items() if name not in ("source", "target")}
            graph.add_edge(str(pair["source"]), str(pair["target"]), weight=int(pair["n12"]), **_plain(told))
    stream = io.BytesIO()
    nx.write_graphml_xml(graph, stream, prettyprint=True)
    return stream.getvalue().replace(b"\r\n", b"\n")


def _plain(told: Mapping[Any, Any], leave: str = "") -> dict[str, Any]:
    """Return values as GraphML knows them, without those that are not told."""
    values = {str(name): value for name, value in told.items() if name != leave}
    rounded = {name: round(value, _DECIMALS) if isinstance(value, float) else value for name, value in values.items()}
    return {name: value for name, value in rounded.items() if not (isinstance(value, float) and math.isnan(value))}
