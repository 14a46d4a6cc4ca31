"""OpenDocument texts: their text, what is left out and said, names in bold, tables, faults."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from odfdo import Document, Element, Header, List, Paragraph, Row, Style, Table
from word_files import ENTITIES, make_zip, read, spoken

from ptce_qual.readers import read_transcript


def _odt(*elements: Element, path: Path) -> Path:
    document = Document("text")
    document.body.clear()
    for element in elements:
        document.body.append(element)
    document.save(path)
    return path


def test_odt_paragraphs(tmp_path: Path) -> None:
    path = _odt(
        Header(1, "Entretien"),
        Paragraph("Enquêteur : Ça  va\u00a0?"),
        Paragraph("Enquêté : Oui\n🙂\tbien."),
        Header(2, "Suite"),
        Paragraph("Enquêteur : Ah ?"),
        path=tmp_path / "a.odt",
    )
    transcript, _ = read(path)
    assert transcript.text == "Entretien\nEnquêteur : Ça  va\u00a0?\nEnquêté : Oui\n🙂\tbien.\nSuite\nEnquêteur : Ah ?"
    assert spoken(transcript) == [
        ("Enquêteur", "Ça  va\u00a0?"),
        ("Enquêté", "Oui\n🙂\tbien."),
        ("Enquêteur", "Ah ?"),
    ]


def test_odt_white_space_of_the_xml_is_no_text(tmp_path: Path) -> None:
    paragraph = Element.from_tag("<text:p>\n  E :\n  Ça <text:span> va</text:span> ?<text:s text:c='2'/>Oui ?</text:p>")
    assert read(_odt(paragraph, path=tmp_path / "a.odt"))[0].text == "E : Ça va ?  Oui ?"


def test_odt_bold_names_and_tables(tmp_path: Path) -> None:
    document = Document("text")
    document.body.clear()
    document.insert_style(Style("text", name="gras", bold=True), automatic=True)
    for name in ("Chercheuse", "Paul") * 3:
        document.body.append(
            Element.from_tag(f"<text:p><text:span text:style-name='gras'>{name}</text:span> Oui.</text:p>")
        )
    document.save(tmp_path / "a.odt")
    assert [speaker for speaker, _ in spoken(read(tmp_path / "a.odt")[0])] == ["Chercheuse", "Paul"] * 3
    table = Table("t")
    for row in [("E", "Ça va ?"), ("R", "Oui."), ("E", "Ah ?"), ("R", "Bien.")]:
        table.append_row(_row(row))
    assert spoken(read(_odt(table, path=tmp_path / "b.odt"))[0]) == [
        ("E", "Ça va ?"),
        ("R", "Oui."),
        ("E", "Ah ?"),
        ("R", "Bien."),
    ]


def _row(values: tuple[str, ...]) -> Row:
    cells = "".join(f"<table:table-cell><text:p>{value}</text:p></table:table-cell>" for value in values)
    return cast(Row, Element.from_tag(f"<table:table-row>{cells}</table:table-row>"))


def test_odt_tracked_changes_and_comments(tmp_path: Path) -> None:
    changes = (
        "<text:tracked-changes><text:changed-region xml:id='a'><text:deletion><text:p>faux</text:p></text:deletion>"
        "</text:changed-region><text:changed-region xml:id='b'><text:insertion/></text:changed-region>"
        "</text:tracked-changes>"
    )
    said = (
        "<text:p>E : Alors <text:change text:change-id='a'/><text:change-start text:change-id='b'/>vraiment"
        "<text:change-end text:change-id='b'/> ?<office:annotation><text:p>note</text:p></office:annotation>"
        "<text:note text:note-class='footnote'><text:note-body><text:p>bas</text:p></text:note-body>"
        "</text:note></text:p>"
    )
    path = _odt(Element.from_tag(changes), Element.from_tag(said), Paragraph("R : Oui."), path=tmp_path / "a.odt")
    transcript, problems = read(path)
    assert transcript.text == "E : Alors vraiment ?\nR : Oui."
    assert problems[0].message == (
        "left out: comments (1), deletions in tracked changes (1), footnotes (1); kept: insertions in "
        "tracked changes (1)"
    )


def test_odt_lists_of_dashes(tmp_path: Path) -> None:
    document = Document("text")
    document.body.clear()
    styles = (
        "<text:list-style style:name='L9'><text:list-level-style-bullet text:level='1' "
        "text:bullet-char='-'/></text:list-style>"
    )
    content: Any = document.get_part("content.xml")
    content.get_element("//office:automatic-styles").append(Element.from_tag(styles))
    document.body.append(List(["Depuis quand ?", "Toujours."], style="L9"))
    document.save(tmp_path / "a.odt")
    assert [turn.role for turn in read(tmp_path / "a.odt")[0].turns] == ["interviewer", "respondent"]


def test_odt_faults(tmp_path: Path) -> None:
    encrypted = b"<manifest><encryption-data/></manifest>"
    faults = {
        "encrypted": make_zip(**{"content.xml": b"xx", "META-INF/manifest.xml": encrypted}),
        "no content": make_zip(a=b"b"),
        "not valid XML": make_zip(**{"content.xml": b"<a"}),
        "no text body": make_zip(**{"content.xml": b"<a/>"}),
        "refused": make_zip(**{"content.xml": ENTITIES}),
        "not a .odt file": b"rien",
    }
    for words, data in faults.items():
        (tmp_path / "a.odt").write_bytes(data)
        transcript, problems = read_transcript(tmp_path / "a.odt")
        assert transcript is None
        assert words in problems[0].message
