"""Wrong usage: told in the language in use, with exit code 2."""

from __future__ import annotations

import pytest
from small_studies import Call

WRONG = [
    (["run", "--quiet"], "There is no option --quiet. Did you mean", "Il n'y a pas d'option --quiet."),
    (["run", "--zzzzz"], "There is no option --zzzzz.", "Il n'y a pas d'option --zzzzz."),
    (["explain"], "The argument 'SENTENCE|TRANSCRIPT:START-END' is missing.", "Il manque l'argument"),
    (["run", "--by"], "The option '--by' needs a value.", "L'option '--by' demande une valeur."),
    (["run", "--no-report=1"], "takes no value", "ne prend pas de valeur"),
    (["run", "--jobs", "x"], "it is no whole number", "ce n'est pas un nombre entier"),
    (["run", "--jobs", "0"], "it is less than 1", "c'est moins que 1"),
    (["coverage", "--format", "zz"], "'zz' is none of 'table', 'csv', 'json'", "'zz' n'est pas parmi 'table'"),
    (["run", "a", "b", "c"], "Too many arguments: b c", "Il y a trop d'arguments"),
    (["frobnicate"], "No such command 'frobnicate'.", "Il n'y a pas de commande 'frobnicate'."),
]


@pytest.mark.parametrize(("arguments", "english", "french"), WRONG, ids=[" ".join(one) for one, _en, _fr in WRONG])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_wrong_usage(arguments: list[str], english: str, french: str, language: str, call: Call) -> None:
    ended = call("--lang", language, *arguments)
    assert ended.code == 2
    told = " ".join(ended.err.replace("│", " ").split())
    assert {"en": english, "fr": french}[language] in told
    assert ended.out == ""


def test_an_unknown_language_is_told(call: Call) -> None:
    ended = call("--lang", "xx", "run")
    assert ended.code == 2
    assert "can't be used: « xx »" in " ".join(ended.err.replace("│", " ").split())
