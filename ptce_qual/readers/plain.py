"""Plain text and Markdown (.txt, .md): the decoded file is the text, front matter and labels included."""

from __future__ import annotations

from pathlib import Path

from ptce_qual.model import Problem
from ptce_qual.readers.encoding import decode
from ptce_qual.readers.front_matter import parse_front_matter
from ptce_qual.readers.reading import Reading


def read_plain(path: Path, file: str) -> Reading | Problem:
    """Read a text file in whatever encoding; returns an error where it is not text."""
    decoded = decode(path.read_bytes(), file)
    if isinstance(decoded, Problem):
        return decoded
    text, problems = decoded
    reading = parse_plain(text, file)
    return Reading(
        text,
        (*problems, *reading.problems),
        body=reading.body,
        attributes=reading.attributes,
        case_id=reading.case_id,
    )


def parse_plain(text: str, file: str = "") -> Reading:
    """Return a text with what its front matter tells."""
    front = parse_front_matter(text, file)
    return Reading(text, front.problems, body=front.end, attributes=front.attributes, case_id=front.case_id)
