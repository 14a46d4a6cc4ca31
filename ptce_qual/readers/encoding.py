"""Bytes of a text file → its characters, exactly: line ends stay as they are, only a byte-order mark is dropped."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from ptce_qual.model import Problem
from ptce_qual.translation import _, _n

_MARKS = (  # the longer marks first: UTF-32's begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_FRENCH = frozenset("éèêëàâäùûüîïôöçœæÿÉÈÊËÀÂÄÙÛÜÎÏÔÖÇŒÆŸ«»“”‘’„–—…•°·€²³½¼¾×±§´\u00a0\u00ad")
_NOT_IN_WORDS = re.compile("[½¼¾](?=[a-zéè])|(?<=[a-zA-Z])[½¼¾]")  # what ISO-8859-15's « œ » becomes
_NAMES = {
    "cp1252": "Windows-1252",
    "iso-8859-1": "ISO-8859-1",
    "iso-8859-15": "ISO-8859-15",
    "mac_roman": "Mac Roman",
    "cp850": "CP850",
}
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x14\x16-\x1f\x7f]")  # \x15 marks times in CHAT
_SURE = 0.8  # share of the non-ASCII characters that French uses


def decode(data: bytes, file: str) -> tuple[str, list[Problem]] | Problem:
    """Return the text of `data` and what is to be declared of its encoding, or an error where it is not text."""
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return _decode_marked(data[len(mark) :], codec, name, file)
    codec = _unmarked_utf16(data)
    if codec:
        return _decode_marked(data, codec, _("UTF-16 without byte-order mark"), file)
    if b"\0" in data:
        return _binary(file)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_legacy(data, file)
    return _binary(file) if _is_binary(text) else (text, [])


def _decode_marked(data: bytes, codec: str, name: str, file: str) -> tuple[str, list[Problem]] | Problem:
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        if codec == "utf-8":
            return _decode_legacy(data, file)
        message = _(
            "the text is not valid {encoding}: {reason} at byte {position}",
            encoding=name,
            reason=error.reason,
            position=error.start,
        )
        return Problem("error", file, None, message, _("Save the file again as UTF-8."))
    if _is_binary(text):
        return _binary(file)
    if name == "UTF-8":
        message = _("encoding: UTF-8 with a byte-order mark, which is not part of the text")
        return text, [Problem("notice", file, None, message)]
    return text, [_notice(file, name)]


def _unmarked_utf16(data: bytes) -> str:
    """Return the codec of UTF-16 without a mark: in French text nearly every second byte is zero."""
    half = len(data) // 2
    if half < 2 or len(data) % 2:
        return ""
    for codec, offset in (("utf-16-le", 1), ("utf-16-be", 0)):
        zeros, others = data[offset::2].count(0), data[1 - offset :: 2].count(0)
        if zeros > 0.7 * half and not others:
            return codec
    return ""


def _decode_legacy(data: bytes, file: str) -> tuple[str, list[Problem]] | Problem:
    """Decode what is not UTF-8: mostly UTF-8 with a few spoilt bytes, or one byte a character."""
    repaired = data.decode("utf-8", "surrogateescape")
    spoilt = re.findall("[\udc80-\udcff]", repaired)
    accented = sum(1 for character in repaired if "\x7f" < character < "\ud800")
    if len(spoilt) * 4 <= accented:
        return _mixed(repaired, len(spoilt), file)
    best, text, score = _best_single_byte(data)
    if _is_binary(text):
        return _binary(file)
    if score >= _SURE:
        return text, [_notice(file, _NAMES.get(best, best))]
    message = _("the encoding is uncertain; read as {encoding}", encoding=_NAMES.get(best, best))
    return text, [Problem("warning", file, None, message, _("Look at the accents, and save the file again as UTF-8."))]


def _mixed(text: str, spoilt: int, file: str) -> tuple[str, list[Problem]] | Problem:
    first = re.search("[\udc80-\udcff]", text)
    line = text.count("\n", 0, first.start()) + 1 if first else None
    whole = re.sub("[\udc80-\udcff]", lambda match: bytes([ord(match[0]) - 0xDC00]).decode("cp1252", "replace"), text)
    if _is_binary(whole):
        return _binary(file)
    message = _n(
        "UTF-8 with {count} byte that is not, read as Windows-1252; it is on this line",
        "UTF-8 with {count} bytes that are not, read as Windows-1252; the first on this line",
        spoilt,
    )
    return whole, [Problem("warning", file, line, message, _("Look at these characters, and save the file as UTF-8."))]


def _best_single_byte(data: bytes) -> tuple[str, str, float]:
    """Return (codec, text, share of French among the accented characters), the likeliest first where they tie.

    charset-normalizer alone often takes short French text for Central European or Cyrillic, so it is only asked where
    no encoding that France has used gives French.
    """
    best = ("", "", -1.0)
    for codec in _NAMES:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if codec == "iso-8859-1" and re.search("[\x80-\x9f]", text) is None and best[0] == "cp1252":
            continue  # the two are one here
        score = _french_share(text)
        if score > best[2]:
            best = (codec, text, score)
    if best[2] < _SURE:
        guess = from_bytes(data[:200_000]).best()
        if guess is not None and guess.encoding not in _NAMES:
            return guess.encoding, data.decode(guess.encoding, "replace"), best[2]
    return best


def _french_share(text: str) -> float:
    accented = [character for character in text if character > "\x7f"]
    if not accented:
        return 1.0
    french = sum(character in _FRENCH for character in accented) - len(_NOT_IN_WORDS.findall(text))
    return french / len(accented)


def _is_binary(text: str) -> bool:
    if "\0" in text:
        return True
    return len(_CONTROLS.findall(text)) > len(text) // 100


def _binary(file: str) -> Problem:
    message = _("not a text file: it holds binary data")
    return Problem("error", file, None, message, _("Export the interview as .txt, .md, .docx or .odt."))


def _notice(file: str, encoding: str) -> Problem:
    return Problem("notice", file, None, _("encoding: {encoding}", encoding=encoding))
