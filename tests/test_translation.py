"""The catalogue holds every sentence of the package, in French, and the functions that show them find it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from ptce_qual import translation
from ptce_qual.codebook.expression import ExpressionError, parse_expression
from ptce_qual.readers import parse_transcript
from ptce_qual.translation import DOMAIN, LANGUAGES, LOCALE, _, _n, language_in_use, use_language

PACKAGE = Path(translation.__file__).parent
KEYWORDS = DEFAULT_KEYWORDS | {"_": None, "_n": (1, 2)}  # those of `make translations`
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
TRANSLATED = [language for language in LANGUAGES if language != "en"]


@pytest.fixture(autouse=True)
def _language_restored() -> Iterator[None]:
    before = language_in_use()
    yield
    use_language(before)


def extracted() -> dict[str | tuple[str, ...], str]:
    """Return every message of the package, and where it stands first."""
    found: dict[str | tuple[str, ...], str] = {}
    for file, line, message, *_rest in extract_from_dir(PACKAGE, METHODS, keywords=KEYWORDS):
        found.setdefault(message, f"{PACKAGE.name}/{file}:{line}")
    return found


def catalogue(language: str, suffix: str = ".po") -> Catalog:
    path = LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}{suffix}"
    with path.open("rb") as stream:
        return read_po(stream, locale=language) if suffix == ".po" else read_mo(stream)


def forms(text: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return (text or "",) if isinstance(text, str) or text is None else tuple(text)


def placeholders(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in Formatter().parse(text) if name is not None}


def told(language: str, suffix: str = ".po") -> list[Message]:
    return [message for message in catalogue(language, suffix) if message.id]


def translated(language: str) -> list[Message]:
    return [message for message in told(language) if all(forms(message.string)) and not message.fuzzy]


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_of_the_package_is_translated(language: str) -> None:
    done = {message.id for message in translated(language)}
    missing = [f"{place}: {message}" for message, place in extracted().items() if message not in done]
    assert not missing, "run `make translations`, translate what it adds, run it again:\n" + "\n".join(missing)


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_catalogue_holds_nothing_else(language: str) -> None:
    known = extracted()
    assert [message.id for message in told(language) if message.id not in known] == []
    assert list(catalogue(language).obsolete) == []
    assert [message.id for message in told(language) if message.fuzzy] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_placeholders_of_its_source(language: str) -> None:
    for message in translated(language):
        sources = [placeholders(text) for text in forms(message.id)]
        assert [placeholders(text) for text in forms(message.string)] == sources, message.id


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_compiled_catalogue_is_the_written_one(language: str) -> None:
    written = {forms(message.id): forms(message.string) for message in translated(language)}
    assert {forms(message.id): forms(message.string) for message in told(language, ".mo")} == written
    assert catalogue(language, ".mo").plural_forms == catalogue(language).plural_forms


def test_french_typography() -> None:
    for message in told("fr"):
        for text in forms(message.string):
            assert not re.search("[ \u202f][:;?!»]|«[ \u202f]", text), f"a no-break space (U+00A0) is missing: {text}"


def calls() -> Iterator[tuple[str, ast.Call]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "_n"):
                yield f"{path.relative_to(PACKAGE.parent)}:{node.lineno}", node


def test_each_call_has_whole_messages_and_the_values_that_they_name() -> None:
    for place, call in calls():
        is_counted = ast.unparse(call.func) == "_n"
        messages = [ast.literal_eval(argument) for argument in call.args[: 2 if is_counted else 1]]
        assert all(isinstance(message, str) for message in messages), place
        values = {keyword.arg for keyword in call.keywords}
        if None in values or not (values or is_counted):  # `_` puts nothing into a message without values
            continue
        named = {name for message in messages for name in placeholders(message)}
        assert values <= named <= values | ({"count"} if is_counted else set()), place


def test_a_message_in_english_and_in_french() -> None:
    use_language("en")
    assert _("the file is empty") == "the file is empty"
    assert _("unknown key « {name} »", name="{x}") == "unknown key « {x} »"
    use_language("fr")
    assert language_in_use() == "fr"
    assert _("the file is empty") == "le fichier est vide"
    assert _("unknown key « {name} »", name="{x}") == "clé inconnue «\u00a0{x}\u00a0»"
    assert _("a message that stands in no catalogue") == "a message that stands in no catalogue"


def test_a_count_decides_by_the_rules_of_the_language() -> None:
    def shown() -> list[str]:
        return [_n("{path}: the codebook has {count} error", "{path}: the codebook has {count} errors", count, path="a")
                for count in (0, 1, 2)]  # fmt: skip

    use_language("en")
    assert [text.split("has ")[1] for text in shown()] == ["0 errors", "1 error", "2 errors"]
    use_language("fr")
    assert [text.split("comporte ")[1] for text in shown()] == ["0 erreur", "1 erreur", "2 erreurs"]


def test_a_language_without_catalogue_is_refused() -> None:
    with pytest.raises(ValueError, match="« xx »"):
        use_language("xx")
    assert language_in_use() in LANGUAGES


def test_a_message_is_made_when_the_problem_is_met() -> None:
    use_language("fr")
    assert parse_transcript("")[1][0].message == "le fichier ne contient pas de texte"
    with pytest.raises(ExpressionError, match="une expression vide") as caught:
        parse_expression("")
    assert caught.value.remedy == "Écrivez au moins un mot."
    use_language("en")
    assert parse_transcript("")[1][0].message == "the file holds no text"


def test_what_typer_says_is_translated_too() -> None:
    import typer

    package = Path(typer.__file__).parent
    said = {message for _file, _line, message, *_rest in extract_from_dir(package, keywords={"_": None})}
    with (LOCALE / "fr" / "LC_MESSAGES" / "messages.po").open("rb") as stream:
        known = {message.id: message.string for message in read_po(stream) if message.id}
    assert {text for text in said if isinstance(text, str)} <= known.keys()
    assert all(placeholders(text) == placeholders(told) for text, told in known.items() if "[/]" not in text)
