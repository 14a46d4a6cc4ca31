"""Text → speaker turns. A turn begins after its label and ends with its last paragraph; labels are in no turn."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence

from ptce_qual.model import Problem, Role, Turn
from ptce_qual.readers.dialogue import find_dialogue
from ptce_qual.readers.headings import Headings
from ptce_qual.readers.labels import find_labels
from ptce_qual.readers.lines import Line, LineNumbers, iter_lines, stripped_span
from ptce_qual.readers.reading import Label, Reading
from ptce_qual.readers.roles import folded_roles, role_of
from ptce_qual.readers.speakers import Choice, choose_speakers, speakers_of
from ptce_qual.readers.word_lists import COVER, fold
from ptce_qual.translation import _, _n

_LONG_BEGINNING = 500  # characters before the first label that deserve a word
_FEW = 6  # labels that may stand in any text
_COVER_LINES, _COVER_WIDTH = 30, 200


def split_turns(
    reading: Reading, file: str = "", roles: Mapping[str, Role] | None = None
) -> tuple[tuple[Turn, ...], list[Problem]]:
    """Return the turns of a reading in the text's order, never overlapping, and what is to be said of them.

    What can't be split is one respondent's turn.

    Args:
        file: what problems name.
        roles: labels → role, before the defaults.
    """
    lines = [line for line in iter_lines(reading.text, reading.body) if reading.text[line.start : line.end].strip()]
    told = folded_roles(roles)
    choice = choose_speakers(
        _without_cover(find_labels(reading), lines), lines[0].start if lines else 0, len(lines), told
    )
    if _is_chance(choice, reading):
        choice = Choice()
    labels, problems = choice.labels, _problems_of_labels(choice, LineNumbers(reading.text), file)
    if not labels:
        dialogue = None if reading.wrapped else find_dialogue(reading)
        if dialogue is None:
            return (_whole(reading),), [_unsplit(file), *problems]
        labels, told = dialogue.labels, dialogue.roles | told
        problems.append(_told_by_dashes(file, in_doubt=dialogue.in_doubt))
    headings = Headings(reading, lines, labels[0].start)
    turns = _turns(reading, labels, headings, told)
    problems += _problem_of_beginning(reading, labels[0], file)
    problems += headings.problems(file)
    return turns, problems + _problems_of_roles(turns, file)


def _is_chance(choice: Choice, reading: Reading) -> bool:
    """Whether the labels are so few and begin so late that the text is none that was split into turns."""
    if not choice.labels or len(choice.labels) >= _FEW:
        return False
    before = reading.text[reading.body : choice.labels[0].start].strip()
    return len(before) > _LONG_BEGINNING and 2 * len(before) > len(reading.text) - reading.body


def _without_cover(labels: list[Label], lines: Sequence[Line]) -> list[Label]:
    """Leave out the cover lines (« Date : 3 mars », « Enquêteur : Jean Dupont ») above the first turn."""
    counts = Counter(fold(label.name) for label in labels)
    cover = {
        label.start
        for label in labels
        if label.kind == "colon" and fold(label.name) in COVER and counts[fold(label.name)] < 3
    }
    top: list[int] = []
    for line in lines[:_COVER_LINES]:
        if line.end - line.start > _COVER_WIDTH:
            break
        top.append(line.start)
    last = max((start for start in top if start in cover), default=-1)
    return [label for label in labels if label.start > last]


def _turns(reading: Reading, labels: Sequence[Label], headings: Headings, told: Mapping[str, Role]) -> tuple[Turn, ...]:
    spellings = {fold(label.name): label.name for label in labels}
    stops = [label.start for label in labels[1:]] + [len(reading.text)]
    roles: dict[tuple[str, ...], Role] = {}
    turns = []
    for label, following in zip(labels, stops, strict=True):
        stop = following if label.stop is None else min(label.stop, following)
        start, end = stripped_span(reading.text, label.end, headings.cut(label.end, stop))
        speakers = speakers_of(label.name, spellings)
        if speakers not in roles:
            roles[speakers] = _joint_role([role_of(speaker, beside=spellings, roles=told) for speaker in speakers])
        turns.append(Turn(speakers, roles[speakers], start, end, *_times(reading, label, start, end)))
    return tuple(turns)


def _joint_role(roles: Sequence[Role]) -> Role:
    """Return the role of a turn in which several speak: who answers prevails, so that no answer is left uncoded."""
    if "respondent" in roles:
        return "respondent"
    return "unknown" if "unknown" in roles else "interviewer"


def _times(reading: Reading, label: Label, start: int, end: int) -> tuple[float | None, float | None]:
    if label.timed or not reading.cues or start == end:
        return label.time_start, label.time_end
    starts = [cue.start for cue in reading.cues]
    first = reading.cues[max(bisect_right(starts, start) - 1, 0)]
    last = reading.cues[max(bisect_right(starts, end - 1) - 1, 0)]
    return first.time_start, last.time_end


def _problems_of_labels(choice: Choice, numbers: LineNumbers, file: str) -> list[Problem]:
    problems = []
    for label, meant in choice.slips:
        message = _(
            "the speaker label « {name} » is probably a slip; the turn is given to « {meant} »",
            name=label.name,
            meant=meant,
        )
        remedy = _("Did you mean « {name} »?", name=meant)
        problems.append(Problem("warning", file, numbers[label.start], message, remedy))
    for label in choice.labels:
        if label.time_fault:
            message = _(
                "the time « {time} » beside « {name} » is not written as minutes:seconds",
                time=label.time_fault,
                name=label.name,
            )
            problems.append(Problem("warning", file, numbers[label.start], message, _("Correct it, as in 1:05.")))
    for label in choice.doubtful:
        message = _(
            "« {name} : » looks like a speaker's label but comes too rarely; it is read as speech", name=label.name
        )
        remedy = _("If it is a speaker, name it under `roles` in study.yaml.")
        problems.append(Problem("notice", file, numbers[label.start], message, remedy))
    return sorted(problems, key=lambda problem: (problem.line or 0, problem.message))


def _problems_of_roles(turns: Sequence[Turn], file: str) -> list[Problem]:
    spoken = [turn for turn in turns if turn.start < turn.end]
    unknown = dict.fromkeys(speaker for turn in spoken if turn.role == "unknown" for speaker in turn.speakers)
    problems = [
        Problem(
            "warning",
            file,
            None,
            _(
                "the role of the speaker « {speaker} » is not known; what they say is coded as a respondent's",
                speaker=speaker,
            ),
            _("Name it under `roles` in study.yaml, as in « {speaker}: respondent ».", speaker=speaker),
        )
        for speaker in unknown
    ]
    if {turn.role for turn in turns} == {"interviewer"}:
        message = _(
            "only an interviewer was found among the speakers: answers may have no label, and would not be coded"
        )
        problems.append(Problem("warning", file, None, message, _("Label the answers as well, or set `roles`.")))
    return problems


def _problem_of_beginning(reading: Reading, first: Label, file: str) -> list[Problem]:
    before = reading.text[reading.body : first.start].strip()
    if len(before) <= _LONG_BEGINNING:
        return []
    message = _n(
        "{count} character before the first speaker label is in no turn and will not be coded",
        "{count} characters before the first speaker label are in no turn and will not be coded",
        len(before),
    )
    return [Problem("warning", file, None, message, _("Label their speaker if they are part of the interview."))]


def _told_by_dashes(file: str, *, in_doubt: bool) -> Problem:
    if not in_doubt:
        return Problem("notice", file, None, _("the speakers are only told apart by dashes, taken as alternating"))
    message = _(
        "the speakers are only told apart by dashes, taken as alternating; the questions do not all fall on one side, "
        "so a dash may be missing"
    )
    return Problem("warning", file, None, message, _("Label the speakers, as in « E : » and « R : »."))


def _whole(reading: Reading) -> Turn:
    """Return a text that can't be split, without its front matter, as one turn of nobody named."""
    start, end = stripped_span(reading.text, reading.body, len(reading.text))
    return Turn((), "respondent", start, end)


def _unsplit(file: str) -> Problem:
    message = _("no speaker turns were found; the whole is coded as one respondent's turn")
    return Problem("warning", file, None, message, _("Begin each turn by its speaker, as in « Enquêteur : »."))
