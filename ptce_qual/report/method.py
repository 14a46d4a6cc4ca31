"""The appendix on method: what was used, by the manifest; the rules that coded something, as they are written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ptce_qual.analysis.unit_names import unit_name
from ptce_qual.codebook.model import Code
from ptce_qual.report.contents import Contents
from ptce_qual.translation import _
from ptce_qual.yaml_lines import parse_yaml


@dataclass(frozen=True, slots=True)
class UsedRule:
    """A rule with what it says in the codebook, and how many codings it takes part in."""

    rule_id: str
    line: int
    source: str
    codings: int


@dataclass(frozen=True, slots=True)
class CodeMethod:
    """A code as it was applied.

    Args:
        points: what words bring, as it stands in the codebook; empty where one rule suffices.
    """

    code: Code
    rules: int
    points: str
    used: tuple[UsedRule, ...]


def code_methods(contents: Contents) -> list[CodeMethod]:
    """Return the codes of the codebook, with the rules of each that coded something, those with most codings first."""
    lines = contents.codebook_text.splitlines()
    counts: Counter[tuple[str, str, int]] = Counter()
    for coding in contents.coded.codings:
        of_rules = (one for one in coding.evidence if one.rule_id and one.score is None)
        counts.update({(coding.code_id, one.rule_id, one.line) for one in of_rules})
    found: dict[str, list[UsedRule]] = {}
    for (code_id, rule_id, line), codings in sorted(counts.items(), key=lambda one: (-one[1], one[0][2], one[0][1])):
        found.setdefault(code_id, []).append(UsedRule(rule_id, line, rule_source(lines, line), codings))
    source, _problems = parse_yaml(contents.codebook_text, "")
    points = {} if source is None else {path[1]: line for path, line in source.lines.items() if path[2:] == ("points",)}
    return [
        CodeMethod(code, len(code.rules), rule_source(lines, points.get(place, 0)), tuple(found.get(code.id, ())))
        for place, code in enumerate(contents.coded.codebook.codes)
    ]


def rule_source(lines: Sequence[str], line: int) -> str:
    """Return a rule as it stands in the YAML from a line on: what is indented below its first line belongs to it."""
    if not 1 <= line <= len(lines):
        return ""
    first = lines[line - 1]
    indent = len(first) - len(first.lstrip())
    told = [first]
    for following in lines[line:]:
        if following.strip() and len(following) - len(following.lstrip()) <= indent:
            break
        told.append(following)
    while not told[-1].strip():
        told.pop()
    return "\n".join(one[indent:] for one in told)


def used_versions(contents: Contents) -> Iterator[tuple[str, str]]:
    """Yield what the manifest says of how the results were made: name and value."""
    manifest = contents.manifest
    yield _("codebook"), f"{manifest.codebook['title']} ({manifest.codebook['version']})"
    yield _("codebook, SHA-256"), manifest.codebook["sha256"]
    yield _("language pipeline, SHA-256"), manifest.pipeline["sha256"]
    yield _("what a coding covers"), unit_name(manifest.coding["unit"])
    yield _("interviewers' turns counted"), _("yes") if manifest.coding["interviewer"] else _("no")
    yield from sorted(manifest.packages.items())


def coding_options(contents: Contents) -> str:
    """Return the options of the coding as `ptce-qual run` takes them, those that the codebook does not tell."""
    asked = contents.manifest.coding
    told = f" --model {asked['model']}" if asked.get("model") else ""
    if asked["unit"] != contents.coded.codebook.unit:
        told += f" --unit {asked['unit']}"
    return told + (" --include-interviewer" if asked["interviewer"] else "")


def limits(contents: Contents) -> list[str]:
    """Return what a reader must bear in mind."""
    told = [
        _(
            "The rules are a first reading, to be corrected by a person: they overlook passages, and some of those "
            "that they code are not on the theme. Each verbatim tells why, so that this can be judged."
        ),
        _(
            "How often a theme is spoken of is not how much it weighs; a theme that rules find badly looks rare. "
            "Compare cases with that in mind, and read the verbatims behind a figure before citing it."
        ),
        _(
            "Polarity is told by words of negation and hypothesis and by the parse; irony, and what is denied without "
            "a word of negation, escape it."
        ),
    ]
    if contents.manifest.not_read:
        told.append(_("Files that could not be read: {files}.", files=", ".join(contents.manifest.not_read)))
    return told
