"""The tables of a comparison: a row a code, and a row a cell."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ptce_qual.analysis.comparison.chance import Chance
from ptce_qual.analysis.comparison.grouped_units import GroupedUnits
from ptce_qual.analysis.contingency import Independence, adjusted_residuals, expected_counts, independence
from ptce_qual.analysis.coverage import ALL
from ptce_qual.analysis.inference import SIGNIFICANT, Inference
from ptce_qual.analysis.multiple_testing import Correction, Floats, adjusted
from ptce_qual.analysis.units import Integers

CODE_COLUMNS = (
    "code_id", "coded", "units", "share", "chi2", "df", "cramers_v", "chi2_p", "test", "p", "p_adjusted",
    "permutation_p", "permutation_p_adjusted", "highest_group", "highest_share", "highest_residual",
)  # fmt: skip
CELL_COLUMNS = (
    "code_id", "group", "coded", "units", "share", "share_elsewhere", "expected", "residual", "test", "p", "p_adjusted",
    "permutation_p", "permutation_p_adjusted", "marked", "upheld",
)  # fmt: skip


def code_table(found: GroupedUnits, by_chance: Chance, inference: Inference, cells: pd.DataFrame) -> pd.DataFrame:
    """Return the test of each code in a table of its own, after that of codes × groups; nothing of one group."""
    if len(found.groups) < 2:
        return pd.DataFrame(columns=list(CODE_COLUMNS))
    coded, units = found.by_group()
    tests = [_test(table, inference) for table in _two_by_groups(coded, units)]
    corrected = adjusted([test.p for test in tests], inference.correction)
    permuted = adjusted(by_chance.codes, inference.correction)
    whole = _counts(int(found.coded.any(axis=1).sum()), int(units.sum())) | _of_test(_test(coded, inference))
    rows = [{"code_id": ALL, **whole, "permutation_p": by_chance.whole, "highest_group": ""}]
    for place, (code_id, test) in enumerate(zip(found.codes, tests, strict=True)):
        p_values = {
            "p_adjusted": corrected[place],
            "permutation_p": by_chance.codes[place],
            "permutation_p_adjusted": permuted[place],
        }
        counts = _counts(int(coded[place].sum()), int(units.sum()))
        rows.append({"code_id": code_id, **counts, **_of_test(test), **p_values, **_highest(cells, code_id)})
    return pd.DataFrame(rows, columns=list(CODE_COLUMNS))


def cell_table(found: GroupedUnits, by_chance: Chance, inference: Inference) -> pd.DataFrame:
    """Return the residual of each code in each group, with its test; nothing of one group."""
    if len(found.groups) < 2:
        return pd.DataFrame(columns=list(CELL_COLUMNS))
    coded, units = found.by_group()
    tests = [[_against_the_rest(row, units, at) for at in range(len(units))] for row in coded]
    p_values = np.array([[test.p for test in row] for row in tests], dtype=np.float64).reshape(coded.shape)
    corrected = _over_cells(p_values, inference.correction)
    permuted = _over_cells(by_chance.cells, inference.correction)
    tables = _two_by_groups(coded, units).astype(np.float64)
    elsewhere = coded.sum(axis=1, keepdims=True) - coded
    columns = {
        "code_id": np.repeat(np.array(found.codes, dtype=object), len(units)),
        "group": np.tile(np.array(found.groups, dtype=object), len(coded)),
        "coded": coded,
        "units": np.broadcast_to(units, coded.shape),
        "share": coded / units,
        "share_elsewhere": elsewhere / (units.sum() - units),
        "expected": expected_counts(tables)[:, 0],
        "residual": adjusted_residuals(tables)[:, 0],
        "test": np.array([[test.test for test in row] for row in tests], dtype=object),
        "p": p_values,
        "p_adjusted": corrected,
        "permutation_p": by_chance.cells,
        "permutation_p_adjusted": permuted,
        "marked": corrected <= SIGNIFICANT,
        "upheld": permuted <= SIGNIFICANT,
    }
    return pd.DataFrame({name: values.ravel() for name, values in columns.items()}, columns=list(CELL_COLUMNS))


def _test(table: Integers, inference: Inference) -> Independence:
    return independence(table, samples=inference.permutations, seed=inference.seed)


def _of_test(test: Independence) -> dict[str, object]:
    return {name: getattr(test, name) for name in ("chi2", "df", "cramers_v", "chi2_p", "test", "p")}


def _counts(coded: int, units: int) -> dict[str, object]:
    return {"coded": coded, "units": units, "share": coded / units}


def _highest(cells: pd.DataFrame, code_id: str) -> dict[str, object]:
    """Return the group where a code is most over-represented, its share and its residual."""
    own = cells[cells["code_id"] == code_id].dropna(subset="residual")
    if own.empty:
        return {"highest_group": ""}
    best = own.iloc[int(own["residual"].to_numpy(dtype=np.float64).argmax())]
    return {"highest_group": best["group"], "highest_share": best["share"], "highest_residual": best["residual"]}


def _two_by_groups(coded: Integers, units: Integers) -> Integers:
    """Return codes × (coded, not coded) × groups."""
    return np.stack([coded, units - coded], axis=1)


def _against_the_rest(coded: Integers, units: Integers, at: int) -> Independence:
    """Test one group against all others: its χ² is the square of the adjusted residual."""
    inside = np.array([coded[at], units[at] - coded[at]])
    whole = np.array([coded.sum(), units.sum() - coded.sum()])
    return independence(np.column_stack([inside, whole - inside]))


def _over_cells(p_values: Floats, correction: Correction) -> Floats:
    """Correct over all cells; of two groups, the one's cell is the other's test, so that each code counts once."""
    if p_values.shape[1] == 2:
        return np.repeat(adjusted(p_values[:, :1], correction), 2, axis=1)
    return adjusted(p_values, correction)
