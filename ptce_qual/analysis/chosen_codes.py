"""The codes that a user asks for by their ids."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Sequence

from ptce_qual.codebook.model import Codebook
from ptce_qual.errors import InputError
from ptce_qual.translation import _


def chosen_codes(asked: Sequence[str], known: Collection[str], codebook: Codebook) -> list[str]:
    """Return the codes asked for among those known, in the order of these; all of them where none is asked for.

    A code that groups others stands for those below it as well, a former id for the code of today.

    Raises:
        InputError: there is no such code.
    """
    if not asked:
        return list(known)
    wanted: set[str] = set()
    for name in asked:
        code = codebook.by_id.get(name)
        if code is None and name not in known:
            raise _unknown(name, [*known, *codebook.by_id])
        current = code.id if code else name
        wanted |= {current, *(below.id for below in codebook.descendants(current))}
    return [name for name in known if name in wanted]


def _unknown(name: str, known: Sequence[str]) -> InputError:
    message = _("there is no code « {name} »", name=name)
    close = difflib.get_close_matches(name, known, 1)
    hint = (
        _("did you mean « {close} »?", close=close[0])
        if close
        else _("there are: {names}", names=", ".join(dict.fromkeys(known)))
    )
    return InputError(f"{message}; {hint}")
