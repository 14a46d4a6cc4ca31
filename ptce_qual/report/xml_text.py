"""Texts as XML takes them: what it forbids is replaced by U+FFFD, and each end of line is a line feed."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_END = re.compile("\r\n?")


def xml_text(text: str) -> str:
    """Return a text that can stand in a document."""
    return _FORBIDDEN.sub("\ufffd", _LINE_END.sub("\n", text))
