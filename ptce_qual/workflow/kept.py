"""`analyses.json` of a results folder: what the analyses of a dossier found, whole, with titles and notes.

Whatever shows them later reads them there instead of making them again, as long as the codings are those that they
were made from. Figures have ten significant digits, so that the last bits of a processor decide nothing.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from ptce_qual.result import Result
from ptce_qual.study.manifest import Manifest
from ptce_qual.study.results import is_read_back
from ptce_qual.workflow.packages import OURS, installed_version

KEPT = "analyses.json"
_SIGNIFICANT_DIGITS = 10
_RESULT = "table"

Plain = Any
"""What JSON can hold."""
Kept = tuple[str, str, Mapping[str, Any], Plain]
"""The language of titles and notes, the name of an analysis, its options, and what it found."""


def plain(found: object) -> Plain:
    """Return what an analysis finds as plain values: `Result`s, alone or in tuples, mappings and dataclasses."""
    if isinstance(found, Result):
        return {"title": found.title, "notes": list(found.notes), _RESULT: _plain_table(found.table)}
    if is_dataclass(found):
        return {one.name: plain(getattr(found, one.name)) for one in fields(found)}
    if isinstance(found, Mapping):
        return {name: plain(value) for name, value in found.items()}
    if isinstance(found, tuple):
        return [plain(value) for value in found]
    return found


def restored(kept: Plain) -> Any:
    """Return `Result`s from plain values, in tuples and mappings as `plain` found them; a dataclass is a mapping."""
    if isinstance(kept, dict):
        if _RESULT in kept:
            return Result(kept["title"], _table(kept[_RESULT]), tuple(kept["notes"]))
        return {name: restored(value) for name, value in kept.items()}
    return tuple(restored(value) for value in kept) if isinstance(kept, list) else kept


def kept_file(language: str, analyses: Mapping[str, tuple[Mapping[str, Any], Plain]]) -> bytes:
    """Return `analyses.json`.

    Args:
        language: of titles and notes.
        analyses: by name, its options and what it found.
    """
    told = {name: {"options": _ordered(options), "found": found} for name, (options, found) in sorted(analyses.items())}
    content = {"language": language, "analyses": told}
    return (json.dumps(content, ensure_ascii=False, allow_nan=False, indent=0) + "\n").encode("utf-8", "surrogatepass")


def read_kept(folder: Path, manifest: Manifest, given: Sequence[str] = ()) -> Iterator[Kept]:
    """Yield the analyses that a results folder keeps.

    None where what they were made from was changed since, or where another version of the tool made them.

    Args:
        given: the files that analyses read beside the codings.
    """
    sources = [KEPT, *given, *filter(is_read_back, manifest.files)]
    if manifest.packages.get(OURS) != installed_version(OURS):
        return
    if not all(_is_as_written(folder / name, manifest.files.get(name)) for name in sources):
        return
    content = json.loads((folder / KEPT).read_bytes().decode("utf-8", "surrogatepass"))
    for name, told in content["analyses"].items():
        yield content["language"], name, told["options"], told["found"]


def _ordered(options: Mapping[str, Any]) -> Any:
    """Return options in the order that they have when they come from a manifest."""
    return json.loads(json.dumps(options, sort_keys=True))


def _is_as_written(path: Path, digest: str | None) -> bool:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == digest
    except OSError:
        return False


def _plain_table(table: pd.DataFrame) -> Plain:
    columns = [[str(name), *_plain_series(table[name])] for name in table.columns]
    if isinstance(table.index, pd.RangeIndex):
        return {"columns": columns}
    return {"columns": columns, "index": [table.index.name, *_plain_series(table.index.to_series())]}


def _plain_series(series: pd.Series) -> tuple[str, list[Any]]:
    return str(series.dtype), [_plain_value(value) for value in series.tolist()]


def _plain_value(value: Any) -> Any:
    if pd.isna(value):
        return None
    if isinstance(value, float):
        # Without bounds it is text, which JSON has, and which is read as the number again.
        return float(f"{value:.{_SIGNIFICANT_DIGITS}g}") if math.isfinite(value) else str(value)
    return value


def _table(kept: Plain) -> pd.DataFrame:
    columns = {name: pd.Series(values, dtype=kind) for name, kind, values in kept["columns"]}
    table = pd.DataFrame(columns)
    if "index" in kept:
        name, kind, values = kept["index"]
        table.index = pd.Index(values, dtype=kind, name=name)
    return table
