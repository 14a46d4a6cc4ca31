"""Arguments and options that several commands share, each described once."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ptce_qual.translation import _


class Unit(StrEnum):
    """What a coding covers."""

    SENTENCE = "sentence"
    TURN = "turn"
    PARAGRAPH = "paragraph"


class Measure(StrEnum):
    """The measures of coverage."""

    CHAR = "char_coverage"
    WORD = "word_coverage"
    REFERENCES = "references"
    UNIT = "unit_coverage"
    TURN = "turn_coverage"
    CASE = "case_coverage"


class Polarity(StrEnum):
    """What is said of a theme."""

    AFFIRMED = "affirmed"
    NEGATED = "negated"
    HYPOTHETICAL = "hypothetical"


class CaseMeasure(StrEnum):
    """The measures of coverage that cases are compared by."""

    CHAR = "char_coverage"
    WORD = "word_coverage"
    UNIT = "unit_coverage"
    TURN = "turn_coverage"


class Correction(StrEnum):
    """How p-values are corrected for how many there are."""

    HOLM = "holm"
    BH = "bh"


class Form(StrEnum):
    """How a table is printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


CorpusArgument = Annotated[
    Path | None,
    typer.Argument(
        metavar="[CORPUS]",
        help=_(
            "A folder of interviews, one interview, or a study's folder; by default the study of the current folder."
        ),
        show_default=False,
    ),
]
ResultsArgument = Annotated[
    Path | None,
    typer.Argument(
        metavar="[RESULTS]", help=_("A folder that `run` or `code` wrote; by default the study's."), show_default=False
    ),
]
CodebookOption = Annotated[
    Path | None, typer.Option("--codebook", "-c", help=_("The codebook; by default the study's codebook.yaml."))
]
ModelOption = Annotated[
    str | None,
    typer.Option("--model", help=_("An installed spaCy pipeline, or its folder, instead of the shipped one.")),
]
OutOption = Annotated[Path | None, typer.Option("--out", "-o", help=_("The folder to write to; by default `results`."))]
UnitOption = Annotated[
    Unit | None, typer.Option("--unit", help=_("What a coding covers, instead of the codebook's unit."))
]
InterviewerOption = Annotated[
    bool | None,
    typer.Option(
        "--include-interviewer/--respondents-only", help=_("Whether interviewers' turns are coded and counted too.")
    ),
]
JobsOption = Annotated[
    int | None,
    typer.Option("--jobs", "-j", min=1, help=_("Processes to use; the results are the same for any number.")),
]
CacheOption = Annotated[
    bool, typer.Option("--cache/--no-cache", help=_("Whether parsed interviews are kept in .ptce-qual/ between runs."))
]
ByOption = Annotated[
    list[str] | None,
    typer.Option(
        "--by",
        metavar="ATTRIBUTE",
        help=_(
            "What makes groups: case, function, role, speaker, any attribute; repeat it to combine. By default case."
        ),
    ),
]
MeasureOption = Annotated[
    Measure | None, typer.Option("--measure", help=_("The measure of the matrix; by default unit_coverage."))
]
DescendantsOption = Annotated[
    bool | None,
    typer.Option("--descendants/--own", help=_("Whether a code takes in the codings of the codes below it.")),
]
PolarityOption = Annotated[
    list[Polarity] | None, typer.Option("--polarity", help=_("Count codings of this polarity only; may be repeated."))
]
SamplesOption = Annotated[int, typer.Option("--samples", min=1, help=_("How many samples intervals are drawn from."))]
LevelOption = Annotated[float, typer.Option("--level", min=0.5, max=0.999, help=_("The level of intervals."))]
SeedOption = Annotated[
    int, typer.Option("--seed", min=0, help=_("What chance starts from; the same seed gives the same figures."))
]
FormOption = Annotated[Form, typer.Option("--format", help=_("How the table is printed."))]
CountedUnitOption = Annotated[
    Unit, typer.Option("--unit", help=_("What is counted: a unit that a coding touches carries its code."))
]
CodesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--codes",
        metavar="CODES",
        help=_("These codes only, by id, with commas between them; one that groups others stands for them."),
    ),
]
TopOption = Annotated[int, typer.Option("--top", min=1, help=_("How many rows are shown; the files hold all."))]
CorrectionOption = Annotated[
    Correction,
    typer.Option("--correction", help=_("p-values corrected by Holm's way, or Benjamini and Hochberg's.")),
]
PermutationsOption = Annotated[
    int, typer.Option("--permutations", min=99, help=_("Random orders, where all are too many to go through."))
]
AttributesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--attributes", metavar="ATTRIBUTES", help=_("These attributes of cases only, with commas between them.")
    ),
]
CaseMeasureOption = Annotated[
    CaseMeasure, typer.Option("--measure", help=_("The coverage of a theme by case that attributes are set against."))
]


def listed(told: list[str] | None) -> list[str]:
    """Return the names of an option that may be repeated, and hold several with commas between them."""
    return [name.strip() for one in told or () for name in one.split(",") if name.strip()]
