"""Rules and points that nearly made a sentence carry their code, and what stood in the way: what their author wants."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ptce_qual.codebook.expression import Sequence as Expressions
from ptce_qual.codebook.expression import expression_text, parse_expression
from ptce_qual.codebook.model import SHARE_WITHOUT_RULE
from ptce_qual.coding.coder import DocCoder
from ptce_qual.coding.patterns import Match, Near, Ordered, Pattern, Together
from ptce_qual.coding.points import as_match
from ptce_qual.coding.rules import CompiledRule
from ptce_qual.coding.sentences import Sentence
from ptce_qual.translation import _

_MOST = 8
_MOST_OF_A_CODE = 2


_NEAR = 0.7  # of the points needed


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A rule that did not fire, or points that did not suffice: why, and the token ranges found all the same.

    Args:
        id: of the rule, or of the evidence that words would have been.
        line: where it stands in the codebook.
    """

    code_id: str
    id: str
    line: int
    reason: str
    found: Match


def near_misses(coder: DocCoder, sentence: Sentence, most: int = _MOST) -> list[NearMiss]:
    """Return the rules and points that nearly coded a sentence, two of a code at the most, the closest first.

    Too few points come first; then called off or out of context, words too far apart, one group of words missing, and
    another question.
    """
    fired = coder.fired(sentence)
    misses = [(-1.0, miss) for miss in _by_points(coder, sentence)]
    for rule in coder.rules.rules:
        if rule.pattern is not None and rule.number not in fired:
            miss = _called_off(coder, rule, rule.pattern, sentence) or _incomplete(coder, rule, rule.pattern, sentence)
            if miss:
                misses.append(miss)
    ranked = [miss for _rank, miss in sorted(misses, key=lambda one: (one[0], one[1].line))]
    told: Counter[str] = Counter()
    chosen = []
    for near in ranked:
        told[near.code_id] += 1
        if told[near.code_id] <= _MOST_OF_A_CODE:
            chosen.append(near)
    return chosen[:most]


def _called_off(
    coder: DocCoder, rule: CompiledRule, pattern: Pattern, sentence: Sentence
) -> tuple[float, NearMiss] | None:
    """Return why a rule whose words all stand here does not hold."""
    matches = sentence.stretch.matches(pattern)
    if not matches or coder.rules.is_common(pattern):
        return None
    if rule.code_id in coder.rules.points.scales and coder.matches(rule, sentence):
        return None  # it holds: what lacks are points, which `_by_points` tells
    rank = 0.0 if _is_asked(rule, sentence) else 2.0  # what would take another question is far off
    return rank, _miss(rule, _reason(coder, rule, sentence), matches[0])


def _by_points(coder: DocCoder, sentence: Sentence) -> Iterator[NearMiss]:
    """Yield the codes that most of the points needed speak for, or a rule that holds, and that are not coded."""
    coded = coder.codes(sentence)
    rules = coder.matching(sentence)
    for scale in coder.rules.points.scales.values():
        points, needed = coder.tally(sentence, scale.code_id) or (0, 0)
        of_code = rules.get(scale.code_id, [])
        if scale.code_id in coded or (points < _NEAR * needed and not of_code):
            continue
        words = as_match(coder.rules.points.said(scale, sentence.stretch))
        found = tuple(sorted({span for rule in of_code for span in coder.matches(rule, sentence)[0]} | set(words)))
        if points < needed:
            reason = _("with all words and rules {points} points of the {needed} needed", points=points, needed=needed)
        else:
            reason = _(
                "{points} points, {needed} needed, but without a rule the sentence itself must bring {least}",
                points=points,
                needed=needed,
                least=f"{SHARE_WITHOUT_RULE * needed:g}",
            )
        yield NearMiss(scale.code_id, of_code[0].id if of_code else scale.id, scale.line, reason, found)


def _miss(rule: CompiledRule, reason: str, found: Match) -> NearMiss:
    return NearMiss(rule.code_id, rule.id, rule.line, reason, found)


def _reason(coder: DocCoder, rule: CompiledRule, sentence: Sentence) -> str:
    for text, absent in zip((*rule.source.none, *rule.source.unless), rule.absent, strict=True):
        found = sentence.stretch.matches(absent)
        if found:
            return _("called off by « {words} » (unless {expression})", words=_words(coder, found[0]), expression=text)
    elsewhere = _condition(coder, rule, sentence)
    if elsewhere:
        return elsewhere
    if rule.source.clue and coder.matches(rule, sentence):
        return _("a clue: it counts only beside another rule of the code")
    return _("called off by an exception of the code")


def _is_asked(rule: CompiledRule, sentence: Sentence) -> bool:
    """Tell whether the last question says what a rule wants of it."""
    asked = sentence.question
    return rule.question is None or bool(asked and asked.stretch.matches(rule.question))


def _condition(coder: DocCoder, rule: CompiledRule, sentence: Sentence) -> str:
    """Return which condition on what stands around the sentence does not hold; the empty text if all do."""
    source = rule.source
    if source.role is not None and source.role != sentence.turn.label_:
        return _("only for the role {role}", role=source.role)
    if source.speaker is not None and source.speaker not in sentence.turn.kb_id_.split("|"):
        return _("only for the speaker {speaker}", speaker=source.speaker)
    if not _is_asked(rule, sentence):
        return _("the question before does not say: {expression}", expression=source.question)
    if rule.context is not None and not coder.in_context(rule.context, sentence):
        return _("neither the sentences before nor the question say: {expression}", expression=source.context)
    return ""


def _incomplete(
    coder: DocCoder, rule: CompiledRule, pattern: Pattern, sentence: Sentence
) -> tuple[float, NearMiss] | None:
    """Return what a rule of several groups of words lacks, if it lacks one group or only their nearness."""
    parts = _parts(pattern)
    if len(parts) < 2:
        return None
    found = [sentence.stretch.matches(part) for part in parts]
    missing = [place for place, matches in enumerate(found) if not matches]
    spans = tuple(sorted({span for matches in found if matches for span in matches[0]}))
    if not missing:
        return 1.0, _miss(rule, _too_far(rule), spans)
    standing = [part for part, matches in zip(parts, found, strict=True) if matches]
    if len(missing) > 1 or all(map(coder.rules.is_common, standing)):
        return None
    reason = _("nothing here is {expression}", expression=_part_text(rule, missing[0]))
    return 1.0 + 1.0 / len(parts), _miss(rule, reason, spans)


def _parts(pattern: Pattern) -> tuple[Pattern, ...]:
    match pattern:
        case Ordered(parts=parts):
            return parts
        case Near(groups=groups):
            return groups
        case Together(every=every, some=some):
            return (*every, some) if some else every
    return ()


def _too_far(rule: CompiledRule) -> str:
    if rule.source.near is not None:
        return _("its words stand more than {count} words apart", count=rule.source.within)
    return _("its words stand in another order, or more than {count} words apart", count=rule.source.gap)


def _part_text(rule: CompiledRule, place: int) -> str:
    source = rule.source
    if source.phrase is not None:
        node = parse_expression(source.phrase)
        return expression_text(node.parts[place]) if isinstance(node, Expressions) else source.phrase
    if source.near is not None:
        return source.near[place]
    every = source.all or []
    return every[place] if place < len(every) else " | ".join(source.any or [])


def _words(coder: DocCoder, match: Match) -> str:
    return " … ".join(coder.doc[first:last].text for first, last in match)
