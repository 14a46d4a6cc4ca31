"""Whether a text is French."""

from __future__ import annotations

import pytest

from ptce_qual.readers import guess_language, parse_transcript

TEXTS = {
    "fr": "Ben oui, on a commencé à trois, dans une cuisine, y avait pas de chauffage, et puis le maire il "
    "est venu nous voir avec "
    "ses bottes, il a dit que c'était bien mais que la commune pouvait pas payer. Alors on a fait sans, "
    "quoi, pendant deux ans.",
    "en": "Well, we started with three people in a kitchen, there was no heating at all, and then the "
    "mayor came to see us in his "
    "boots and said that it was fine but that the town could not pay. So we did it without them for about "
    "two years or so.",
    "es": "Pues empezamos tres personas en una cocina, no había calefacción, y luego vino el alcalde con "
    "sus botas y dijo que estaba "
    "muy bien pero que el pueblo no podía pagar nada. Así que lo hicimos sin ellos durante más de dos "
    "años, con lo que había.",
    "de": "Also wir haben zu dritt in einer Küche angefangen, es gab keine Heizung, und dann ist der "
    "Bürgermeister mit seinen Stiefeln "
    "gekommen und hat gesagt, dass es gut ist, aber dass die Gemeinde nicht zahlen kann. Wir haben es dann "
    "ohne sie gemacht.",
}


@pytest.mark.parametrize(("language", "text"), TEXTS.items())
def test_languages_are_told_apart(language: str, text: str) -> None:
    verdict = guess_language(text)
    assert verdict.language == language
    assert verdict.is_french is (language == "fr")


@pytest.mark.parametrize("text", ["", "Oui.", "Yes.", "1 2 3 " * 100])
def test_too_little_is_no_verdict(text: str) -> None:
    assert guess_language(text).is_french


def test_words_of_no_language_are_not_french() -> None:
    assert not guess_language("lorem ipsum dolor sit amet consectetur " * 20).is_french


def test_another_language_is_a_warning() -> None:
    _, problems = parse_transcript(f"E : Oui ?\nR : {TEXTS['en']}\n")
    [problem] = problems
    assert problem.severity == "warning"
    assert problem.message.startswith("this does not look like French")
