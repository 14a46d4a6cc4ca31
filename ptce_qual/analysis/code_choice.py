"""The codes that an analysis is asked for, by id."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.errors import InputError
from ptce_qual.translation import _


def chosen_codes(
    coded: CodedCorpus, names: Sequence[str] = (), *, descendants: bool = False
) -> dict[str, frozenset[str]]:
    """Return the codes asked for, in the codebook's order, and the ids whose codings count for each.

    Args:
        names: ids, former ones too; a code that only groups others stands for those below it. All codes for none.
        descendants: as for `CodedCorpus.codes`.

    Raises:
        InputError: the codebook has no such code.
    """
    known = coded.codes(descendants=descendants)
    if not names:
        return known
    wanted: set[str] = set()
    for name in names:
        code = coded.codebook.by_id.get(name)
        code_id = code.id if code else name
        if code_id in known:
            wanted.add(code_id)
        elif code:
            wanted.update(below.id for below in coded.codebook.descendants(code_id))
        else:
            raise _unknown(name, [*coded.codebook.by_id, *known])
    return {code_id: ids for code_id, ids in known.items() if code_id in wanted}


def _unknown(name: str, known: Sequence[str]) -> InputError:
    message = _("the codebook has no code « {name} »", name=name)
    close = difflib.get_close_matches(name, known, 1)
    return InputError(f"{message}; " + _("did you mean « {close} »?", close=close[0]) if close else message)
