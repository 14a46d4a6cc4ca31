"""`study.yaml`: where a study's files are, who its speakers are, and the defaults of options."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from ptce_qual.model import Role
from ptce_qual.yaml_models import StrictModel

Attribute = Annotated[str, Field(pattern=r"^\S(.*\S)?$")]


class Defaults(StrictModel):
    """What options are where a command does not tell them."""

    by: list[Attribute] = Field(["case"], description="The attributes that groups are made by.")
    unit: Literal["sentence", "turn", "paragraph"] | None = Field(None, description="Instead of the codebook's unit.")
    measure: Literal[
        "char_coverage", "word_coverage", "references", "unit_coverage", "turn_coverage", "case_coverage"
    ] = Field("unit_coverage", description="The measure of the matrix.")
    interviewer: bool = Field(False, description="Whether interviewers' turns are coded and counted.")
    descendants: bool = Field(False, description="Whether a code takes in its descendants' codings.")
    model: str | None = Field(None, description="A spaCy pipeline instead of the shipped one.")
    jobs: int = Field(1, ge=1, description="Processes.")


class Reference(StrictModel):
    """Published figures that the cases are compared with."""

    source: str = Field(min_length=1, description="Where they were published.")
    medians: dict[Attribute, float] = Field({}, description="Attribute of cases → published median.")
    means: dict[Attribute, float] = Field({}, description="Attribute of cases → published mean, where no median is.")


class Breakdown(StrictModel):
    """Amounts that are the parts of a whole."""

    label: str = Field("", description="What it is called for readers.")
    total: Attribute | None = Field(None, description="The attribute of cases that holds the whole.")
    parts: list[Attribute] = Field(min_length=1, description="The attributes of cases that add up to it.")


class Settings(StrictModel):
    """The whole of `study.yaml`; each key may be left out."""

    title: str = ""
    corpus: str = Field("corpus", description="The folder of the interviews, relative to this file.")
    codebook: str = Field("codebook.yaml", description="The codebook, relative to this file.")
    results: str = Field("results", description="The folder of the results, relative to this file.")
    roles: dict[str, Role] = Field({}, description="Label of a speaker → interviewer or respondent.")
    attributes: dict[Attribute, str] = Field({}, description="Attribute → what it is called for readers.")
    values: dict[Attribute, dict[str, str]] = Field(
        {}, description="Attribute → value → what it is called for readers."
    )
    defaults: Defaults = Defaults()
    reference: Reference | None = None
    breakdowns: dict[Attribute, Breakdown] = Field({}, description="Name → amounts that are the parts of a whole.")

    def for_analyses(self) -> dict[str, Any]:
        """Return what analyses take from the study beside its codings, for the manifest of the results."""
        return self.model_dump(include={"title", "attributes", "values", "reference", "breakdowns"})
