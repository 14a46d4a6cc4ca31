"""Agreement between coders: their files and a results folder → tables, written to that folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ptce_qual.analysis.agreement import ALL, MEAN
from ptce_qual.analysis.chosen_codes import chosen_codes
from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.codebook.model import Codebook
from ptce_qual.errors import InputError
from ptce_qual.model import Problem
from ptce_qual.result import Result
from ptce_qual.study.coders import GivenCoders, read_coders
from ptce_qual.study.manifest import MANIFEST
from ptce_qual.study.results import read_results
from ptce_qual.translation import _
from ptce_qual.workflow.agreement_tables import agreement_tables
from ptce_qual.workflow.analyses import files_of_agreement
from ptce_qual.workflow.run import add_analysis

DEFAULTS: Mapping[str, Any] = {
    "unit": "sentence",
    "cluster": None,
    "descendants": False,
    "samples": 1000,
    "level": 0.95,
    "seed": 0,
    "polarity": False,
    "pairwise": False,
}


@dataclass(frozen=True, slots=True)
class ComparedCoders:
    """What was compared.

    Args:
        tables: by name, see `agreement_tables`.
        problems: what was met that is no error.
    """

    tables: Mapping[str, Result]
    coders: tuple[str, ...]
    codebook: Codebook
    problems: tuple[Problem, ...]


def agreement(
    coded: CodedCorpus, files: Sequence[Path | str], *, own: bool = True, **options: Any
) -> dict[str, Result]:
    """Compare coders on the units of a corpus.

    Args:
        files: of coders, see `read_coders`.
        own: whether the corpus's own codings, those of the rules, are compared too, as the first coder.
        options: those of `agreement_tables` that are not as in `DEFAULTS`.

    Returns:
        `agreement` and `agreement_disagreements`; `agreement_pairs` with `pairwise`, `agreement_polarity` with
        `polarity`.

    Raises:
        InputError: as `compare_coders`.
    """
    unknown = set(options) - set(DEFAULTS)
    if unknown:
        raise TypeError(f"agreement() has no option {', '.join(sorted(unknown))}")
    paths = [*([None] if own else []), *(Path(file) for file in files)]
    given, _problems = read_coders(paths, None, coded)
    if len(given.coders) < 2:
        raise _too_few(given, None, ())
    asked = {**DEFAULTS, **options, "coders": given.coders, "own": given.own}
    return agreement_tables(coded, given.codings, asked)


def compare_coders(paths: Sequence[Path], results: Path, options: Mapping[str, Any] | None = None) -> ComparedCoders:
    """Compare coders on the units of a results folder, and write the tables there with what was compared.

    Args:
        paths: files and folders of coders, see `read_coders`; `results` among them stands for its own codings.
        options: those of `agreement_tables` that are not as in `DEFAULTS`.

    Raises:
        InputError: a file can't be read or has errors, there are fewer than two coders, or an option can't be followed.
    """
    coded = read_results(results)
    given, problems = read_coders(paths, results, coded)
    if len(given.coders) < 2:
        raise _too_few(given, results, problems)
    asked = {
        **DEFAULTS, **(options or {}), "coders": list(given.coders), "own": list(given.own),
        "sources": [dict(source) for source in given.sources],
    }  # fmt: skip
    tables = agreement_tables(coded, given.codings, asked)
    add_analysis(results, "agreement", asked, files_of_agreement(tables, given.codings))
    return ComparedCoders(tables, given.coders, coded.codebook, tuple(problems))


def only_codes(compared: ComparedCoders, codes: Sequence[str]) -> ComparedCoders:
    """Return the same with the rows of some codes, beside those of all codes together; all rows for no code.

    Raises:
        InputError: there is no such code.
    """
    known = [str(code) for code in compared.tables["agreement"].table["code_id"]]
    shown = {*chosen_codes(codes, known, compared.codebook), ALL, MEAN}
    tables = {
        name: replace(result, table=result.table[result.table["code_id"].isin(shown)])
        for name, result in compared.tables.items()
    }
    return replace(compared, tables=tables)


def judged_results(results: Path | None, coders: Sequence[Path], default: Path) -> Path:
    """Return the results folder whose units are judged.

    Args:
        results: the one told.
        coders: files and folders of coders.
        default: the study's. Where it holds no results, the first results folder among the coders takes its place.
    """
    if results is not None or (default / MANIFEST).is_file():
        return results or default
    return next((path for path in coders if (path / MANIFEST).is_file()), default)


def _too_few(given: GivenCoders, results: Path | None, problems: Sequence[Problem]) -> InputError:
    message = _("agreement needs two coders; there is only: {coders}", coders=", ".join(given.coders) or "–")
    remedy = _("Add another coder's file.")
    if results is not None and not given.own:
        remedy = _("Add another coder's file, or {folder} for its own codings.", folder=results.as_posix())
    return InputError(message, (*problems, Problem("error", "", None, message, remedy)))
