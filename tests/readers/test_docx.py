"""Word files: their text, what is left out and said, names in bold, tables."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
from docx.enum.text import WD_BREAK
from word_files import read, run, spoken, word


def test_paragraphs_are_joined_by_one_line_end(tmp_path: Path) -> None:
    path = word("Enquêteur : Ça va\u00a0?", "", "Enquêté : Oui 🙂.", "Bien.", path=tmp_path / "a.docx")
    transcript, problems = read(path)
    assert transcript.text == "Enquêteur : Ça va\u00a0?\n\nEnquêté : Oui 🙂.\nBien."
    assert spoken(transcript) == [("Enquêteur", "Ça va\u00a0?"), ("Enquêté", "Oui 🙂.\nBien.")]
    assert problems == []


def test_bold_names_are_speakers(tmp_path: Path) -> None:
    document = docx.Document()
    for name, said in [
        ("Anne", "Ça va ?"),
        ("Driss", "Oui."),
        ("Anne", "Et là ?"),
        ("Driss", "Non."),
        ("Anne", "Ah."),
        ("Driss", "Si."),
    ]:
        paragraph = document.add_paragraph()
        paragraph.add_run(name).bold = True
        paragraph.add_run(f" {said}")
        document.add_paragraph("Vraiment.").runs[0].italic = True
    document.save(str(tmp_path / "a.docx"))
    transcript, _ = read(tmp_path / "a.docx")
    assert spoken(transcript)[:3] == [
        ("Anne", "Ça va ?\nVraiment."),
        ("Driss", "Oui.\nVraiment."),
        ("Anne", "Et là ?\nVraiment."),
    ]
    assert len(transcript.turns) == 6


def test_questions_wholly_in_bold_are_no_names(tmp_path: Path) -> None:
    document = docx.Document()
    for index in range(4):
        document.add_paragraph("[Chercheur] (0:01 - 0:02)")
        document.add_paragraph().add_run(f"{index} - Et ensuite ?").bold = True
        document.add_paragraph("[Interviewe] (0:02 - 0:03)")
        document.add_paragraph("Rien.")
    document.save(str(tmp_path / "a.docx"))
    transcript, _ = read(tmp_path / "a.docx")
    assert len(transcript.turns) == 8
    assert spoken(transcript)[0] == ("Chercheur", "0 - Et ensuite ?")


def test_a_table_of_speakers_and_text(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Entretien")
    table = document.add_table(rows=0, cols=3)
    rows = [
        ("Temps", "Locuteur", "Texte"),
        ("0:01", "Enquêtrice", "Alors ?"),
        ("0:05", "Paul", "Bien.\nTrès bien : oui."),
        ("", "", "Vraiment."),
        ("1:00", "Enquêtrice", "Ah ?"),
        ("1:02", "Paul", "Oui."),
    ]
    for row in rows:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = value
    document.save(str(tmp_path / "a.docx"))
    transcript, _ = read(tmp_path / "a.docx")
    assert spoken(transcript) == [
        ("Enquêtrice", "Alors ?"),
        ("Paul", "Bien.\nTrès bien : oui.\n\n\nVraiment."),
        ("Enquêtrice", "Ah ?"),
        ("Paul", "Oui."),
    ]
    assert [turn.time_start for turn in transcript.turns] == [1.0, 5.0, 60.0, 62.0]


def test_a_cover_table_is_no_dialogue(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=0, cols=2)
    for row in [("Date", "3 mars"), ("Lieu", "la mairie")]:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = value
    for line in ("E : Ça va ?", "R : Oui.") * 2:
        document.add_paragraph(line)
    document.save(str(tmp_path / "a.docx"))
    assert [speaker for speaker, _ in spoken(read(tmp_path / "a.docx")[0])] == ["E", "R", "E", "R"]


def test_a_dash_that_word_made_a_bullet_is_a_dash(tmp_path: Path) -> None:
    document = docx.Document()
    for line in ("Depuis quand ?", "Toujours.", "Ah ?", "Oui."):
        document.add_paragraph(line, style="List Bullet")
    document.save(str(tmp_path / "a.docx"))
    source = tmp_path / "b.docx"  # python-docx puts the list in the style; Word writes it into each paragraph
    _rewrite(
        tmp_path / "a.docx",
        source,
        lambda xml: xml.replace(
            '<w:pStyle w:val="ListBullet"/>', '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
        ),
        _numbering,
    )
    transcript, _ = read(source)
    assert [speaker for speaker, _ in spoken(transcript)] == ["1", "2", "1", "2"]


_numbering = (
    '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum '
    'w:abstractNumId="7">'
    '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum><w:num w:numId="1">'
    '<w:abstractNumId w:val="7"/></w:num>'
    "</w:numbering>"
)


def _rewrite(old: Path, new: Path, change: Callable[[str], str], numbering: str | None = None) -> None:
    with zipfile.ZipFile(old) as source, zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename == "word/document.xml":
                data = change(data.decode()).encode()
            if entry.filename == "word/numbering.xml" and numbering:
                data = numbering.encode()
            target.writestr(entry.filename, data)


def test_line_breaks_tabs_and_headings(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Entretien", 0)
    run = document.add_paragraph("E : Ça va ?").add_run()
    run.add_break()
    run.add_text("Oui ?")
    run.add_tab()
    document.add_paragraph("R : Oui.").add_run().add_break(WD_BREAK.PAGE)
    document.add_heading("Le budget", 2)
    document.add_paragraph("E : Et ?")
    document.add_paragraph("R : Rien.")
    document.save(str(tmp_path / "a.docx"))
    transcript, _ = read(tmp_path / "a.docx")
    assert spoken(transcript) == [("E", "Ça va ?\nOui ?"), ("R", "Oui."), ("E", "Et ?"), ("R", "Rien.")]


def test_tracked_changes_and_comments(word_xml: Callable[..., Path]) -> None:
    body = (
        f"<w:p>{run('E : Alors ')}<w:ins>{run('vraiment')}</w:ins><w:del><w:r><w:delText>faux</w:delText>"
        f"</w:r></w:del>{run(' ?')}</w:p>"
        f"<w:p>{run('R : Oui')}<w:r><w:commentReference/></w:r><w:moveFrom>{run('ancien')}</w:moveFrom>"
        f"<w:moveTo>{run(' nouveau')}</w:moveTo></w:p>"
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('E : Et')}</w:p><w:p>{run(' puis ?')}</w:p>"
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>R : tout faux</w:delText></w:r>"
        f"</w:del></w:p>"
        f"<w:p><w:hyperlink>{run('R : Non')}</w:hyperlink><w:sdt><w:sdtContent>{run(' !')}</w:sdtContent></w:sdt>"
        f"{run('caché', '<w:rPr><w:vanish/></w:rPr>')}<w:r><w:footnoteReference/></w:r></w:p>"
    )
    transcript, problems = read(word_xml(body))
    assert transcript.text == "E : Alors vraiment ?\nR : Oui nouveau\nE : Et puis ?\nR : Non !"
    [problem] = problems
    assert problem.severity == "warning"
    assert problem.message == (
        "left out: comments (1), deletions in tracked changes (2), footnotes (1), hidden passages (1); "
        "kept: insertions in tracked changes (1)"
    )


def test_what_stands_in_text_boxes_is_told(word_xml: Callable[..., Path]) -> None:
    box = "<w:pict><w:txbxContent><w:p><w:r><w:t>Encadré</w:t></w:r></w:p></w:txbxContent></w:pict>"
    transcript, problems = read(word_xml(f"<w:p>{run('E : Oui ?')}<w:r>{box}</w:r></w:p><w:p>{run('R : Non.')}</w:p>"))
    assert "Encadré" not in transcript.text
    assert problems[0].message == "left out: text boxes (1)"


def test_bold_may_come_from_a_style(word_xml: Callable[..., Path]) -> None:
    styles = '<w:style w:styleId="Nom"><w:name w:val="Nom"/><w:rPr><w:b/></w:rPr></w:style>'
    bold = '<w:rPr><w:rStyle w:val="Nom"/></w:rPr>'
    body = "".join(f"<w:p>{run(name, bold)}{run(' Oui.')}</w:p>" for name in ("Chercheuse", "Paul") * 3)
    transcript, _ = read(word_xml(body, styles=styles))
    assert [speaker for speaker, _ in spoken(transcript)] == ["Chercheuse", "Paul"] * 3


def test_a_suffix_in_capitals_is_known(tmp_path: Path) -> None:
    word("E : Oui ?", "R : Non.", path=tmp_path / "a.docx")
    shutil.move(tmp_path / "a.docx", tmp_path / "B.DOCX")
    assert len(read(tmp_path / "B.DOCX")[0].turns) == 2
