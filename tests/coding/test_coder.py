"""What rules match in spoken French, and what a coding says of it."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from ptce_qual.coding import RuleSet, code_doc
from ptce_qual.model import Transcript, Turn
from ptce_qual.nlp import docs_for

Compile = Callable[..., RuleSet]


def matched(nlp: Language, rules: RuleSet, text: str) -> list[str]:
    """Return the words that rules matched in a text, each evidence as one string."""
    (doc,) = docs_for([Transcript("x", text)], nlp)
    return [
        " ".join(text[a:b] for a, b in evidence.matches)
        for coding in code_doc(doc, rules)
        for evidence in coding.evidence
    ]


def code(rule: str, rest: str = "") -> str:
    return f"  - id: theme\n    label: Thème\n    rules:\n      - {rule}\n{rest}"


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ("laisser faire", "Ils nous ont laissés faire.", ["laissés faire"]),
        ("laisser faire", "Ils laissent presque tout faire.", ["laissent faire"]),
        ("sou verser", "Aucun sou versé par la mairie.", ["sou versé"]),  # a participle, to the parser an adjective
        ("local prêter", "On a eu des locaux prêtés.", ["locaux prêtés"]),
        ("laisser faire", "Ils laissent les gens du bourg faire.", []),  # three words between
        ("{phrase: laisser faire, gap: 3}", "Ils laissent les gens du bourg faire.", []),
        ("{phrase: laisser faire, gap: 4}", "Ils laissent les gens du bourg faire.", ["laissent faire"]),
        ("laisser faire", "Ils laissent, euh, euh, c- faire.", ["laissent faire"]),  # hesitations are no words
        ("laisser faire", "Faire, et laisser.", []),  # order counts
        ("laisser faire", "On a laissé. Faire, c'est autre chose.", []),  # a match stays in its sentence
        ("décloisonn*", "Ils décloisonnent pas. DECLOISONNER, ah.", ["décloisonnent", "DECLOISONNER"]),
        ("'*loisonn*'", "Du cloisonnement.", ["cloisonnement"]),
        ("casser silo | mur", "On a cassé les murs et les silos.", ["cassé murs"]),
        ("(casser silo) | décloisonner", "On décloisonne.", ["décloisonne"]),
        ("ecole", "L'ÉCOLE, l’école, l'ecole.", ["ÉCOLE", "école", "ecole"]),
        ("œuvre", "Les oeuvres.", ["oeuvres"]),
        ("l'argent", "L’argent manque, leur argent aussi.", ["L’ argent"]),
        ("aujourd'hui", "Aujourd’hui.", ["Aujourd’hui"]),
        ("'@mairie'", "La communauté de communes et l'agglomération.", ["communauté de communes", "agglomération"]),
        ("culture/NOUN", "La culture, ils la cultivent.", ["culture"]),
        ("marche/VERB", "La marche du pôle. Ça marche.", ["marche"]),
        ("{near: ['@mairie', '@argent']}", "Des subventions, la ville en donne.", ["subventions ville"]),
        ("=MES", "Mes amis, mes sous, le MES.", ["MES"]),
        ("rire", "Ah oui (rires). On a ri.", ["ri"]),  # a transcriber's note is no speech
        ("{phrase: verser, context: '@mairie'}", "La mairie, oui. Elle verse. Bien. Bon. Bref. Elle verse.", ["verse"]),
        ("{near: ['@mairie', '@argent'], within: 1}", "Des sous pour tous ces gens, la ville en a.", []),
        (
            "{all: [mairie, argent]}",
            "La mairie, avec tout ce qu'on lui a dit depuis, a de l'argent.",
            ["mairie argent"],
        ),
        ("{all: [mairie], any: [aider, payer]}", "La mairie paye. La mairie dort.", ["mairie paye"]),
        ("{all: [mairie], none: [dormir]}", "La mairie paye. La mairie dort.", ["mairie"]),
        ("{phrase: culture, unless: [habitude]}", "La culture. La culture, une habitude.", ["culture"]),
        ("{regex: '\\d+ ?(k€|euros)'}", "On a eu 300 euros et 12k€.", ["300 euros", "12k€"]),
        ("{tokens: [{LEMMA: aller}, {POS: VERB}]}", "On va manger.", ["va manger"]),
    ],
)
def test_the_rule_language(nlp: Language, rules: Compile, rule: str, text: str, expected: list[str]) -> None:
    assert matched(nlp, rules(code(rule)), text) == expected


def test_exceptions_call_off_the_matches_they_overlap(nlp: Language, rules: Compile) -> None:
    compiled = rules(code("culture", "    except: [culture de coopération]\n"))
    assert matched(nlp, compiled, "La culture, oui. La culture de la coopération, non.") == ["culture"]


INTERVIEW = Transcript(
    "x",
    "Et l'argent ?\nPas un centime.\nAh bon ?\nLa ville paye. Elle paye depuis toujours avec les sous de la ville.",
    turns=(
        Turn(("E",), "interviewer", 0, 13),
        Turn(("R",), "respondent", 14, 29),
        Turn(("E",), "interviewer", 30, 38),
        Turn(("Maire",), "respondent", 39, 106),
    ),
)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("{question: argent}", ["Pas un centime."]),
        ("{question: argent, short: 2}", []),
        ("{question: bon, phrase: payer}", ["La ville paye.", "Elle paye depuis toujours avec les sous de la ville."]),
        ("{question: argent, phrase: payer}", []),
        ("{phrase: payer, speaker: Maire}", ["La ville paye.", "Elle paye depuis toujours avec les sous de la ville."]),
        ("{phrase: payer, speaker: R}", []),
        ("{phrase: argent, role: interviewer}", []),  # questions are not coded unless asked for
    ],
)
def test_questions_speakers_and_roles(nlp: Language, rules: Compile, rule: str, expected: list[str]) -> None:
    (doc,) = docs_for([INTERVIEW], nlp)
    found = code_doc(doc, rules(code(rule)))
    assert [INTERVIEW.text[coding.start : coding.end] for coding in found] == expected


def test_the_interviewer_is_coded_when_asked_for(nlp: Language, rules: Compile) -> None:
    (doc,) = docs_for([INTERVIEW], nlp)
    (coding,) = code_doc(doc, rules(code("argent")), interviewer=True)
    assert INTERVIEW.text[coding.start : coding.end] == "Et l'argent ?"


@pytest.mark.parametrize(("unit", "count"), [("sentence", 2), ("turn", 1), ("paragraph", 1)])
def test_one_coding_a_unit_with_all_its_evidence(nlp: Language, rules: Compile, unit: str, count: int) -> None:
    (doc,) = docs_for([INTERVIEW], nlp)
    found = code_doc(doc, rules(code("ville"), unit))
    assert len(found) == count
    assert sum(len(coding.evidence) for coding in found) == 2


def test_evidence_names_the_rule_and_its_line(nlp: Language, rules: Compile) -> None:
    text = "La mairie nous laisse faire."
    (doc,) = docs_for([Transcript("x", text)], nlp)
    (coding,) = code_doc(doc, rules(code("{phrase: laisser faire, id: bride}")), transcript_id="x")
    (evidence,) = coding.evidence
    assert (evidence.rule_id, evidence.line) == ("bride", 10)
    assert [text[a:b] for a, b in evidence.matches] == ["laisse", "faire"]
    assert text[slice(*coding.anchor)] == "laisse"
    assert (coding.start, coding.end, coding.coder, coding.transcript_id) == (0, len(text), "rules", "x")


def test_ids_depend_on_the_place_and_the_code_only(nlp: Language, rules: Compile) -> None:
    (doc,) = docs_for([Transcript("x", "La mairie nous laisse faire.")], nlp)
    first = code_doc(doc, rules(code("laisser faire")))
    second = code_doc(doc, rules(code("{near: [faire, laisser], polarity: negated, note: autre règle}")))
    assert [coding.id for coding in first] == [coding.id for coding in second]
    assert first[0].polarity != second[0].polarity


def test_a_rules_id_outlives_its_place_and_its_note(rules: Compile) -> None:
    alone = rules(code("laisser faire")).rules[0].id
    moved = rules(code("autre chose", "      - {phrase: laisser faire, note: n}\n")).rules[1].id
    assert alone == moved


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(["la mairie", "laisse", "faire", "euh", ".", "« pas", "\u00a0?", "\n", "l’argent"]), max_size=25
    )
)
def test_a_quote_is_always_the_slice_of_its_text(nlp: Language, rules: Compile, words: list[str]) -> None:
    compiled = rules(code("laisser faire | mairie", "      - l'argent\n"))
    transcript = Transcript("x", " ".join(words))
    (doc,) = docs_for([transcript], nlp)
    for coding in code_doc(doc, compiled):
        quote = transcript.text[coding.start : coding.end]
        assert quote == quote.strip() != ""
        for evidence in coding.evidence:
            assert all(coding.start <= a < b <= coding.end for a, b in evidence.matches)


def test_coding_changes_nothing(nlp: Language, rules: Compile) -> None:
    (doc,) = docs_for([INTERVIEW], nlp)
    before = doc.to_bytes()
    compiled = rules(code("ville"))
    assert code_doc(doc, compiled) == code_doc(doc, compiled)
    assert doc.to_bytes() == before


def test_a_clue_counts_beside_another_rule_of_its_code_only(nlp: Language, rules: Compile) -> None:
    compiled = rules(code("{phrase: dossier, clue: true}\n      - {phrase: ensemble, clue: true}\n      - tampon"))
    assert matched(nlp, compiled, "Le dossier est là.") == []
    assert matched(nlp, compiled, "Le dossier, le dossier.") == []
    assert matched(nlp, compiled, "On a rempli le dossier ensemble.") == ["dossier", "ensemble"]
    assert matched(nlp, compiled, "Le dossier a son tampon.") == ["dossier", "tampon"]
