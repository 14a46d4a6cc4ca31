"""`codebook check`, `show`, `schema` and `diff`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from small_studies import CODEBOOK, Call, contents, write

from ptce_qual.yaml_lines import parse_yaml

EXAMPLE = CODEBOOK + '    examples:\n      - "On a {décidé seuls}."\n'
OTHER = (
    CODEBOOK.replace("phrase: décider seul", "phrase: décider|rire")  # one more, and the same
    .replace("      - {id: subvention, phrase: subvention}\n", "")  # two less, one of them in each case
    .replace("{id: verse, near", "{id: verse, polarity: negated, near")  # turned
)

POINTS = """\
    points:
      needed: 10
      rule: 6
      clue: 3
      said:
        - {points: 8, words: libre}
        - {points: 4, words: refuser seul, polarity: negated}
      asked: [{points: 2, words: libre}]
"""
COUNTING = CODEBOOK.replace("    label: Autonomie\n", "    label: Autonomie\n" + POINTS)


@pytest.fixture
def folder(coded: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(coded)
    return coded


def test_check(folder: Path, call: Call) -> None:
    write(folder, {"codebook.yaml": EXAMPLE})
    for command in (["check"], ["check", "codebook.yaml"], ["check", "--strict"]):
        ended = call("codebook", *command)
        assert (ended.code, ended.err) == (0, "")
        assert "codebook.yaml: 3 codes, 3 rules, 1 example\nnothing to report\n" in ended.out


def test_an_example_that_fails(folder: Path, call: Call) -> None:
    write(folder, {"codebook.yaml": EXAMPLE.replace("{décidé seuls}", "attendu")})
    ended = call("codebook", "check")
    assert ended.code == 1
    assert ended.problems("error") == [line for line in ended.err.splitlines() if line.startswith("codebook.yaml:19: ")]
    assert "ptce-qual explain" in ended.err
    assert call("run", "--no-report").code == 0  # a rule that misses its example still codes


def test_warnings_fail_where_it_is_strict(folder: Path, call: Call) -> None:
    write(folder, {"codebook.yaml": CODEBOOK + "      - {id: encore, phrase: décider seul}\n"})
    ended = call("codebook", "check")
    assert ended.code == 0
    assert len(ended.problems("warning")) == 1
    assert call("codebook", "check", "--strict").code == 1


def test_notices(folder: Path, call: Call) -> None:
    write(folder, {"codebook.yaml": CODEBOOK + "      - zgloubir\n"})
    ended = call("codebook", "check")
    assert ended.code == 0
    assert "codebook.yaml:18: notice: " in ended.err
    assert call("codebook", "check", "--no-notices").err == ""


def test_show(folder: Path, call: Call) -> None:
    ended = call("codebook", "show")
    assert ended.code == 0
    assert ended.out.splitlines() == [
        "Essai (1)",
        "├── Soutiens soutiens",
        "│   └── Argent argent  2 rules",
        "└── Autonomie autonomie  1 rule",
    ]


def test_show_tells_what_brings_points(folder: Path, call: Call) -> None:
    write(folder, {"new.yaml": COUNTING})
    last = call("codebook", "show", "new.yaml").out.splitlines()[-1]
    assert last == "└── Autonomie autonomie  1 rule  4 words that bring points"


def conforms(value: Any, schema: dict[str, Any], root: dict[str, Any]) -> bool:
    """Tell whether a value is what a JSON Schema says: of its keywords, those that ours has."""
    if "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rsplit("/", 1)[1]]
    if "anyOf" in schema:
        return any(conforms(value, one, root) for one in schema["anyOf"])
    if "enum" in schema or "const" in schema:
        return value in schema.get("enum", [schema.get("const")])
    match schema.get("type"):
        case "object":
            known, rest = schema.get("properties", {}), schema.get("additionalProperties", True)
            if not isinstance(value, dict) or not set(schema.get("required", ())) <= set(value):
                return False
            parts = ((one, known.get(key, rest)) for key, one in value.items())
            return all(part is True or (part and conforms(one, part, root)) for one, part in parts)
        case "array":
            return isinstance(value, list) and all(conforms(one, schema["items"], root) for one in value)
        case kind:
            types = {"string": str, "integer": int, "null": type(None), "boolean": bool, "number": (int, float)}
            return kind is None or isinstance(value, types[kind])


def test_schema(call: Call) -> None:
    ended = call("codebook", "schema")
    assert (ended.code, ended.err) == (0, "")
    schema = json.loads(ended.out)
    assert set(schema["required"]) == {"title", "codes"}
    assert schema["additionalProperties"] is False
    for text in (CODEBOOK, EXAMPLE, (Path(__file__).parents[2] / "codebook.yaml").read_text(encoding="utf-8")):
        source, _problems = parse_yaml(text, "")
        assert source is not None
        assert conforms(source.data, schema, schema)
    for wrong in (CODEBOOK.replace("label:", "lable:"), CODEBOOK.replace("rules:", "rules: x #")):
        source, _problems = parse_yaml(wrong, "")
        assert source is None or not conforms(source.data, schema, schema)


def test_schema_is_a_schema(call: Call) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads(call("codebook", "schema").out)
    jsonschema.Draft202012Validator.check_schema(schema)
    source, _problems = parse_yaml(EXAMPLE, "")
    assert source is not None
    jsonschema.validate(source.data, schema)


def test_diff(folder: Path, call: Call) -> None:
    text = CODEBOOK.replace("[mairie, commune, région]", "[mairie, département]").replace(
        "label: Soutiens", "label: Aides"
    )
    text = text.replace("id: autonomie", "id: initiative\n    formerly: [autonomie]").replace(
        "phrase: subvention", "phrase: euro"
    )
    write(folder, {"new.yaml": f"# refaite\n{text}  - {{id: plus, label: Plus}}\n"})
    before = contents(folder)
    ended = call("codebook", "diff", "codebook.yaml", "new.yaml")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.splitlines() == [
        "- @collectivite commune, région",
        "+ @collectivite département",
        "~ soutiens label: « Soutiens » → « Aides »",
        "~ argent rule phrase: subvention → phrase: euro",
        "~ initiative the id was « autonomie »",
        "+ plus code « Plus »",
    ]
    assert "- plus code « Plus »" in call("codebook", "diff", "new.yaml", "codebook.yaml").out
    assert contents(folder) == before


def test_diff_of_a_rule_that_decides_and_of_words_in_another_group(folder: Path, call: Call) -> None:
    other = COUNTING.replace("phrase: décider seul", "phrase: décider seul, decides: true")
    moved = COUNTING.replace("words: refuser seul, polarity", "words: refuser, polarity", 1)
    moved = moved.replace("asked:", "  - {points: 4, words: seul, polarity: negated}\n      asked:", 1)
    write(folder, {"counting.yaml": COUNTING, "other.yaml": other, "moved.yaml": moved})
    assert call("codebook", "diff", "counting.yaml", "other.yaml").out.splitlines() == [
        "~ autonomie rule phrase: décider seul → decides: True, phrase: décider seul",
    ]
    assert call("codebook", "diff", "counting.yaml", "moved.yaml").out == "The two codebooks mean the same.\n"


def test_diff_of_what_means_the_same(folder: Path, call: Call) -> None:
    write(folder, {"new.yaml": "# un commentaire\n" + CODEBOOK.replace('"1"', '"2"')})
    ended = call("codebook", "diff", "codebook.yaml", "new.yaml", "--corpus", "corpus")
    assert ended.code == 0
    assert ended.out.splitlines()[1:] == ["Codings: 0 gained, 0 lost, 0 of another polarity."]


def test_diff_of_points(folder: Path, call: Call) -> None:
    points = (
        "    points: {needed: 9, rule: 5, clue: 1, said: [{points: 4, words: argent sou}, {points: 2, words: don}]}\n"
    )
    other = "    points: {needed: 8, rule: 5, clue: 1, said: [{points: 3, words: don argent}], "
    other += "asked: [{points: 1, words: or}]}\n"
    argent = "    parent: soutiens\n"
    write(
        folder, {name: CODEBOOK.replace(argent, argent + one) for name, one in (("a.yaml", points), ("b.yaml", other))}
    )
    assert call("codebook", "diff", "a.yaml", "b.yaml").out.splitlines() == [
        "~ argent points: needed 9 → 8",
        "- argent points: said sou 4",
        "~ argent points: said argent 4 → 3, don 2 → 3",
        "+ argent points: asked or 1",
    ]
    assert "+ argent points: needed 9" in call("codebook", "diff", "codebook.yaml", "a.yaml").out
    assert "- argent points: needed 9" in call("codebook", "diff", "a.yaml", "codebook.yaml").out
    assert "mean the same" in call("codebook", "diff", "a.yaml", "a.yaml").out


def test_diff_of_codings(folder: Path, call: Call) -> None:
    write(folder, {"new.yaml": OTHER, "corpus/zoe.txt": "R : On rit bien. La région paye.\n"})
    before = contents(folder / "results")
    ended = call("codebook", "diff", "codebook.yaml", "new.yaml", "--corpus", "corpus")
    assert ended.code == 0
    told = [line for line in ended.out.splitlines() if " (" in line and line[0] in "+-~"]
    assert [" ".join(line.split(" ")[:2]) + line[line.index(")") + 1 :] for line in told if "(" in line] == [
        "~ argent La mairie nous a versé mille euros.",
        "- argent On n’a pas eu de subvention.",
        "~ argent La commune ne paye pas, elle ne verse rien.",
        "- argent Il faudrait une subvention.",
        "+ autonomie On rit bien.",
        "~ argent La région paye.",
    ]
    assert "affirmed → negated" in told[0]
    assert ended.out.endswith("Codings: 1 gained, 2 lost, 3 of another polarity.\n")
    assert contents(folder / "results") == before


def test_diff_follows_a_code_that_was_renamed(folder: Path, call: Call) -> None:
    write(folder, {"new.yaml": CODEBOOK.replace("id: autonomie", "id: initiative\n    formerly: [autonomie]")})
    ended = call("codebook", "diff", "codebook.yaml", "new.yaml", "--corpus", "corpus")
    assert ended.code == 0
    assert ended.out.endswith("Codings: 0 gained, 0 lost, 0 of another polarity.\n")


def test_diff_of_a_codebook_with_errors(folder: Path, call: Call) -> None:
    write(folder, {"new.yaml": CODEBOOK + "    rules: []\n"})
    for pair in (["codebook.yaml", "new.yaml"], ["new.yaml", "codebook.yaml"], ["none.yaml", "codebook.yaml"]):
        ended = call("codebook", "diff", *pair)
        assert ended.code == 1
        assert "new.yaml:18: error: " in ended.err or "none.yaml" in ended.err
