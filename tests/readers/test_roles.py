"""Roles from labels."""

from __future__ import annotations

import pytest

from ptce_qual.readers import parse_transcript, role_of
from ptce_qual.readers.roles import folded_roles

KNOWN = {
    "interviewer": [
        "Enquêteur",
        "ENQUÊTRICE",
        "enqueteur",
        "E",
        "Q",
        "Chercheur",
        "Chercheuse",
        "Chercheure",
        "Chercheur·se",
        "Intervieweur",
        "Intervieweuse",
        "Interviewer",
        "Question",
        "Question 3",
        "Enquêteur 2",
        "E1",
        "L'enquêtrice",
        "Chercheuse Marie",
        "Q.",
        "Researcher",
        "Chercheur(e)",
    ],
    "respondent": [
        "Enquêté",
        "Enquêtée",
        "Enquêté(e)",
        "Enquêté·e",
        "R",
        "R2",
        "Interviewé",
        "Interviewee",
        "INTERVIEWÉE",
        "Répondant",
        "Répondante",
        "Réponse",
        "réponses",
        "Respondent",
        "Interviewé (le maire)",
        "L’enquêté",
    ],
    "unknown": ["Marie", "Maire", "Élu", "Directrice", "MALIK", "M", "Interruption", "Question argent", "Speaker 1"],
}


@pytest.mark.parametrize(("role", "label"), [(role, label) for role, labels in KNOWN.items() for label in labels])
def test_default_roles(role: str, label: str) -> None:
    assert role_of(label) == role


@pytest.mark.parametrize(
    ("beside", "roles"),
    [
        (["E", "R"], ["interviewer", "respondent"]),
        (["Q", "R"], ["interviewer", "respondent"]),
        (["I", "R"], ["interviewer", "respondent"]),
        (["C", "I"], ["interviewer", "respondent"]),
        (["I", "M"], ["unknown", "unknown"]),
    ],
)
def test_an_initial_takes_its_meaning_from_its_partner(beside: list[str], roles: list[str]) -> None:
    assert [role_of(label, beside=beside) for label in beside] == roles


def test_the_user_decides() -> None:
    told = folded_roles({"Driss": "respondent", "Enquêté": "interviewer"})
    assert role_of("DRISS", roles=told) == "respondent"
    assert role_of("enquete 2", roles=told) == "interviewer"


def test_one_warning_for_each_unknown_speaker() -> None:
    transcript, problems = parse_transcript("Enquêteur : Un ?\nDriss : Deux.\nEnquêteur : Trois ?\nDriss : Quatre.")
    assert transcript is not None
    assert [turn.role for turn in transcript.turns] == ["interviewer", "unknown"] * 2
    assert [problem.message.split("»")[0] for problem in problems] == ["the role of the speaker « Driss "]
    assert problems[0].remedy == "Name it under `roles` in study.yaml, as in « Driss: respondent »."


def test_an_answer_prevails_where_two_speak_at_once() -> None:
    transcript, _ = parse_transcript("E : Un ?\nR : Deux.\nE et R : Trois !\n")
    assert transcript is not None
    assert (transcript.turns[2].speakers, transcript.turns[2].role) == (("E", "R"), "respondent")
