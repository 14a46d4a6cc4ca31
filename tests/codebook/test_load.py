"""A codebook's problems: all of them, each with its line and remedy, and nothing ever executed."""

from pathlib import Path

import pytest

from ptce_qual.codebook import load_codebook, read_codebook
from ptce_qual.errors import InputError

HEAD = "title: Essai\ncodes:\n  - id: autonomie\n    label: Autonomie\n"


def problems(tmp_path: Path, text: str) -> list[tuple[int | None, str, str]]:
    path = tmp_path / "codebook.yaml"
    path.write_text(text, encoding="utf-8")
    _, found = read_codebook(path)
    assert all(problem.file == "codebook.yaml" and problem.severity == "error" for problem in found)
    return [(problem.line, problem.message, problem.remedy) for problem in found]


def test_a_sound_codebook(tmp_path: Path) -> None:
    path = tmp_path / "codebook.yaml"
    path.write_text(
        "title: Essai\nlists:\n  mairie: [mairie, ville]\ncodes:\n"
        "  - {id: role, label: Rôle}\n"
        "  - id: autonomie\n    label: Autonomie\n    parent: role\n    formerly: [independance]\n"
        "    rules:\n      - laisser faire\n      - phrase: on décide\n        unless: ['@mairie']\n",
        encoding="utf-8",
    )
    loaded = load_codebook(path)
    assert [code.id for code in loaded.codebook.descendants("role")] == ["autonomie"]
    assert loaded.codebook.by_id["independance"].id == "autonomie"
    assert [loaded.rule_line(1, 0), loaded.rule_line(1, 1)] == [11, 12]
    assert loaded.codebook.codes[1].rules[0] == "laisser faire"


def test_words_that_yaml_1_1_took_for_truth_values_are_words(tmp_path: Path) -> None:
    path = tmp_path / "codebook.yaml"
    path.write_text(HEAD + "    rules: [on, oui, no, y]\n", encoding="utf-8")
    assert load_codebook(path).codebook.codes[0].rules == ["on", "oui", "no", "y"]


@pytest.mark.parametrize(
    ("text", "line", "message", "remedy"),
    [
        ("title: Essai\ncodes:\n\t- id: a\n", 3, "tab", "spaces"),
        ("title: [Essai\n", 2, "broken YAML", "quotes"),
        (HEAD + "    label: Encore\n", 5, "« label » stands twice (first on line 4)", "Keep one"),
        (HEAD + "    definition: !!python/object/apply:os.system [ls]\n", 5, "tag", "never executed"),
        (HEAD + "    include: &x a\n    exclude: *x\n", 6, "alias", "again"),
        (HEAD + "    definition: !mine {a: [b, c]}\n    labl: x\n", 5, "tag", "never executed"),
        (HEAD + "    label: [a, {b: c}]\n    colour: rouge\n", 5, "« label » stands twice", "Keep one"),
        (HEAD + "    ? [a, b]\n    : c\n", 5, "a key that is no text", "Give"),
        (HEAD + "---\ntitle: Autre\n", 5, "a second document begins here", "Check"),
        (HEAD + "    examples: ['']\n", 5, "« examples »", "Correct"),
        (HEAD + "    rules:\n      - " + "(" * 3000 + "a" + ")" * 3000 + "\n", 6, "too deeply", "Some levels"),
        (HEAD + "    definiton: x\n", 5, "unknown key « definiton »", "« definition »"),
        ("title: Essai\ncodes:\n  - id: a\n", 3, "« label » is missing", "Add"),
        (HEAD.replace("autonomie", "Autonomie"), 3, "« id »", "documentation"),
        (HEAD + "    colour: rouge\n", 5, "« colour »", "documentation"),
        (HEAD + "    parent: role\n", 5, "unknown parent « role »", "Define"),
        (HEAD + "    parent: autonomie\n", 5, "its own ancestor: autonomie → autonomie", "Remove"),
        (HEAD + "  - id: autonomie\n    label: B\n", 5, "« autonomie » stands twice (first on line 3)", "another id"),
        (HEAD + "    rules:\n      - {phrase: ''}\n", 6, "an empty expression", "at least one word"),
        (HEAD + "    rules:\n      - {question: ''}\n", 6, "an empty expression", "at least one word"),
        (HEAD + "    rules:\n      - {phrase: a, context: ''}\n", 6, "an empty expression", "at least one word"),
        (HEAD + "    rules:\n      - casser (les silos\n", 6, "column 8: a parenthesis", "Add"),
        (HEAD + "    rules:\n      - near: ['@mairie', aider]\n", 6, "« @mairie »", "Define"),
        (HEAD + "    rules:\n      - near: [aider]\n", 6, "at least 2", "documentation"),
        (HEAD + "    rules:\n      - {phrase: a, regex: b}\n", 6, "one shape", "documentation"),
        (HEAD + "    rules:\n      - {note: rien}\n", 6, "needs one of", "documentation"),
        (HEAD + "    rules:\n      - {regex: '(a)\\1'}\n", 6, "refused", "RE2"),
        (
            HEAD + "    rules:\n      - {id: r, phrase: a}\n      - {id: r, phrase: b}\n",
            7,
            "rule id « r »",
            "another id",
        ),
        (HEAD + "lists:\n  a: ['@b']\n  b: [x, '@a']\n", 6, "holds itself", "circle"),
        ("", 1, "", ""),
        ("- a\n", 1, "", ""),
    ],
)
def test_each_fault_is_told_with_its_line(tmp_path: Path, text: str, line: int, message: str, remedy: str) -> None:
    found = problems(tmp_path, text)
    assert any(at == line and message in what and remedy in how for at, what, how in found), found


RULE = HEAD + "    rules:\n      - {phrase: a, %s}\n"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("- a\n", 1, "the file is no mapping with keys such as « title: … »"),
        ("title: [a]\ncodes: [x]\n", 1, "« title » is no text"),
        ("title: a\ncodes: [x]\n", 2, "an entry of « codes » is no mapping with keys of its own"),
        (HEAD + "    formerly: x\n", 5, "« formerly » is no list"),
        (HEAD + "    formerly: [[x]]\n", 5, "an entry of « formerly » is no text"),
        (HEAD + "lists: [a]\n", 5, "« lists » is no mapping with keys of its own"),
        (HEAD + "unit: word\n", 5, "« unit » must be one of: sentence, turn, paragraph"),
        (HEAD + "language: en\n", 5, "« language » can only be: fr"),
        (HEAD + "    colour: rouge\n", 5, "« colour »: a colour is written as « #1f77b4 »"),
        (HEAD.replace("Autonomie", '""'), 4, "« label » needs at least 1 character"),
        ("title: a\ncodes: []\n", 2, "« codes » needs at least 1 entry"),
        (HEAD + "    strategie: x\n", 5, "unknown key « strategie »"),
        (RULE % "gap: x", 6, "« gap » is no whole number"),
        (RULE % "gap: 2.5", 6, "« gap » is no whole number"),
        (RULE % "short: 0", 6, "« short » must be at least 1"),
        (RULE.replace("phrase: a, %s", "regex: ''"), 6, "« regex » needs at least 1 character"),
        (RULE % "role: expert", 6, "« role » must be one of: interviewer, respondent, unknown"),
        (RULE % "unles: [b]", 6, "unknown key « unles »"),
        (RULE % "near: [b]", 6, "« near » needs at least 2 entries"),
        (RULE % "regex: b", 6, "« rules »: a rule has one shape, this one has 2: phrase, regex"),
    ],
)
def test_faults_of_form_are_told_in_our_words(tmp_path: Path, text: str, line: int, message: str) -> None:
    assert (line, message) in [(at, what) for at, what, _ in problems(tmp_path, text)]


def test_all_problems_in_one_go(tmp_path: Path) -> None:
    text = HEAD + "    parent: x\n    rules:\n      - a |\n      - '@y'\n  - id: b\n    label: B\n    parent: z\n"
    assert [line for line, _, _ in problems(tmp_path, text)] == [5, 7, 8, 11]


def test_loading_with_errors_raises_them_all(tmp_path: Path) -> None:
    path = tmp_path / "codebook.yaml"
    path.write_text(HEAD + "    parent: x\n    rules: [a |]\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_codebook(path)
    assert len(caught.value.problems) == 2


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    loaded, found = read_codebook(tmp_path / "none.yaml")
    assert loaded is None
    assert "can't be read" in found[0].message


def test_a_codebook_that_is_not_utf8_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "codebook.yaml"
    path.write_bytes("title: Étude\n".encode("cp1252"))
    assert "UTF-8" in read_codebook(path)[1][0].remedy


def test_values_too_deep_are_told(tmp_path: Path) -> None:
    path = tmp_path / "codebook.yaml"
    path.write_text("codes: " + "[" * 3000 + "]" * 3000, encoding="utf-8")
    loaded, problems = read_codebook(path)
    assert loaded is None
    assert [one.message for one in problems] == ["values stand in values too deeply"]


def test_faults_of_form_hide_no_others(tmp_path: Path) -> None:
    path = tmp_path / "codebook.yaml"
    path.write_text(
        """\
title: x
codes:
  - id: a
    label: A
    label: B
    colour: rouge
    rules:
      - {phrase: x, gapp: 1}
      - {phrase: x, gap: deux}
      - a |
    examples: [1, {txt: x}]
  - id: a
    label: A
    parent: nobody
    rules: ['@nothing', {regex: '(?=a)'}]
""",
        encoding="utf-8",
    )
    loaded, problems = read_codebook(path)
    assert loaded is None
    assert [(one.line, one.message.split(":")[0].split("(")[0].strip()) for one in problems] == [
        (5, "the key « label » stands twice"),
        (6, "« colour »"),
        (8, "unknown key « gapp »"),
        (9, "« gap » is no whole number"),
        (10, "« a | », column 4"),
        (11, "« text » is missing"),
        (11, "unknown key « txt »"),
        (12, "the id « a » stands twice"),
        (14, "code « a » names an unknown parent « nobody »"),
        (15, "« @nothing » names a list that does not exist"),
        (15, "the regular expression «"),
    ]
