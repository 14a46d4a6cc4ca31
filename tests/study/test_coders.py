"""Coders' files: what is read of each format, whose codings are whose, and every slip told with its line."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from results_folders import TEXTS, coded_corpus, written

from ptce_qual.analysis.agreement import CodedSpan
from ptce_qual.errors import InputError
from ptce_qual.model import RULES
from ptce_qual.study.coders import multiple_coding, read_coders
from ptce_qual.study.results import read_results

ROWS = "transcript_id,start,end,code_id,polarity,coder\na,0,17,argent,negated,Ann\nb,,,,,Ann\n"


def file(tmp_path, text, name="ann.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def results(tmp_path):
    return written(tmp_path / "results", coded_corpus(tmp_path, TEXTS))


def read(paths, results):
    return read_coders(paths, results, read_results(results))


def joined(paths, results):
    given_, problems = read(paths, results)
    return multiple_coding(read_results(results), given_.coders, given_.own, given_.codings), given_, problems


def test_a_csv_and_the_results_own_codings(tmp_path, results):
    multiple, given_, problems = joined([file(tmp_path, ROWS), results], results)
    assert problems == []
    assert given_.coders == ("Ann", RULES)
    assert (given_.own, [source["file"] for source in given_.sources]) == ((RULES,), ["ann.csv"])
    assert multiple.read == {"Ann": {"a", "b"}, RULES: {"a", "b"}}
    assert CodedSpan("Ann", "a", 0, 17, "argent", "negated") in multiple.spans
    assert CodedSpan(RULES, "a", 18, 32, "lieu", "affirmed", ("lieu-1",)) in multiple.spans
    assert len(multiple.spans) == 3


@pytest.mark.parametrize(
    "text",
    [
        "\ufefftranscript_id;start;end;code_id\na;0;17;argent\n",
        "Code_ID\tSTART\tEnd\ttranscript_id\nargent\t0\t17\ta\n",
        'start,end,code_id,quote,transcript_id\n0,17,argent,"Y a pas d\'argent.",a\n',
    ],
)
def test_a_csv_as_spreadsheets_write_it(tmp_path, results, text):
    multiple, given_, problems = joined([file(tmp_path, text), results], results)
    assert [problem for problem in problems if problem.severity != "notice"] == []
    assert given_.coders == ("ann", RULES)
    assert multiple.spans[-1] == CodedSpan("ann", "a", 0, 17, "argent")
    assert multiple.read["ann"] == {"a"}


def test_several_coders_in_one_file_in_the_order_they_come(tmp_path, results):
    text = "transcript_id,start,end,code_id,coder\na,0,17,argent,Zoe\na,18,32,lieu,Ann\nb,,,,Zoe\n"
    multiple, given_, _problems = joined([file(tmp_path, text)], results)
    assert given_.coders == ("Zoe", "Ann")
    assert multiple.read == {"Zoe": {"a", "b"}, "Ann": {"a"}}


def test_one_coder_in_several_files_is_one_where_they_hold_different_transcripts(tmp_path, results):
    header = "transcript_id,start,end,code_id,coder\n"
    first = file(tmp_path, header + "a,0,17,argent,Ann\n", "one.csv")
    second = file(tmp_path, header + "b,0,4,lieu,Ann\n", "two.csv")
    third = file(tmp_path, header + "b,,,,Ann\n", "three.csv")
    multiple, given_, _problems = joined([first, second], results)
    assert given_.coders == ("Ann",)
    assert multiple.read == {"Ann": {"a", "b"}}
    multiple, given_, _problems = joined([first, second, third], results)
    assert given_.coders == ("Ann (one)", "Ann (two)", "Ann (three)")
    assert multiple.read == {"Ann (one)": {"a"}, "Ann (two)": {"b"}, "Ann (three)": {"b"}}
    _multiple, given_, _problems = joined([first, first], results)
    assert given_.coders == ("Ann (one)", "Ann (one 2)")


def test_another_results_folder_and_its_json_lines(tmp_path, results):
    other = written(tmp_path / "old", coded_corpus(tmp_path, TEXTS))
    multiple, given_, _problems = joined([results, other], results)
    assert given_.coders == (RULES, f"{RULES} (old)")
    assert multiple.read[f"{RULES} (old)"] == {"a", "b"}
    assert CodedSpan(f"{RULES} (old)", "a", 0, 17, "argent", "negated", ("argent-1",)) in multiple.spans
    multiple, given_, _problems = joined([other / "codings.jsonl", other / "codings.csv"], results)
    assert given_.coders == (f"{RULES} (codings)", f"{RULES} (codings 2)")
    assert multiple.read[f"{RULES} (codings)"] == {"a"}  # a list of codings tells of no text without any
    assert len(multiple.spans) == 4
    assert len({(span.start, span.code_id, span.polarity, span.rule_ids) for span in multiple.spans}) == 2


def test_results_of_other_texts_are_refused(tmp_path, results):
    other = written(tmp_path / "old", coded_corpus(tmp_path, {"a": "Y a pas d'argent. On a un  local.", "z": "."}))
    with pytest.raises(InputError) as caught:
        read([results, other], results)
    told = [(problem.severity, problem.message) for problem in caught.value.problems]
    assert ("error", "the interview « a » has another text there") in told
    assert ("warning", "there is no interview « z » in these results; its rows are left out") in told


@pytest.mark.parametrize(
    ("row", "line", "words"),
    [
        ("a,0,x,argent,,", 2, "whole numbers"),
        ("a,,,argent,,", 2, "whole numbers"),
        ("a,5,5,argent,,", 2, "5–5 is no passage of « a », which has 32 characters"),
        ("a,0,33,argent,,", 2, "0–33 is no passage"),
        ("a,-1,3,argent,,", 2, "is no passage"),
        ("a,0,17,argent,negatif,", 2, "« negatif » is no polarity"),
        (",0,17,argent,,", 2, "no transcript_id"),
        ("a,0,17,argent,,\na,1,0,lieu,,", 3, "no passage"),
    ],
)
def test_errors_are_told_with_their_line(tmp_path, results, row, line, words):
    path = file(tmp_path, f"transcript_id,start,end,code_id,polarity,coder\n{row}\n")
    with pytest.raises(InputError) as caught:
        read([path, results], results)
    (problem,) = caught.value.problems
    assert (problem.severity, problem.line, problem.file) == ("error", line, path.as_posix())
    assert words in problem.message
    assert problem.remedy


@pytest.mark.parametrize(
    ("row", "words", "remedy"),
    [
        ("aa,0,17,argent,,\naa,0,3,lieu,,", "no interview « aa »", "« a »"),
        ("a,0,17,argents,,\na,0,3,argents,,", "no code « argents »", "« argent »"),
        ("a,0,17,argent,,", "", ""),
        ("a,0,17,sous,,", "", ""),
    ],
)
def test_what_is_no_error_is_told_once(tmp_path, results, row, words, remedy):
    path = file(tmp_path, f"transcript_id,start,end,code_id,polarity,coder\n{row}\n")
    _given, problems = read([path, results], results)
    assert len(problems) == bool(words)
    for problem in problems:
        assert (problem.severity, problem.line) == ("warning", 2)
        assert words in problem.message
        assert remedy in problem.remedy


def test_a_quote_that_stands_elsewhere_is_told(tmp_path, results):
    text = 'transcript_id,start,end,code_id,quote\na,0,17,argent,"Y a pas d\'argent."\na,18,31,lieu,On a un local.\n'
    _given, problems = read([file(tmp_path, text), results], results)
    assert [(problem.line, problem.message) for problem in problems] == [
        (3, "1 quote is not what stands at its place in the text")
    ]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("x.csv", b"a,b\n1,2\n", "no column « transcript_id », « start », « end », « code_id »"),
        ("x.csv", b"", "no column"),
        ("x.csv", b"PK\x03\x04\x00\x00\x00", "not a text file"),
        ("x.jsonl", b"{\n", "can't be read"),
        ("x.jsonl", b'{"transcript_id": "a"}\n', "can't be read"),
        ("x.jsonl", b"[1]\n", "can't be read"),
    ],
)
def test_files_of_another_kind_are_refused(tmp_path, results, name, content, words):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read([path, results], results)
    assert any(words in problem.message for problem in caught.value.problems)


def test_no_file_and_no_results_are_refused(tmp_path, results):
    (tmp_path / "empty").mkdir()
    for path, words in ((tmp_path / "none.csv", "no such file"), (tmp_path / "empty", "holds no results")):
        with pytest.raises(InputError, match=words):
            read([path, results], results)


SPANS = st.lists(
    st.tuples(
        st.sampled_from(["Ann", "Zoé, l'autre", "x|y"]),
        st.integers(0, 30),
        st.integers(1, 9),
        st.sampled_from(["argent", "lieu", "autre"]),
        st.sampled_from([None, "affirmed", "hypothetical"]),
        st.lists(st.sampled_from(["r-1", "r-2"]), unique=True),
    ),
    max_size=6,
)


@given(SPANS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_what_is_kept_reads_back_as_it_was(tmp_path, results, drawn):
    spans = [
        CodedSpan(coder, "a", start, min(start + length, 32), code, polarity, tuple(rules))
        for coder, start, length, code, polarity, rules in drawn
    ]
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(["transcript_id", "start", "end", "code_id", "polarity", "rule_ids", "coder"])
    for one in spans:
        writer.writerow(["a", one.start, one.end, one.code_id, one.polarity or "", "|".join(one.rule_ids), one.coder])
    writer.writerow(["b", "", "", "", "", "", "Last"])
    path = file(tmp_path, stream.getvalue())
    multiple, given_, _problems = joined([path, results], results)
    own = [span for span in multiple.spans if span.coder == RULES]
    assert sorted(map(repr, multiple.spans)) == sorted(map(repr, [*own, *spans]))
    assert multiple.read["Last"] == {"b"}
    path.write_bytes(given_.codings)  # what is kept is itself such a file
    again, second, _problems = joined([path, results], results)
    assert (second.codings, again.read, set(again.spans)) == (given_.codings, multiple.read, set(multiple.spans))
