"""Options that choose codings to quote, and a sample of them, each described once."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, cast

import typer

from ptce_qual.translation import _

if TYPE_CHECKING:
    from ptce_qual.analysis.verbatims import Part
    from ptce_qual.analysis.verbatims import Sample as Drawn


class SpeakerRole(StrEnum):
    """Who speaks."""

    INTERVIEWER = "interviewer"
    RESPONDENT = "respondent"
    UNKNOWN = "unknown"


class SamplePart(StrEnum):
    """What a sample is drawn from, each by itself."""

    CODE = "code"
    CASE = "case"


CaseOption = Annotated[
    list[str] | None, typer.Option("--case", metavar="CASE", help=_("This case only, by id; may be repeated."))
]
TranscriptOption = Annotated[
    list[str] | None,
    typer.Option("--transcript", metavar="INTERVIEW", help=_("This interview only, by id; may be repeated.")),
]
RoleOption = Annotated[
    list[SpeakerRole] | None, typer.Option("--role", help=_("What this role says only; may be repeated."))
]
SpeakerOption = Annotated[
    list[str] | None,
    typer.Option("--speaker", metavar="LABEL", help=_("What this speaker says only, by label; may be repeated.")),
]
WhereOption = Annotated[
    list[str] | None,
    typer.Option(
        "--where",
        metavar="ATTRIBUTE=VALUE",
        help=_(
            "Only where an attribute of the interview or of its case has this value; repeated, all attributes must, by "
            "one of the values told for each."
        ),
    ),
]
SampleOption = Annotated[
    int | None,
    typer.Option("--sample", min=1, help=_("Draw so many at random, all equally likely, instead of showing all.")),
]
PerOption = Annotated[
    list[SamplePart] | None,
    typer.Option("--per", help=_("Draw as many of each code, of each case, or (both) of each code in each case.")),
]


def conditions(
    *,
    where: Sequence[str] | None,
    case: Sequence[str] | None = None,
    transcript: Sequence[str] | None = None,
    role: Sequence[str] | None = None,
    speaker: Sequence[str] | None = None,
) -> dict[str, list[str]]:
    """Return attribute → values, as `Selection` takes them.

    Raises:
        typer.BadParameter: a condition is not ATTRIBUTE=VALUE.
    """
    told = {"case": case, "transcript": transcript, "role": role, "speaker": speaker}
    asked = {name: [str(value) for value in values] for name, values in told.items() if values}
    for condition in where or ():
        name, equals, value = condition.partition("=")
        if not (equals and name.strip()):
            raise typer.BadParameter(_("« {condition} » is not ATTRIBUTE=VALUE", condition=condition))
        asked.setdefault(name.strip(), []).append(value.strip())
    return asked


def drawn(size: int | None, per: Sequence[SamplePart] | None, seed: int) -> Drawn | None:
    """Return the sample that is asked for.

    Raises:
        typer.BadParameter: parts are told, but not how many are drawn of each.
    """
    from ptce_qual.analysis.verbatims import Sample

    if size is None:
        if per:
            raise typer.BadParameter(_("--per goes with --sample: how many are drawn of each?"))
        return None
    return Sample(size, [cast("Part", str(part)) for part in per or ()], seed)
