"""The codes that a user asks for by their ids."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ptce_qual.codebook.model import Codebook
from ptce_qual.errors import InputError
from ptce_qual.folding import fold
from ptce_qual.translation import _
from ptce_qual.wording import unknown


def chosen_codes(asked: Sequence[str], known: Collection[str], codebook: Codebook) -> list[str]:
    """Return the codes asked for among those known, in the order of these; all of them where none is asked for.

    A former id stands for the code of today, a code that is not known itself for those below it.

    Raises:
        InputError: there is no such code.
    """
    wanted: set[str] = set()
    for name in asked:
        code = codebook.by_id.get(name)
        current = code.id if code else name
        if current in known:
            wanted.add(current)
        elif code:
            wanted.update(below.id for below in codebook.descendants(current))
        else:
            raise _unknown(name, [*codebook.by_id, *known])
    return [name for name in known if not asked or name in wanted]


def _unknown(name: str, known: Sequence[str]) -> InputError:
    return InputError(unknown(_("the codebook has no code « {name} »", name=name), name, known))


def ids_of_names(names: Sequence[str], codebook: Codebook) -> list[str]:
    """Return an id for each name: an id or a former one, a label, or the beginning of one label only.

    Capitals, accents and apostrophes make no difference to labels; a name that fits none is left for `chosen_codes`.

    Raises:
        InputError: several labels begin so.
    """
    return [_id_of_name(name, codebook) for name in names]


def _id_of_name(name: str, codebook: Codebook) -> str:
    if name in codebook.by_id or not name.strip():
        return name
    told = fold(name.strip())
    labels = {code.id: fold(code.label) for code in codebook.codes}
    whole = [code_id for code_id, label in labels.items() if label == told]
    found = whole or [code_id for code_id, label in labels.items() if label.startswith(told)]
    if len(found) > 1:
        raise InputError(
            _("« {name} » begins the labels of several codes: {codes}; name one", name=name, codes=", ".join(found))
        )
    return found[0] if found else name
