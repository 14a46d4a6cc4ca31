"""Splitting into turns, by each convention: a table of texts and of the turns that they hold."""

from __future__ import annotations

import pytest

from ptce_qual.model import Problem, Transcript
from ptce_qual.readers import parse_transcript

Spoken = list[tuple[str, str]]


def read(text: str, **options: object) -> tuple[Transcript, list[Problem]]:
    transcript, problems = parse_transcript(text, **options)  # type: ignore[arg-type]
    assert transcript is not None
    return transcript, problems


def spoken(transcript: Transcript) -> Spoken:
    return [("+".join(turn.speakers), transcript.text[turn.start : turn.end]) for turn in transcript.turns]


def messages(problems: list[Problem], severity: str = "warning") -> list[str]:
    return [problem.message for problem in problems if problem.severity == severity]


CONVENTIONS = {
    "full names in capitals": (
        "MALIK : Oui.\n\nJOSIANE : Non.\n\nMALIK : Si.\n",
        [("MALIK", "Oui."), ("JOSIANE", "Non."), ("MALIK", "Si.")],
    ),
    "E and R": ("E : Ça va ?\nR : Oui.", [("E", "Ça va ?"), ("R", "Oui.")]),
    "no space before the colon": ("E: Ça va ?\nR: Oui.", [("E", "Ça va ?"), ("R", "Oui.")]),
    "no-break spaces": (
        "Enquêteur\u00a0:\u00a0Ça va\u00a0?\nEnquêté\u202f: Oui.",
        [("Enquêteur", "Ça va\u00a0?"), ("Enquêté", "Oui.")],
    ),
    "no space after the colon": ("E :Ça va ?\nR :Oui.", [("E", "Ça va ?"), ("R", "Oui.")]),
    "Q. and R.": (
        "Q. Depuis quand ?\n\nR. M. Dupont le sait.\nM. Dupont sait tout.",
        [("Q", "Depuis quand ?"), ("R", "M. Dupont le sait.\nM. Dupont sait tout.")],
    ),
    "Q : and R.": (
        "Q : Un ?\nR. Deux.\nQ : Trois ?\nR. Quatre.",
        [("Q", "Un ?"), ("R", "Deux."), ("Q", "Trois ?"), ("R", "Quatre.")],
    ),
    "brackets and times": (
        "Entretien 3\n\n[Chercheur] (0:01 - 0:11)\nBonjour.\n\n[Interviewe] (0:12– 1:02:03)\nOui.\nEt non.\n",
        [("Chercheur", "Bonjour."), ("Interviewe", "Oui.\nEt non.")],
    ),
    "brackets alone": (
        "[Enquêteur]\nOui ?\n[Enquêtée]\nNon.\n[silence]\n[Enquêteur]\nAh.",
        [("Enquêteur", "Oui ?"), ("Enquêtée", "Non.\n[silence]"), ("Enquêteur", "Ah.")],
    ),
    "brackets and text on one line": ("[Nadia] Oui.\n[Paul] Non.\n" * 3, [("Nadia", "Oui."), ("Paul", "Non.")] * 3),
    "a bracket forgotten": (
        "[Nadia] (0:01 - 0:02)\nOui.\nPaul] (0:02 - 0:03)\nNon.",
        [("Nadia", "Oui."), ("Paul", "Non.")],
    ),
    "time before the name": ("[00:01] E : Ça va ?\n00:12 R : Oui.", [("E", "Ça va ?"), ("R", "Oui.")]),
    "time after the name": (
        "Enquêteur (00:01:02) : Ça va ?\nNadia (00:01:05) : Oui.",
        [("Enquêteur", "Ça va ?"), ("Nadia", "Oui.")],
    ),
    "a name and a time on their own line": (
        "Anne 0:01\nÇa va ?\n\nPaul 0:12\nOui.",
        [("Anne", "Ça va ?"), ("Paul", "Oui.")],
    ),
    "Markdown, colon inside": (
        "**Enquêteur :** Ça va ?\n\n**Driss :** Oui.",
        [("Enquêteur", "Ça va ?"), ("Driss", "Oui.")],
    ),
    "Markdown, colon outside": (
        "**Enquêteur** : Ça va ?\n\n**Driss** : Oui.",
        [("Enquêteur", "Ça va ?"), ("Driss", "Oui.")],
    ),
    "Markdown, no colon": (
        "**Enquêteur** Ça va ?\n\n**Enquêté** Oui.",
        [("Enquêteur", "Ça va ?"), ("Enquêté", "Oui.")],
    ),
    "dashes": (
        "— Depuis quand ?\n— Toujours.\nEnfin presque.\n— Ah ?\n— Oui.",
        [("1", "Depuis quand ?"), ("2", "Toujours.\nEnfin presque."), ("1", "Ah ?"), ("2", "Oui.")],
    ),
    "hyphens": ("- Depuis quand ?\n\n- Toujours.\n", [("1", "Depuis quand ?"), ("2", "Toujours.")]),
    "label on a line of its own": (
        "Enquêteur :\nÇa va ?\n\nEnquêtée :\nOui.\n\nTrès bien.",
        [("Enquêteur", "Ça va ?"), ("Enquêtée", "Oui.\n\nTrès bien.")],
    ),
    "stage directions": (
        "ANNE (riant) : Oui ?\nPAUL : Non.\nANNE : Si.\nPAUL (il se lève) : Bon.",
        [("ANNE", "Oui ?"), ("PAUL", "Non."), ("ANNE", "Si."), ("PAUL", "Bon.")],
    ),
    "case and accents vary": (
        "Enquêteur : a ?\nENQUÊTÉ : b\nEnqueteur : c\nEnquêteur : d\nEnquêté : e\nEnquêté : f",
        [
            ("Enquêteur", "a ?"),
            ("Enquêté", "b"),
            ("Enquêteur", "c"),
            ("Enquêteur", "d"),
            ("Enquêté", "e"),
            ("Enquêté", "f"),
        ],
    ),
    "CRLF": ("E : Ça va ?\r\n\r\nR : Oui.\r\nBien.\r\n", [("E", "Ça va ?"), ("R", "Oui.\r\nBien.")]),
    "mixed line ends": (
        "E : Ça va ?\r\nR : Oui.\rE : Ah.\nR : Hé.",
        [("E", "Ça va ?"), ("R", "Oui."), ("E", "Ah."), ("R", "Hé.")],
    ),
    "emoji": ("E : 🙂 ?\nR : 👩‍🌾 oui.", [("E", "🙂 ?"), ("R", "👩‍🌾 oui.")]),
    "several at once": (
        (
            "MALIK : Un.\nJOSIANE : Deux.\nMALIK ET JOSIANE : Trois !\nMALIK/JOSIANE : Quatre.\nMALIK : "
            "Cinq.\nJOSIANE : Six."
        ),
        [
            ("MALIK", "Un."),
            ("JOSIANE", "Deux."),
            ("MALIK+JOSIANE", "Trois !"),
            ("MALIK+JOSIANE", "Quatre."),
            ("MALIK", "Cinq."),
            ("JOSIANE", "Six."),
        ],
    ),
    "a turn without words": ("[A] (0:01 - 0:02)\n\n[B] (0:02 - 0:03)\nOui.", [("A", ""), ("B", "Oui.")]),
    "one turn": ("Enquêté : Oui.", [("Enquêté", "Oui.")]),
    "who speaks once in capitals": (
        "ANNE : Un ?\nPAUL : Deux.\nANNE : Trois ?\nPAUL : Quatre.\nFEMME : Bonjour !\nANNE : Bonjour.\nPAUL : Oui.",
        [
            ("ANNE", "Un ?"),
            ("PAUL", "Deux."),
            ("ANNE", "Trois ?"),
            ("PAUL", "Quatre."),
            ("FEMME", "Bonjour !"),
            ("ANNE", "Bonjour."),
            ("PAUL", "Oui."),
        ],
    ),
    "a short exchange of names": ("Anne : Bonjour.\nPaul : Bonjour.", [("Anne", "Bonjour."), ("Paul", "Bonjour.")]),
    "numbered speakers": (
        "Enquêté 1 : a\nEnquêté 2 : b\nEnquêteur : c ?\nEnquêté 1 : d",
        [("Enquêté 1", "a"), ("Enquêté 2", "b"), ("Enquêteur", "c ?"), ("Enquêté 1", "d")],
    ),
    "cover lines": (
        "Date : 3 mars\nEnquêteur : Jean Dupont\nLieu : la mairie\n\nJD : Bonjour ?\nMX : Oui.\nJD : Ah ?\nMX : Oui.",
        [("JD", "Bonjour ?"), ("MX", "Oui."), ("JD", "Ah ?"), ("MX", "Oui.")],
    ),
}


@pytest.mark.parametrize(("text", "expected"), CONVENTIONS.values(), ids=CONVENTIONS)
def test_each_convention_gives_its_turns(text: str, expected: Spoken) -> None:
    transcript, _ = read(text)
    assert spoken(transcript) == expected
    assert transcript.text == text


SPEECH = {
    "a colon in the middle of a line": "E : Alors ?\nR : Je lui ai dit : non.\nE : Et ?\nR : Rien.",
    "a colon at the beginning of a paragraph": "E : Alors ?\nR : Bon.\nJe lui ai dit : non.\nE : Et ?\nR : Rien.",
    "words of speech before a colon": "E : Alors ?\nR : Bon.\nRésultat : zéro.\nExemple : la cantine.\nE : "
    "Et ?\nR : Rien.",
    "words that come back": "E : Alors ?\nR : Bon.\nRésultat : zéro.\nRésultat : un.\nRésultat : deux.\nE "
    ": Et ?\nR : Rien.",
    "an address": "E : Alors ?\nR : Bon.\nhttps://exemple.org\nE : Et ?\nR : Rien.",
    "an hour": "E : Alors ?\nR : Bon.\nÀ 12:30 on mange.\nE : Et ?\nR : Rien.",
    "a list with dashes": "E : Alors ?\nR : Bon.\n- du pain\n- du vin\n- du lait ?\nE : Et ?\nR : Rien.",
    "notes in brackets": "E : Alors ?\nR : Bon.\n[silence]\n[téléphone]\n[rires]\nE : Et ?\nR : Rien.",
    "notes that come back": "E : Alors ?\nR : Bon.\n[Rires]\n[Rires]\n[Rires]\n[Rires]\n[Rires]\n[Rires]\n"
    "E : Et ?\nR : Rien.",
    "bold words": "E : Alors ?\nR : Bon.\n**Oui** et **non**.\n**Oui** encore.\nE : Et ?\nR : Rien.",
}


@pytest.mark.parametrize("text", SPEECH.values(), ids=SPEECH)
def test_speech_is_no_speaker(text: str) -> None:
    transcript, _ = read(text)
    assert [speaker for speaker, _ in spoken(transcript)] == ["E", "R", "E", "R"]


UNSPLIT = {
    "prose": "Nous sommes allés au marché.\nIl faisait beau.",
    "a list": "- du pain\n- du vin\n- du lait",
    "a list in prose": "Bon.\nAlors ?\nVoilà.\nBien.\n" + "- du pain ?\n- du vin\n" * 5 + "Voilà.\n" * 20,
    "one colon": "Il faut dire une chose : rien ne va.\nRésultat : on arrête.",
    "notes": "Remarque : à voir.\nRemarque : à revoir.",
    "two labels deep in prose": "Nous avons longtemps marché dans la plaine. " * 30
    + "\nIdée : oui\nIdée : non\nPoint : x\nPoint : y",
}


@pytest.mark.parametrize("text", UNSPLIT.values(), ids=UNSPLIT)
def test_what_cannot_be_split_is_one_turn_and_a_warning(text: str) -> None:
    transcript, problems = read(text)
    (turn,) = transcript.turns
    assert (turn.speakers, turn.role, text[turn.start : turn.end]) == ((), "respondent", text.strip())
    assert any("no speaker turns" in message for message in messages(problems))


def headed(*labels: str) -> str:
    return "\n".join(f"[{label}] (0:01 - 0:02)\nOui, oui.\n" for label in labels)


def test_a_misspelt_label_is_reported_and_its_turn_given_to_the_right_speaker() -> None:
    transcript, problems = read(headed(*["Chercheur", "Interviewe"] * 20, "Checheur", "Interviewe"))
    assert {turn.speakers for turn in transcript.turns} == {("Chercheur",), ("Interviewe",)}
    [slip] = [problem for problem in problems if "slip" in problem.message]
    assert (slip.severity, slip.line, slip.remedy) == ("warning", 121, "Did you mean « Chercheur »?")
    assert transcript.turns[40].role == "interviewer"


@pytest.mark.parametrize(
    ("common", "rare", "is_slip"),
    [
        ("Interviewe", "Interwiewe", True),
        ("Interviewe", "Interviewer", True),  # somebody else asks
        ("Enquêteur", "Enquêteurr", True),
        ("Maire", "Miare", True),
        ("Chercheur 1", "Chercheur 2", False),
        ("Chercheur A", "Chercheur B", False),
        ("Enquêteur", "Enquêté", False),
        ("Malik", "Josiane", False),
        ("E", "R", False),
    ],
)
def test_only_close_labels_are_slips(common: str, rare: str, is_slip: bool) -> None:
    transcript, problems = read(headed(*["Chercheuse", common] * 10, "Chercheuse", rare))
    assert any("slip" in problem.message for problem in problems) is is_slip
    assert transcript.turns[-1].speakers == ((common,) if is_slip else (rare,))


def test_a_slip_before_a_colon_is_found_too() -> None:
    transcript, problems = read("Enquêteur : Oui ?\nMarguerite : Non.\n" * 5 + "Enquêteur : Ah ?\nMargueritte : Si.")
    assert transcript.turns[-1].speakers == ("Marguerite",)
    assert [problem.line for problem in problems if "slip" in problem.message] == [12]


def test_times_are_kept_and_faulty_ones_told() -> None:
    transcript, problems = read(
        "[A] (0:01 - 1:11)\nOui.\n[B] (1:02:03,5)\nNon.\n[A] (0:010 - 0:11)\nSi.\n[B] (0:75 - 0:80)\n"
        "Bon.\n[A] (0;1 - 0:2)\nAh."
    )
    assert [(turn.time_start, turn.time_end) for turn in transcript.turns] == [
        (1.0, 71.0),
        (3723.5, None),
        (10.0, 11.0),
        (None, None),
        (None, None),
    ]
    assert [problem.line for problem in problems if "the time" in problem.message] == [5, 7, 9]
    assert [text for _, text in spoken(transcript)] == ["Oui.", "Non.", "Si.", "Bon.", "Ah."]


def test_who_opens_a_dialogue_by_a_question_asks() -> None:
    transcript, problems = read("— Vous êtes là depuis quand ?\n— Toujours.\n— Ah bon ?\n— Oui.")
    assert [turn.role for turn in transcript.turns] == ["interviewer", "respondent"] * 2
    assert messages(problems, "notice") == ["the speakers are only told apart by dashes, taken as alternating"]


def test_turns_after_a_dash_may_have_many_paragraphs() -> None:
    transcript, _ = read("Entretien 4\n\n" + ("— Et après ?\n— Rien.\n" + "Voilà.\n" * 9) * 4)
    assert [turn.role for turn in transcript.turns] == ["interviewer", "respondent"] * 4


def test_who_asks_more_often_is_the_interviewer() -> None:
    transcript, _ = read("— Allez-y.\n— Depuis quand ?\n— Toujours.\n— Où ?\n— Ici.\n— Seul ?")
    assert [turn.role for turn in transcript.turns] == ["respondent", "interviewer"] * 3


def test_questions_on_both_sides_leave_a_dialogue_in_doubt() -> None:
    _, problems = read("— Depuis quand ?\n— Toujours.\n— Bon.\n— Hein ?\n— Oui.\n— Vous croyez ?")
    assert any("a dash may be missing" in message for message in messages(problems))


def test_a_long_beginning_is_told_and_in_no_turn() -> None:
    beginning = "Nous sommes arrivés tôt. " * 30
    text = beginning + "\nE : Bonjour ?\nR : Oui.\n" * 10
    transcript, problems = read(text)
    assert transcript.turns[0].start > len(beginning)
    assert any("before the first speaker label" in message for message in messages(problems))


def test_headings_and_the_repeated_title_are_in_no_turn() -> None:
    text = (
        "Entretien 12 a\n\nE : Un ?\nR : Deux.\n\nEntretien 12 b\n\nE : Trois ?\nR : Quatre.\n\n## Le "
        "budget\n\nE : Ah ?\n"
    )
    transcript, problems = read(text)
    assert [said for _, said in spoken(transcript)] == ["Un ?", "Deux.", "Trois ?", "Quatre.", "Ah ?"]
    assert [problem.line for problem in problems if "title" in problem.message] == [6]


def test_an_interviewer_alone_is_told() -> None:
    _, problems = read("Enquêteur : Un ?\n\nDeux.\n\nEnquêteur : Trois ?\n\nQuatre.")
    assert any("only an interviewer" in message for message in messages(problems))


def test_a_label_that_comes_once_is_said_to_be_read_as_speech() -> None:
    transcript, problems = read("Anne : Un ?\nPaul : Deux.\n" * 3 + "Femme : Bonjour.\nAnne : Trois.")
    assert spoken(transcript)[5] == ("Paul", "Deux.\nFemme : Bonjour.")
    assert any("« Femme : »" in message for message in messages(problems, "notice"))
    named, _ = read(transcript.text, roles={"femme": "respondent"})
    assert spoken(named)[6] == ("Femme", "Bonjour.")


def test_two_megabytes_on_one_line_are_read() -> None:
    text = "E : " + "bla : bla - [bla] " * 110_000
    transcript, _ = read(text)
    assert spoken(transcript) == [("E", text[4:].rstrip())]
