"""What another version of a codebook changes: in its codes and rules, and in the codings of a corpus, quoted."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from ptce_qual.codebook.check import LoadedCodebook
from ptce_qual.codebook.model import PLACES, Code, Points, Rule
from ptce_qual.codebook.rule_ids import rule_id
from ptce_qual.coding.transcripts import CodingOptions, TranscriptCoder
from ptce_qual.model import Coding, Corpus
from ptce_qual.translation import _
from ptce_qual.wording import polarity

_FIELDS = ("label", "parent", "definition", "include", "exclude", "colour")


@dataclass(frozen=True, slots=True)
class Change:
    """Something that a codebook has, has no more, or has otherwise: `+`, `-` or `~`."""

    sign: str
    code_id: str
    what: str


@dataclass(frozen=True, slots=True)
class CodingChange:
    """A coding gained (`+`), lost (`-`) or of another polarity (`~`), its words, and the lines of its rules."""

    sign: str
    code_id: str
    transcript_id: str
    start: int
    quote: str
    polarity: str
    lines: tuple[int, ...]


def codebook_changes(old: LoadedCodebook, new: LoadedCodebook) -> list[Change]:
    """Return what changed in meaning: codes, texts, rules, points, exceptions and lists; not order, notes, layout."""
    changes = list(_list_changes(old, new))
    before = {code.id: code for code in old.codebook.codes}
    for code in new.codebook.codes:
        former = next((before[name] for name in (code.id, *code.formerly) if name in before), None)
        if former is None:
            changes.append(Change("+", code.id, _("code « {label} »", label=code.label)))
        else:
            changes += _code_changes(former, code)
    kept = {name for code in new.codebook.codes for name in (code.id, *code.formerly)}
    gone = [code for code in old.codebook.codes if code.id not in kept]
    return changes + [Change("-", code.id, _("code « {label} »", label=code.label)) for code in gone]


def coding_changes(
    old: LoadedCodebook, new: LoadedCodebook, corpus: Corpus, options: CodingOptions
) -> Iterator[CodingChange]:
    """Yield what the new codebook codes otherwise, in the order of the corpus."""
    before, after = TranscriptCoder(old, options), TranscriptCoder(new, options)
    renamed = {former: code.id for code in new.codebook.codes for former in code.formerly}
    for transcript in corpus.transcripts:
        lost = {(renamed.get(c.code_id, c.code_id), c.start, c.end): c for c in before(transcript).codings}
        gained = {(c.code_id, c.start, c.end): c for c in after(transcript).codings}
        for key in sorted(set(lost) | set(gained), key=lambda one: (one[1], one[2], one[0])):
            was, now = lost.get(key), gained.get(key)
            if was is None or now is None or was.polarity != now.polarity:
                yield _coding_change(was, now, key[0], transcript.text)


def _coding_change(was: Coding | None, now: Coding | None, code_id: str, text: str) -> CodingChange:
    there = [coding for coding in (was, now) if coding is not None]
    coding = there[-1]
    return CodingChange(
        sign="~" if len(there) > 1 else "+" if was is None else "-",
        code_id=code_id,
        transcript_id=coding.transcript_id,
        start=coding.start,
        quote=text[coding.start : coding.end],
        polarity=" → ".join(polarity(one.polarity).lower() for one in there),
        lines=tuple(dict.fromkeys(evidence.line for evidence in coding.evidence)),
    )


def _list_changes(old: LoadedCodebook, new: LoadedCodebook) -> Iterator[Change]:
    before, after = old.codebook.lists, new.codebook.lists
    for name in sorted(set(before) | set(after)):
        for sign, entries in _sets(before.get(name, ()), after.get(name, ())):
            yield Change(sign, f"@{name}", ", ".join(entries))


def _code_changes(old: Code, new: Code) -> Iterator[Change]:
    if old.id != new.id:
        yield Change("~", new.id, _("the id was « {id} »", id=old.id))
    for name in _FIELDS:
        if getattr(old, name) != getattr(new, name):
            yield Change(
                "~",
                new.id,
                _("{field}: « {old} » → « {new} »", field=name, old=getattr(old, name), new=getattr(new, name)),
            )
    before, after = _rules(old), _rules(new)
    for sign, names in _sets(before, after):
        known: Mapping[str, str] = after if sign == "+" else before
        yield from (Change(sign, new.id, _("rule {rule}", rule=known[name])) for name in names)
    for name in sorted(set(before) & set(after)):
        if before[name] != after[name]:
            yield Change("~", new.id, _("rule {old} → {new}", old=before[name], new=after[name]))
    for sign, entries in _sets(old.except_, new.except_):
        yield from (Change(sign, new.id, _("except {expression}", expression=entry)) for entry in entries)
    for sign, what in _points_changes(old.points, new.points):
        yield Change(sign, new.id, _("points: {what}", what=what))


def _points_changes(old: Points | None, new: Points | None) -> Iterator[tuple[str, str]]:
    """Yield the sign and the text of what changed in a code's points; words by place, all of one sign together."""
    before, after = _thresholds(old), _thresholds(new)
    for name in sorted(set(before) | set(after)):
        was, now = before.get(name), after.get(name)
        if was != now:
            sign = "+" if was is None else "-" if now is None else "~"
            yield sign, f"{name} {' → '.join(str(one) for one in (was, now) if one is not None)}"
    for place in PLACES:
        told = _words(old, place), _words(new, place)
        for sign in "-+~":
            words = ", ".join(_word_changes(*told, sign))
            if words:
                yield sign, f"{place} {words}"


def _thresholds(points: Points | None) -> dict[str, int]:
    return {} if points is None else {name: getattr(points, name) for name in ("needed", "rule", "clue")}


def _words(points: Points | None, place: str) -> dict[str, str]:
    """Return what each word of a place brings, as text; its polarity too where it is not the usual one."""
    words: dict[str, str] = {}
    for group in getattr(points, place) if points else ():
        polarity = "" if group.polarity == "affirmed" else f" {group.polarity}"
        words |= dict.fromkeys(group.words.split(), f"{group.points}{polarity}")
    return words


def _word_changes(before: dict[str, str], after: dict[str, str], sign: str) -> Iterator[str]:
    for word in sorted(set(before) | set(after)):
        was, now = before.get(word), after.get(word)
        if was != now and sign == ("+" if was is None else "-" if now is None else "~"):
            yield f"{word} {' → '.join(one for one in (was, now) if one is not None)}"


def _rules(code: Code) -> dict[str, str]:
    """Return a code's rules by id, as one line each."""
    rules = {}
    for written in code.rules:
        rule = Rule(phrase=written) if isinstance(written, str) else written
        told = rule.model_dump(exclude={"id", "note"}, exclude_defaults=True)
        rules[rule_id(rule, code.id)] = ", ".join(f"{key}: {value}" for key, value in told.items())
    return rules


def _sets(before: Collection[str], after: Collection[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield what is gone and what is new, where there is any."""
    gone, new = [one for one in before if one not in after], [one for one in after if one not in before]
    yield from ((sign, names) for sign, names in (("-", gone), ("+", new)) if names)
