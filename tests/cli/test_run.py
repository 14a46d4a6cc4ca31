"""`run`, `code` and `coverage` on a small study: files, bytes, settings."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest
from small_studies import CODEBOOK, INTERVIEWS, Call, contents, make_study, write

from ptce_qual.study import open_study
from ptce_qual.study.results import read_results
from ptce_qual.workflow.run import code_study

COLUMNS = "transcript_id case_id speaker role start end code_id polarity rule_ids quote coder".split()
MEASURES = ("coverage.csv", "matrix.csv")


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def groups(results: Path) -> list[str]:
    return list(dict.fromkeys(row["group"] for row in rows(results / "coverage.csv")))


def test_the_files_of_a_run(coded: Path) -> None:
    assert list(contents(coded / "results")) == [
        "cases.jsonl", "codebook.yaml", "codings.csv", "codings.jsonl", "coverage.csv", "manifest.json", "matrix.csv",
        "texts/alpha/marie.txt", "texts/alpha/paul.txt", "texts/beta/lea.txt", "transcripts.jsonl",
    ]  # fmt: skip


def test_what_is_coded(coded: Path) -> None:
    found = rows(coded / "results/codings.csv")
    assert list(found[0]) == COLUMNS
    told = [(row["transcript_id"], row["code_id"], row["polarity"], row["rule_ids"], row["quote"]) for row in found]
    assert told == [
        ("alpha/marie", "argent", "affirmed", "verse", "La mairie nous a versé mille euros."),
        ("alpha/marie", "argent", "negated", "subvention", "On n’a pas eu de subvention."),
        ("alpha/marie", "autonomie", "affirmed", "seuls", "🎉 On a décidé seuls."),
        ("alpha/paul", "argent", "negated", "verse", "La commune ne paye pas, elle ne verse rien."),
        ("beta/lea", "argent", "hypothetical", "subvention", "Il faudrait une subvention."),
        ("beta/lea", "autonomie", "affirmed", "seuls", "Oui, on a décidé seuls."),
    ]
    assert {(row["case_id"], row["speaker"], row["role"]) for row in found} == {
        ("alpha", "Enquêté", "respondent"), ("alpha", "R", "respondent"), ("beta", "R", "respondent"),
    }  # fmt: skip


def test_each_quote_stands_in_its_text(coded: Path) -> None:
    results = coded / "results"
    for row in rows(results / "codings.csv"):
        text = (results / "texts" / f"{row['transcript_id']}.txt").read_bytes().decode()
        assert text[int(row["start"]) : int(row["end"])] == row["quote"]
    for line in (results / "codings.jsonl").read_text(encoding="utf-8").splitlines():
        coding = json.loads(line)
        text = (results / "texts" / f"{coding['transcript_id']}.txt").read_bytes().decode()
        for evidence in coding["evidence"]:
            for start, end in [coding["anchor"], *evidence["matches"], *evidence["cues"]]:
                assert text[start:end].strip() == text[start:end] != ""


def test_texts_are_those_of_the_files(coded: Path) -> None:
    for name, text in INTERVIEWS.items():
        assert (coded / "results/texts" / name).with_suffix(".txt").read_bytes().decode() == text


def test_results_are_read_back_without_loss(coded: Path) -> None:
    made = code_study(open_study(coded)[0]).coded
    read = read_results(coded / "results")
    assert read.codings == made.codings
    assert any(evidence.cues for coding in read.codings for evidence in coding.evidence)
    assert read == made


def test_code_then_coverage_is_run(coded: Path, tmp_path: Path, call: Call) -> None:
    apart = tmp_path / "apart"
    assert call("code", coded, "--out", apart).code == 0
    assert not set(MEASURES) & set(contents(apart))
    assert json.loads((apart / "manifest.json").read_bytes())["analyses"] == {}
    assert call("coverage", apart).code == 0
    assert contents(apart) == contents(coded / "results")


def test_figures_of_the_coverage(coded: Path) -> None:
    overall = {row["code_id"]: row for row in rows(coded / "results/coverage.csv") if row["group"] == "(all)"}
    assert set(overall) == {"argent", "autonomie"}  # the code above only groups others
    argent, autonomie = overall["argent"], overall["autonomie"]
    counts = ("references", "units_coded", "cases_coded", "cases", "affirmed", "negated", "hypothetical")
    assert [argent[name] for name in counts] == ["4", "4", "2", "2", "1", "2", "1"]
    assert [autonomie[name] for name in counts] == ["2", "2", "2", "2", "2", "0", "0"]
    assert groups(coded / "results") == ["(all)", "alpha", "beta"]
    with (coded / "results/matrix.csv").open(encoding="utf-8", newline="") as stream:
        assert next(csv.reader(stream)) == ["code_id", "alpha", "beta"]


def test_the_summary(study: Path, call: Call) -> None:
    ended = call("run", "--no-report", study)
    assert ended.code == 0
    assert ended.err == ""
    assert f"6 codings in 3 interviews of 2 cases, written to {study.as_posix()}/results/" in ended.out.replace(
        "\n", " "
    )
    assert "\x1b" not in ended.out


GROUPS = {
    "function": ["(all)", "", "porteur", "élu"],
    "stage": ["(all)", "essor", "émergence"],
    "speaker": ["(all)", "Enquêté", "R"],
    "transcript": ["(all)", "alpha/marie", "alpha/paul", "beta/lea"],
    "stage,case": ["(all)", "essor × beta", "émergence × alpha"],
    "case,role": ["(all)", "alpha × respondent", "beta × respondent"],
}


@pytest.mark.parametrize("by", GROUPS)
def test_groups(by: str, coded: Path, call: Call) -> None:
    for arguments in (["--by", by], [part for name in by.split(",") for part in ("--by", name)]):
        assert call("coverage", coded / "results", *arguments).code == 0
        assert groups(coded / "results") == GROUPS[by]


def test_an_attribute_that_nothing_has(coded: Path, call: Call) -> None:
    before = contents(coded / "results")
    for command in (["coverage", coded / "results"], ["run", coded]):
        ended = call(*command, "--by", "fonction")
        assert ended.code == 1
        assert "« fonction »; did you mean « function »?" in ended.err
        assert contents(coded / "results") == before


def test_options_of_the_coverage(coded: Path, call: Call) -> None:
    options = ["--descendants", "--polarity", "negated", "--polarity", "affirmed", "--measure", "references"]
    ended = call("coverage", coded / "results", "--format", "csv", *options)
    assert ended.code == 0
    found = list(csv.DictReader(ended.out.splitlines()))
    assert [row["references"] for row in found if row["group"] == "(all)"] == ["3", "3", "2"]
    assert call("coverage", coded / "results", "--format", "json", *options).out.startswith("[")
    assert rows(coded / "results/matrix.csv") == [
        {"code_id": "soutiens", "alpha": "3", "beta": "0"},
        {"code_id": "argent", "alpha": "3", "beta": "0"},
        {"code_id": "autonomie", "alpha": "1", "beta": "1"},
    ]


def test_the_interviewer_only_where_asked(coded: Path, call: Call) -> None:
    assert call("run", "--no-report", coded, "--include-interviewer", "--by", "role").code == 0
    found = rows(coded / "results/codings.csv")
    assert [row["quote"] for row in found if row["role"] == "interviewer"] == [
        "Et la mairie, elle verse une subvention ?"
    ]
    assert groups(coded / "results") == ["(all)", "interviewer", "respondent"]


def test_the_unit_of_codings(coded: Path, call: Call) -> None:
    assert call("run", "--no-report", coded, "--unit", "turn").code == 0
    quotes = {row["quote"] for row in rows(coded / "results/codings.csv") if row["transcript_id"] == "alpha/marie"}
    assert len(quotes) == 1
    assert quotes.pop().startswith("La mairie nous a versé")
    assert call("verify", coded / "results", coded).code == 0


def test_defaults_of_the_study(study: Path, call: Call) -> None:
    settings = "defaults:\n  by: [stage]\n  measure: references\n  interviewer: true\n  descendants: true\n"
    write(study, {"study.yaml": "results: sorties\n" + settings})
    assert call("run", "--no-report", study).code == 0
    assert groups(study / "sorties") == ["(all)", "essor", "émergence"]
    assert "interviewer" in {row["role"] for row in rows(study / "sorties/codings.csv")}
    assert {row["code_id"] for row in rows(study / "sorties/coverage.csv")} == {"soutiens", "argent", "autonomie"}
    assert rows(study / "sorties/matrix.csv")[0]["émergence"] == "4"
    assert call("run", "--no-report", study, "--own", "--respondents-only", "--by", "case").code == 0
    assert groups(study / "sorties") == ["(all)", "alpha", "beta"]
    assert {row["role"] for row in rows(study / "sorties/codings.csv")} == {"respondent"}


def test_roles_of_the_study(study: Path, call: Call) -> None:
    text = "Driss : Une subvention ?\n\nClaire : On a décidé seuls.\n\n" * 3
    shutil.rmtree(study / "corpus")
    write(study, {"corpus/a.txt": text, "study.yaml": "roles:\n  Driss: interviewer\n  claire: respondent\n"})
    assert call("run", "--no-report", study).code == 0
    found = rows(study / "results/codings.csv")
    assert {(row["speaker"], row["code_id"]) for row in found} == {("Claire", "autonomie")}


@pytest.mark.parametrize("there", [".", "corpus", "corpus/alpha", "corpus/alpha/marie.txt"])
def test_a_study_is_found_from_below(
    there: str, study: Path, call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert call("run", "--no-report", study / there).code == 0
    assert (study / "results/codings.csv").is_file()
    assert not (tmp_path / "results").exists()


@pytest.mark.parametrize("there", [".", "corpus"])
def test_the_study_of_the_current_folder(there: str, study: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(study / there)
    for command in (["corpus", "check"], ["run"], ["coverage"], ["verify"], ["codebook", "check"], ["clear-cache"]):
        assert call(*command).code == 0, command
    assert (study / "results/codings.csv").is_file()


def test_one_interview_as_corpus(study: Path, call: Call, tmp_path: Path) -> None:
    assert call("run", "--no-report", study / "corpus/beta/lea.txt", "--out", tmp_path / "one").code == 0
    assert [row["transcript_id"] for row in rows(tmp_path / "one/codings.csv")] == ["lea", "lea"]
    alone = write(tmp_path / "alone", {"a.txt": INTERVIEWS["beta/lea.txt"], "c.yaml": CODEBOOK})
    assert call("run", "--no-report", alone / "a.txt", "--codebook", alone / "c.yaml", "--out", alone / "r").code == 0
    assert len(rows(alone / "r/codings.csv")) == 2


def test_results_in_the_corpus_are_no_interviews(study: Path, call: Call, tmp_path: Path) -> None:
    corpus = study / "corpus"
    for place in ("sorties", "alpha/sorties"):
        options = [corpus, "--out", corpus / place]
        assert call("run", "--no-report", *options).code == 0
        once = contents(corpus / place)
        assert call("run", "--no-report", *options).code == 0
        assert contents(corpus / place) == once
        shutil.rmtree(corpus / place)


def test_other_results_in_the_corpus_are_no_interviews(study: Path, call: Call) -> None:
    corpus = study / "corpus"
    assert call("run", "--no-report", study, "--out", corpus / "alpha/sorties").code == 0
    ended = call("run", "--no-report", study)
    assert (ended.code, ended.err) == (0, "")
    assert contents(study / "results") == contents(corpus / "alpha/sorties")


@pytest.mark.parametrize("name", ["avec espaces", "été à l’œuvre", 'l\'an "2"', "[bold]x", "a:b;c&d$HOME", "-tiret"])
def test_a_path_of_any_characters(name: str, tmp_path: Path, call: Call) -> None:
    study = make_study(tmp_path / name)
    ended = call("run", "--no-report", study, "--out", study / name)
    assert ended.code == 0
    assert f"{name}/{name}/" in ended.out.replace("\n", "")
    assert call("verify", study / name, study).code == 0


def test_a_run_that_makes_fewer_files_leaves_none_of_before(coded: Path, call: Call) -> None:
    (coded / "corpus/beta/lea.txt").unlink()
    write(coded, {"results/notes.txt": "les miennes\n"})
    assert call("code", coded).code == 0
    left = contents(coded / "results")
    assert left["notes.txt"] == b"les miennes\n"
    assert not {"texts/beta/lea.txt", *MEASURES} & set(left)
    assert not (coded / "results/texts/beta").exists()
