"""Corpora as they are met: all that is valid, what deserves a warning, what is an error and stops nothing else."""

from __future__ import annotations

import csv
import json
import zipfile
from pathlib import Path

import docx
import pytest
from small_studies import CODEBOOK, Call, Ended, contents, write

PAID = "« La mairie » nous\u00a0a versé 300\u202f€ 🎉👩\u200d🌾."
TEXT = f"Enquêteur : Et l’argent ?\r\nEnquêté : {PAID}\nOui.\r\n\nOn a décidé seuls !\r\n"
WELL = "R : La mairie nous a versé mille euros.\n"


def study(root: Path, files: dict[str, str | bytes], codebook: str = CODEBOOK) -> Path:
    write(root / "corpus", files)
    return write(root, {"study.yaml": "title: Essai\n", "codebook.yaml": codebook})


def codings(root: Path) -> list[dict[str, str]]:
    with (root / "results/codings.csv").open(encoding="utf-8", newline="") as stream:
        found = list(csv.DictReader(stream))
    for row in found:
        text = (root / "results/texts" / f"{row['transcript_id']}.txt").read_bytes().decode()
        assert text[int(row["start"]) : int(row["end"])] == row["quote"]
    return found


def not_used(ended: Ended) -> list[str]:
    line = next((line for line in ended.out.splitlines() if "could not be used" in line), ": ")
    return line.split(": ", 1)[1].split(", ")


def test_encodings_line_ends_and_characters(tmp_path: Path, call: Call) -> None:
    plain = TEXT.replace("🎉👩\u200d🌾", "").replace("\u202f", " ")
    study(
        tmp_path,
        {
            "a.txt": TEXT,
            "bom.txt": b"\xef\xbb\xbf" + TEXT.encode(),
            "cp1252.txt": plain.encode("cp1252"),
            "utf16.txt": TEXT.encode("utf-16"),
            "utf16be.txt": b"\xfe\xff" + TEXT.encode("utf-16-be"),
        },
    )
    ended = call("run", "--no-report", tmp_path)
    assert (ended.code, ended.err) == (0, "")
    found = codings(tmp_path)
    texts = {name: content.decode() for name, content in contents(tmp_path / "results/texts").items()}
    assert {name: text for name, text in texts.items() if text != TEXT} == {"cp1252.txt": plain}
    for name, text in texts.items():
        quotes = [(row["code_id"], row["quote"]) for row in found if f"{row['transcript_id']}.txt" == name]
        paid = PAID if text == TEXT else PAID.replace("🎉👩\u200d🌾", "").replace("\u202f", " ")
        assert quotes == [("argent", paid), ("autonomie", "On a décidé seuls !")]


def test_two_files_of_one_name(tmp_path: Path, call: Call) -> None:
    study(tmp_path, {"un/a.txt": WELL, "deux/a.txt": WELL, "deux/a.md": WELL})
    ended = call("run", "--no-report", tmp_path)
    assert ended.code == 0
    assert [row["transcript_id"] for row in codings(tmp_path)] == ["deux/a.md", "deux/a.txt", "un/a"]
    assert len(ended.problems("warning")) == 2  # of the two that would share an id


def test_one_very_long_line(tmp_path: Path, call: Call) -> None:
    sentence = "Enquêté : La mairie nous a versé mille euros, et puis voilà, il fait beau. "
    study(tmp_path, {"a.txt": "R : " + "Il fait beau, et puis voilà. " * 1500 + "La mairie a versé mille euros."})
    ended = call("run", "--no-report", tmp_path, "--no-cache")
    assert ended.code == 0
    assert [row["quote"] for row in codings(tmp_path)] == ["La mairie a versé mille euros."]
    write(tmp_path, {"corpus/a.txt": sentence * (2_000_000 // len(sentence))})
    checked = call("corpus", "check", tmp_path, "--format", "json")
    assert (checked.code, json.loads(checked.out)[0]["turns"]) == (0, 1)


def test_ten_thousand_rules(tmp_path: Path, call: Call) -> None:
    codes = "".join(
        f"  - id: c{code}\n    label: C{code}\n    rules:\n"
        + "".join(f"      - mot{code}x{rule} de subvention|mairie\n" for rule in range(100))
        for code in range(100)
    )
    study(tmp_path, {"a.txt": "R : Un mot7x8 de la subvention. Il fait beau.\n"}, f"title: Grande\ncodes:\n{codes}")
    assert call("run", "--no-report", tmp_path).code == 0
    assert [(row["code_id"], row["quote"]) for row in codings(tmp_path)] == [("c7", "Un mot7x8 de la subvention.")]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_no_turns(end: str, tmp_path: Path, call: Call) -> None:
    spoken = "La mairie nous a versé mille euros. Il fait beau."
    front = end.join(["---", "title: La mairie verse une subvention.", "note: On a décidé seuls.", "---", "", ""])
    study(tmp_path, {"avec.txt": front + spoken, "sans.txt": spoken})
    ended = call("run", "--no-report", tmp_path)
    assert ended.code == 0
    assert [(row["transcript_id"], row["quote"], row["role"]) for row in codings(tmp_path)] == [
        ("avec", "La mairie nous a versé mille euros.", "respondent"),
        ("sans", "La mairie nous a versé mille euros.", "respondent"),
    ]
    with (tmp_path / "results/coverage.csv").open(encoding="utf-8", newline="") as stream:
        groups = {row["group"]: row for row in csv.DictReader(stream) if row["code_id"] == "argent"}
    counts = [tuple(groups[name][unit] for unit in ("words", "units", "turns")) for name in ("avec", "sans")]
    assert counts == [("10", "2", "1"), ("10", "2", "1")]


WARNED = {
    "a slip in a label": (
        {"a.txt": "[Chercheur]\nOui ?\n\n[Enquêté]\nNon.\n\n" * 12 + "[Checheur]\nBien.\n"},
        "a.txt:",
    ),
    "a case without interview": ({"a.txt": WELL, "cases.csv": "case_id,label\na,A\nb,B\n"}, "« b » has no transcript"),
    "an interview without case": ({"a.txt": WELL, "cases.csv": "case_id,label\nb,B\n"}, "« a » of this transcript"),
    "another language": ({"a.txt": "R : " + "I think that we have to do what the town wants. " * 9}, "a.txt: warning"),
    "another type of file": ({"a.txt": WELL, "son.mp3": b"ID3", "b.pdf": b"%PDF"}, "« .mp3 »"),
}


@pytest.mark.parametrize(("files", "told"), WARNED.values(), ids=WARNED)
def test_what_is_warned_of(files: dict[str, str | bytes], told: str, tmp_path: Path, call: Call) -> None:
    ended = call("run", "--no-report", study(tmp_path, files))
    assert ended.code == 0
    assert any(told in line and "→" in line for line in ended.problems("warning")), ended.err
    assert (tmp_path / "results/codings.csv").is_file()
    assert "could not be used" not in ended.out
    assert call("verify", tmp_path / "results", tmp_path).code == 0


def bad_files(folder: Path) -> dict[str, bytes]:
    document = docx.Document()
    for _paragraph in range(50):
        document.add_paragraph("R : La mairie nous a versé une subvention.")
    document.save(str(folder / "sound.docx"))
    sound = (folder / "sound.docx").read_bytes()
    with zipfile.ZipFile(folder / "bomb.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" + b" " * 70_000_000)
    locked = bytearray(sound)
    locked[6] |= 1
    place = sound.index(b"PK\x01\x02")
    locked[place + 8] |= 1
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    return {
        "bomb.docx": (folder / "bomb.docx").read_bytes(),
        "cut.docx": sound[: len(sound) // 2],
        "empty.txt": b"",
        "encrypted.docx": ole + bytes(100) + "EncryptedPackage".encode("utf-16-le"),
        "locked.docx": bytes(locked),
        "old.docx": ole + bytes(500),
        "plain.docx": b"R : Une subvention.\n",
        "rest.docx": sound[len(sound) // 2 :],
        "sons.txt": bytes(range(256)) * 20,
        "zeros.md": bytes(1000),
    }


def test_bad_files_do_not_stop_the_others(tmp_path: Path, call: Call) -> None:
    bad = bad_files(tmp_path)
    study(tmp_path / "s", {"good.txt": WELL, "sub/good.txt": WELL, **bad})
    ended = call("run", "--no-report", tmp_path / "s")
    assert ended.code == 1
    assert [row["transcript_id"] for row in codings(tmp_path / "s")] == ["good", "sub/good"]
    assert f"{len(bad)} files could not be used" in ended.out
    assert not_used(Ended(0, ended.out.replace(",\n", ", ").replace(" \n", " "), ""))[0] == "bomb.docx"
    assert json.loads((tmp_path / "s/results/manifest.json").read_bytes())["not_read"] == sorted(bad)
    told = ended.problems("error")
    assert [line.split(":")[0] for line in told] == sorted(bad)
    for line in told:
        assert "→" in line or "empty" in line or "no text" in line, line
    assert call("corpus", "check", tmp_path / "s").code == 1


def test_only_bad_files(tmp_path: Path, call: Call) -> None:
    ended = call("run", "--no-report", study(tmp_path, {"a.docx": b"x", "b.txt": bytes(99)}))
    assert ended.code == 1
    assert "no interview could be read" in ended.err
    assert len(ended.problems("error")) == 3
    assert contents(tmp_path / "results") == {}


def test_a_file_that_may_not_be_read(tmp_path: Path, bound_process: Call) -> None:
    study(tmp_path, {"a.txt": WELL, "b.txt": WELL})
    (tmp_path / "corpus/b.txt").chmod(0)
    ended = bound_process("run", tmp_path)
    assert (ended.code, len(codings(tmp_path))) == (1, 1)
    assert "b.txt: error" in ended.err
