"""The codebook: codes with definitions, rules and examples, as pydantic models whose fields are the YAML's keys."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from ptce_qual.model import Polarity
from ptce_qual.translation import _
from ptce_qual.yaml_models import COLOUR_PATTERN, ID_PATTERN, StrictModel

CodeId = Annotated[str, Field(pattern=ID_PATTERN, description="Lower case, digits and « _ », no accents.")]
Expression = Annotated[str, Field(description="Words in the rule language, see docs/rules.md.")]
Sentence = Annotated[str, Field(min_length=1)]
SENTENCES_BEFORE = 3
"""How many sentences before one, in its turn, its context and the points of `before` take in."""
SENTENCES_AFTER = 2
"""How many sentences after one, in its turn, the points of `after` take in."""
SHAPES = ("phrase", "near", "all", "any", "regex", "tokens")


class _Strict(StrictModel):
    model_config = ConfigDict(ignored_types=(cached_property,))


class Rule(_Strict):
    """What makes a passage carry a code: one shape (a phrase, words near each other...), and its conditions."""

    id: str | None = Field(None, description="A name that lasts; else the code's id and a hash of the content.")
    note: str | None = Field(None, description="For readers of the codebook.")
    polarity: Polarity = Field("affirmed", description="What a match says of the theme when nothing else is said.")
    clue: bool = Field(False, description="Counts only beside another rule of the code, or by its points.")
    decides: bool = Field(False, description="Codes a sentence by itself where the code counts points.")
    phrase: Expression | None = Field(None, description="Words in order.")
    gap: int = Field(2, ge=0, description="The most words between two words of a phrase.")
    near: list[Expression] | None = Field(None, min_length=2, description="Groups of words close to each other.")
    within: int = Field(8, ge=0, description="The most words between two groups of `near`.")
    all: list[Expression] | None = Field(None, min_length=1, description="Each must stand in the sentence.")
    any: list[Expression] | None = Field(None, min_length=1, description="One of them must stand in the sentence.")
    none: list[Expression] = Field([], description="None of them may stand in the sentence.")
    unless: list[Expression] = Field([], description="Words that call the rule off, in the same sentence.")
    regex: str | None = Field(None, min_length=1, description="A regular expression (RE2) on the verbatim text.")
    tokens: list[dict[str, Any]] | None = Field(None, description="A spaCy Matcher pattern.")
    question: Expression | None = Field(
        None,
        description="Must stand in the interviewer's last question; without another shape, it codes a short answer.",
    )
    context: Expression | None = Field(
        None,
        description="Must stand in the sentence, in one of the three before it in the turn, or in the last question.",
    )
    short: int = Field(12, ge=1, description="The most words of a short answer to `question`.")
    speaker: str | None = Field(None, description="Only what this speaker says, by label.")
    role: Literal["interviewer", "respondent", "unknown"] | None = Field(None, description="Only this role.")

    @model_validator(mode="after")
    def _clue_or_decisive(self) -> Self:
        if self.clue and self.decides:
            raise ValueError(_("a rule that decides is no clue: leave out one of the two"))
        return self

    @model_validator(mode="after")
    def _one_shape(self) -> Self:
        shapes = [shape for shape in SHAPES if getattr(self, shape) is not None]
        if len(shapes) > 1 and shapes != ["all", "any"]:
            raise ValueError(
                _("a rule has one shape, this one has {count}: {shapes}", count=len(shapes), shapes=", ".join(shapes))
            )
        if not shapes and self.question is None:
            raise ValueError(_("a rule needs one of {shapes}", shapes=", ".join((*SHAPES, "question"))))
        return self


MOST_COUNTED = 3
"""How many rules of a code, and how many clues, bring points to one sentence."""
SHARE_WITHOUT_RULE = 0.3
"""Of the points needed, what words of the sentence itself must bring to code without any rule."""
PLACES = ("said", "asked", "before", "after")
"""Where words that bring points stand: in the sentence, in the last question, in the sentences before and after."""


class WordGroup(_Strict):
    """Words that speak for a code, or against it, with the points that each brings."""

    points: int = Field(description="Below 0 for words that speak against the code.")
    words: str = Field(min_length=1, description="Single words as in rules, with blanks between them.")
    polarity: Polarity = Field("affirmed", description="What the words say of the theme when nothing else is said.")


class Points(_Strict):
    """A code's points: where there are any, a sentence carries the code when its points reach `needed`.

    Each word counts once wherever it stands: in the sentence, in the interviewer's last question, in the three
    sentences before, in the two after. A rule that matches brings points too, three rules and three clues at the most.
    """

    needed: int = Field(ge=1, description="The points that code a sentence.")
    rule: int = Field(ge=0, description="What each rule that matches brings.")
    clue: int = Field(ge=0, description="What each clue that matches brings.")
    said: list[WordGroup] = Field([], description="Words of the sentence.")
    asked: list[WordGroup] = Field([], description="Words of the interviewer's last question.")
    before: list[WordGroup] = Field([], description="Words of the three sentences before, in the same turn.")
    after: list[WordGroup] = Field([], description="Words of the two sentences after, in the same turn.")

    @property
    def word_count(self) -> int:
        """How many words bring points; a word that does in two places counts twice."""
        return sum(len(group.words.split()) for place in PLACES for group in getattr(self, place))


class Example(_Strict):
    """A sentence that carries the code, or must not; `{braces}` mark the words that a rule should match."""

    text: str = Field(min_length=1)
    polarity: Polarity | None = None
    question: str | None = Field(None, description="What the interviewer asked before.")


class Code(_Strict):
    """One node of the codebook."""

    id: CodeId
    label: str = Field(min_length=1)
    formerly: list[CodeId] = Field([], description="Ids that this code had before; decisions follow them.")
    parent: CodeId | None = None
    definition: str = ""
    include: str = ""
    exclude: str = ""
    colour: str | None = Field(None, pattern=COLOUR_PATTERN)
    examples: list[Example | Sentence] = Field([], description="Sentences that carry the code.")
    counterexamples: list[Example | Sentence] = Field([], description="Sentences that must not carry it.")
    points: Points | None = Field(None, description="Points that words and rules bring, instead of one rule deciding.")
    rules: list[Rule | Expression] = Field([])
    except_: list[Expression] = Field([], alias="except", description="Matches that call off matches they overlap.")


class Codebook(_Strict):
    """The whole: codes in the file's order, named lists, and the unit that a coding covers."""

    title: str
    version: str = "1"
    language: Literal["fr"] = "fr"
    unit: Literal["sentence", "turn", "paragraph"] = "sentence"
    lists: dict[str, list[Expression]] = Field({})
    codes: list[Code] = Field(min_length=1)

    @cached_property
    def by_id(self) -> dict[str, Code]:
        """The codes by id, former ids included."""
        codes = {former: code for code in self.codes for former in code.formerly}
        return codes | {code.id: code for code in self.codes}

    def children(self, code_id: str | None) -> Iterator[Code]:
        """Yield the codes right under `code_id`, or the roots for None."""
        return (code for code in self.codes if code.parent == code_id)

    def descendants(self, code_id: str) -> Iterator[Code]:
        """Yield all codes under `code_id`, each before its own."""
        for code in self.children(code_id):
            yield code
            yield from self.descendants(code.id)
