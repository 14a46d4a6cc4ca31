"""The tokenizer for transcribed French: rules as data, and the spaCy `Tokenizer` made of them.

Tokens follow the surface tokens of Universal Dependencies: an elided word ends at its apostrophe (« l'|école »), a
clitic after a hyphen is a token (« dit|-il », « cette année|-là »), « du » and « aujourd'hui » are one. What only
transcripts have stays whole too: cut words (« proj- », « proj~ ») and inclusive forms (« élu(e)s », « élu·e·s »).
"""

from __future__ import annotations

import re

from spacy.lang.char_classes import ALPHA, ALPHA_LOWER, ALPHA_UPPER
from spacy.lang.tokenizer_exceptions import URL_MATCH
from spacy.symbols import ORTH
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex
from spacy.vocab import Vocab

from ptce_qual.nlp.word_lists import read_words

APOSTROPHES = "'’ʼ‘"
_MARK = f"[{APOSTROPHES}]"
_HYPHEN = "[-‐‑]"

_ELIDED = rf"(?i:lorsqu|puisqu|quoiqu|jusqu|presqu|qu|[cdjlmnstyçz]){_MARK}"
_CLITICS = r"(?:t-ils?|t-elles?|t-on|je|tu|ils?|elles?|on|nous|vous|ce|ci|là|les?|la|lui|leur|moi|toi|y|en)"

_PREFIXES = (
    r"…|\.{2,}",
    r"[\"“”„«»‹›‘(\[{*¿¡<>]|``|''",
    rf"{_ELIDED}",
    rf"{_MARK}(?=[{ALPHA}])",
    r"[,;:!?/&=+|§@#)\]}%]",
    rf"[-–—]+(?=[{ALPHA}«\"“(\[…])",
    r"(?i:n°|n˚|n[o°]s?\.)(?=\d)",
    rf"~(?=[{ALPHA}])",
    r"[£$€](?=\d)",
)
_SUFFIXES = (
    r"…|\.{2,}",
    r"[\"“”»›«)\]}*<>]|''|``",
    r"[,;:!?/|]",
    rf"(?<=[{ALPHA}]){_HYPHEN}(?i:{_CLITICS})",
    rf"(?<=[{ALPHA_LOWER}\d~%°€)\]»\"”'’…-])\.",
    rf"(?<=[{ALPHA_UPPER}][{ALPHA_UPPER}])\.",
    r"(?<=\d)(?:%|°C|°|€|\$|£)",
    rf"(?<=[{ALPHA}][{ALPHA}\d]){_MARK}",
    r"(?<=.)[–—]+",
    r"(?<=\d)-+",
)
_INFIXES = (
    r"…|\.{2,}|[–—]|--+",
    rf"(?<=[{ALPHA}\d)\]»\"”~-])[,!?;:=](?=[{ALPHA}«(\[\"“])",
    rf"(?<=[{ALPHA}\d])[\"«»“”\[\]](?=[{ALPHA}\d])",
    rf"(?<=[{ALPHA_LOWER}][{ALPHA_LOWER}][{ALPHA_LOWER}])\.(?=[{ALPHA_UPPER}])",
    rf"(?<=[{ALPHA}]{{3}})/(?=[{ALPHA}]{{3}})",
    rf"(?<=[{ALPHA}])\((?=[{ALPHA}]{{4}})",
)
# Kept whole although a suffix rule would cut them: « celui-là », « rendez-vous », « élu(e)s », « Q. ».
_WHOLE = (
    rf"(?i:(?:celui|celle|ceux|celles|ce|par|de{_HYPHEN}par){_HYPHEN}(?:ci|là)|là{_HYPHEN}là"
    rf"|rendez{_HYPHEN}vous|garde{_HYPHEN}à{_HYPHEN}vous|(?:chez|soi|quant|à){_HYPHEN}(?:moi|toi|lui|nous|vous|elle)"
    rf"|[{ALPHA}]+\((?:e|s|es|x|le|ne|nes|rice|trice|ère|euse)\)s?"
    rf"|[{ALPHA}]{{1,12}}[-~])|{_HYPHEN}{_CLITICS}"
)


def _spellings(word: str) -> set[str]:
    marks = {word.replace("'", mark) for mark in APOSTROPHES} if "'" in word else {word}
    return {form for w in marks for form in (w, w[0].upper() + w[1:], w.upper())}


def _special_cases() -> dict[str, list[dict[int, str]]]:
    cases: dict[str, list[dict[int, str]]] = {}
    for line in read_words("tokens.txt"):
        pieces = line.split("|")
        for spelling in _spellings("".join(pieces)):
            tokens, start = [], 0
            for piece in pieces:
                text = spelling[start : start + len(piece)]
                tokens.append({ORTH: text})
                start += len(piece)
            cases[spelling] = tokens
    return cases


def make_tokenizer(vocab: Vocab) -> Tokenizer:
    """Return the tokenizer of `vocab`; it serialises with the pipeline, as any spaCy tokenizer does."""
    return Tokenizer(
        vocab,
        rules=_special_cases(),
        # In groups, since spaCy anchors each entry by adding « ^ » or « $ » to it, and entries hold alternatives.
        prefix_search=compile_prefix_regex([f"(?:{entry})" for entry in _PREFIXES]).search,
        suffix_search=compile_suffix_regex([f"(?:{entry})" for entry in _SUFFIXES]).search,
        infix_finditer=compile_infix_regex(_INFIXES).finditer,
        token_match=re.compile(f"^(?:{_WHOLE})$").match,
        url_match=URL_MATCH,
    )
