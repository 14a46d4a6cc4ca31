"""What figures show and tell, and that every text of theirs can be read."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from itertools import combinations

import matplotlib as mpl
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from made_corpora import Interview, codebook
from made_corpora import made as made_corpus
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from PIL import Image
from small_contents import BOOK, LABELS, contents, large, small

from ptce_qual.analysis.comparison import Labels
from ptce_qual.report.colours import PAPER, contrast
from ptce_qual.report.contents import Contents
from ptce_qual.report.figures import (
    FIGURES,
    FORMS,
    FigureMade,
    board,
    drawings,
    figure_files,
    figures,
    inline_svg,
    lettering,
    render_figure,
)
from ptce_qual.report.figures.heat_map import shade
from ptce_qual.report.figures.network_labels import Nodes, placed_labels
from ptce_qual.report.figures.network_layout import unit_layout
from ptce_qual.translation import use_language

SVG = "{http://www.w3.org/2000/svg}"
NINETY = "Une étiquette fort longue, de quatre-vingt-dix signes au moins, pour la « coopération » locale"
NASTY = "$x_1$ \\frac{a} <script>alert(1)</script> & \"q\" 'r' \x07\ud800 \U0001f600\nfin"
SMALL = small()
MADE = {made.name: made for made in figures(SMALL)}


def figure(name: str, given_contents: Contents = SMALL) -> FigureMade:
    made = FIGURES[name](given_contents)
    assert made is not None
    return made


def boxes(made: FigureMade) -> tuple[list[tuple[Text, tuple[float, float, float, float]]], tuple[float, float]]:
    """Return each line of text with the corners of its box, and the size of the canvas."""
    drawn = made.draw()
    renderer = FigureCanvasAgg(drawn).get_renderer()
    texts = [one for one in drawn.findobj(Text) if one.get_text()]
    return [(one, one.get_window_extent(renderer).extents) for one in texts], drawn.bbox.size


def is_apart(one: tuple[float, ...], other: tuple[float, ...], slack: float = 1.5) -> bool:
    """Whether two boxes share less than a line's slack: boxes are as high as the font's highest letter."""
    shared = (min(one[2], other[2]) - max(one[0], other[0]), min(one[3], other[3]) - max(one[1], other[1]))
    return bool(min(shared) <= slack)


def nasty() -> Contents:
    """Return contents whose labels are what no format likes."""
    labels = Labels({code.id: f"{NASTY} {code.id}" for code in BOOK.codes}, {"staff": NASTY, "budget": NASTY})
    return replace(SMALL, labels=labels)


def test_all_are_made_of_a_corpus_with_all_analyses() -> None:
    assert list(MADE) == list(FIGURES)
    for made in MADE.values():
        assert made.title
        assert made.caption.endswith(".")
        assert made.alternative.endswith(".")


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("form", FORMS)
def test_the_same_bytes_each_time_whatever_matplotlib_is_set_to(name: str, form: str) -> None:
    first = render_figure(MADE[name], form)  # type: ignore[arg-type]
    with mpl.rc_context({"font.size": 20, "text.usetex": True, "svg.fonttype": "path", "figure.facecolor": "red"}):
        before = dict(mpl.rcParams)
        assert render_figure(figure(name, small()), form) == first  # type: ignore[arg-type]
        assert dict(mpl.rcParams) == before
    assert not re.search(rb"20\d\d-\d\d-\d\dT|CreationDate|Matplotlib v|matplotlib\.org", first)


def test_each_form_is_what_it_says() -> None:
    made = MADE["heat_map"]
    assert etree.fromstring(render_figure(made, "svg")).tag == f"{SVG}svg"
    assert render_figure(made, "pdf").startswith(b"%PDF")
    image = Image.open(io.BytesIO(render_figure(made, "png")))
    assert [round(dots) for dots in image.info["dpi"]] == [200, 200]
    assert image.info["Title"] == made.title
    with pytest.raises(ValueError, match="no such form: gif"):
        render_figure(made, "gif")  # type: ignore[arg-type]


def test_text_stays_text() -> None:
    drawn = etree.fromstring(render_figure(MADE["heat_map"], "svg"))
    told = ["".join(one.itertext()) for one in drawn.iter(f"{SVG}text")]
    assert {"Subvention", "Prêt", "Argent", "Alpha", "11.4", "25.0"} <= set(told)


@pytest.mark.parametrize("name", FIGURES)
def test_text_of_users_is_neither_markup_nor_formula(name: str) -> None:
    made = figure(name, nasty())
    for svg in (inline_svg(made).encode(), render_figure(made, "svg")):
        root = etree.fromstring(svg)
        assert not list(root.iter("{*}script"))
        assert b"<script" not in svg
        assert not root.xpath("//@*[starts-with(name(), 'on')]")
    if name != "saturation_curve":  # which shows no text of users
        assert "$x_1$ \\frac{a}" in re.sub(r"\s+", " ", " ".join(root.itertext()))
    assert render_figure(made, "png")
    assert render_figure(made, "pdf")


def test_inlined_figures_share_a_page() -> None:
    page = etree.fromstring(f"<div>{''.join(inline_svg(made) for made in MADE.values())}</div>")
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    named = re.findall(r"(?:href=\"#|url\(#)([^\")]+)", etree.tostring(page, encoding="unicode"))
    assert set(named) <= set(ids)
    assert not list(page.iter(f"{SVG}style", f"{SVG}metadata", f"{SVG}script"))


@pytest.mark.parametrize("name", FIGURES)
def test_an_inlined_figure_takes_the_ink_of_its_page_and_tells_what_it_shows(name: str) -> None:
    root = etree.fromstring(inline_svg(MADE[name]))
    assert root.get("role") == "img"
    assert root.get("width") == "100%"
    assert root.get("height") is None
    title, desc = root.get("aria-labelledby").split()
    assert root.xpath(f"string(//*[@id='{title}'])") == MADE[name].title
    assert root.xpath(f"string(//*[@id='{desc}'])") == MADE[name].alternative
    assert all("fill: currentColor" in one.get("style") for one in root.iter(f"{SVG}text"))
    assert board.INK not in inline_svg(MADE[name])
    assert "#ffffff" not in inline_svg(MADE[name])  # no paper of its own


def test_marks_stand_out_on_either_paper() -> None:
    for colour in (board.GREY, board.BLUE, board.VERMILLION, board.GREEN, board.PURPLE, board.OCHRE):
        assert min(contrast(colour, paper) for paper in PAPER.values()) >= 3


@given(st.floats(0, 1))
def test_ink_can_be_read_on_every_shade_of_the_heat_map(part: float) -> None:
    for paper, ink in ((PAPER["light"], board.INK), (PAPER["dark"], "#e6e8eb")):
        *colour, opacity = shade(part)
        behind = [int(paper[at : at + 2], 16) for at in (1, 3, 5)]
        mixed = [round(255 * opacity * one + (1 - opacity) * other) for one, other in zip(colour, behind, strict=True)]
        assert contrast("#{:02x}{:02x}{:02x}".format(*mixed), ink) >= 4.5


WIDE = {"small": SMALL, "nasty": nasty(), "large": large(45, 33), "long": large(14, 33, NINETY)}


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("which", WIDE)
@pytest.mark.filterwarnings("ignore:Glyph")
def test_no_text_is_cut_or_covers_another(name: str, which: str) -> None:
    made = FIGURES[name](WIDE[which])
    if made is None:
        assert (name, which) in {("agreement", "large"), ("agreement", "long")}
        return
    found, (width, height) = boxes(made)
    corners = np.array([box for _text, box in found])
    assert (corners[:, :2] >= 0).all()
    assert (corners[:, 2:] <= (width, height)).all()
    level = [(one.get_text(), box) for one, box in found if not one.get_rotation()]
    for (words, one), (others, other) in combinations(level, 2):
        assert is_apart(one, other), (words, others)


def _texts(made: FigureMade) -> list[Text]:
    return list(made.draw().findobj(Text))


def test_slanted_heads_keep_a_line_apart() -> None:
    for which in ("large", "long"):
        heads = [one for one in _texts(figure("heat_map", WIDE[which])) if one.get_rotation()]
        across = sorted(one.get_position()[0] for one in heads)
        assert np.diff(across).min() * np.sin(np.pi / 4) >= lettering.SIZE


def test_labels_that_are_whole_in_figures() -> None:
    told = "".join(one.get_text() for one in _texts(figure("cooccurrence_network", WIDE["long"])))
    assert "…" not in told
    assert re.sub(r"\s", "", f"{NINETY} c7") in re.sub(r"\s", "", told)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_labels_of_nodes_never_cover_each_other(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 12))
    of = st.lists(st.tuples(st.floats(0, 600), st.floats(0, 400)), min_size=count, max_size=count)
    middles = np.array(data.draw(of))
    sizes = np.array(
        data.draw(st.lists(st.tuples(st.floats(5, 90), st.floats(10, 40)), min_size=count, max_size=count))
    )
    edges = np.array([(0, place) for place in range(1, count)], dtype=np.int64).reshape(-1, 2)
    labels = placed_labels(Nodes(middles, np.full(count, 5.0), sizes), edges, 620, 430)
    if labels is None:
        return
    assert (labels - sizes / 2 >= 0).all()
    assert (labels + sizes / 2 <= (620, 430)).all()
    for one, other in combinations(range(count), 2):
        assert (np.abs(labels[one] - labels[other]) >= (sizes[one] + sizes[other]) / 2).any()


@given(st.text(max_size=60), st.floats(20, 200), st.integers(0, 3))
def test_lines_fit_and_lose_nothing(text: str, width: float, most: int) -> None:
    lines = lettering.wrapped(text, width, most=most)
    assert all(lettering.text_width(line) <= width or len(line) <= 2 for line in lines)
    if most and len(lines) >= most:
        assert len(lines) == most
    elif not most:
        assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", lettering.shown(text))


def test_the_width_of_text_is_that_of_the_font() -> None:
    drawn, _size = boxes(figure("coverage_bars"))
    scale = mpl.rcParamsDefault["figure.dpi"] / 72
    for one, (left, _bottom, right, _top) in drawn:
        bold = one.get_fontweight() == "bold"
        width = lettering.text_width(one.get_text(), one.get_fontsize(), bold=bold)
        # hinting at the screen's resolution narrows letters; none is wider than what room was made for
        assert 0.85 * width - 1.5 <= (right - left) / scale <= width + 1.5, one.get_text()


def test_alternatives_name_what_the_corpus_shows() -> None:
    told = {name: made.alternative for name, made in MADE.items()}
    assert "most is « Subvention » (11.4% of sentences), the one covered least « CDI » (0.0%)" in told["heat_map"]
    assert "« Subvention » in Alpha: 25.0%" in told["heat_map"]
    assert "1 theme was never coded" in told["heat_map"]
    assert "« Subvention » has the most codings (5), « CDI » the fewest (0)" in told["coverage_bars"]
    assert "16.7% negated" in told["coverage_bars"]
    assert "highest residual is that of « Prêt » in Alpha" in told["comparison_residuals"]
    assert "« Subvention » with « Prêt » (3 sentences)" in told["cooccurrence_network"]
    assert "1 other theme has no link" in told["cooccurrence_network"]
    assert "first brings 2 of 3 themes" in told["saturation_curve"]
    assert "Salariés: median 4 (published: 5), from 2 to 9." in told["profile"]
    assert "Budget (k€): mean 1,000.25 (published: 1,000)" in told["profile"]
    assert "most on « Prêt » (α 0.91) and least on « Bénévoles » (α −0.12); 1 of 3" in told["agreement"]
    assert "Of 1 theme α has no value." in told["agreement"]


def test_negation_is_told_of_themes_with_enough_codings() -> None:
    spoken = [("grant-",)] * 8 + [("grant",)] * 4 + [("loan-",)] * 3 + [()] * 9
    told = figure("coverage_bars", contents(made_corpus(BOOK, [Interview("alpha", spoken)]))).alternative
    assert "« Subvention » is negated most often (66.7%)" in told


def test_none_where_an_analysis_is_not_there() -> None:
    bare = replace(SMALL, comparison=None, cooccurrence=None, saturation=None, profile=None, agreement=None)
    assert [made.name for made in figures(bare)] == ["heat_map", "coverage_bars"]


def test_none_where_there_is_nothing_to_show() -> None:
    nothing = made_corpus(BOOK, [Interview("alpha", [(), ()])], {"alpha": {"town": "Brest"}})
    assert figures(contents(nothing)) == []
    assert list(figure_files(drawings(contents(nothing)))) == ["figures/captions.md"]
    assert figures(contents(made_corpus(BOOK, []))) == []


@pytest.mark.parametrize("code", ["only", "stray"])
def test_one_case_and_one_code(code: str) -> None:
    found = contents(
        made_corpus(codebook("only"), [Interview("alpha", [(code,), ()])], {"alpha": {"staff": "3"}}), Labels()
    )
    names = [one.name for one in figures(found)]
    assert names == ["heat_map", "coverage_bars", "saturation_curve", "profile"]
    for one in figures(found):
        assert etree.fromstring(inline_svg(one)) is not None
    words = {one.get_text() for one in _texts(figure("heat_map", found))}
    assert code in words
    assert ("Outside the codebook" in words) == (code == "stray")


def test_a_group_without_units_has_no_value() -> None:
    found = replace(SMALL, coverage=replace(SMALL.coverage, table=SMALL.coverage.table.copy()))
    found.coverage.table.loc[found.coverage.table["group"] == "beta", "unit_coverage"] = float("nan")
    told = [one.get_text() for one in _texts(figure("heat_map", found))]
    assert told.count("–") == 4
    assert "nan" not in inline_svg(figure("heat_map", found)).lower()


def test_branches_head_their_themes_in_the_order_of_the_codebook() -> None:
    texts = [one for one in _texts(figure("coverage_bars")) if one.get_text() in {*LABELS.codes.values()}]
    down = [one.get_text() for one in sorted(texts, key=lambda one: one.get_position()[1])]
    assert down == ["Argent", "Subvention", "Prêt", "Gens", "Bénévoles", "CDI"]


def test_files_and_their_captions() -> None:
    files = figure_files(drawings(nasty()), ("svg",))
    assert set(files) == {*(f"figures/{name}.svg" for name in FIGURES), "figures/captions.md"}
    told = files["figures/captions.md"].decode()
    assert "<script" not in told.replace("\\<", "")
    assert "## Profile of the cases (profile)" in told
    assert figure_files(drawings(nasty()), ("svg",)) == files


def test_in_french_numbers_have_a_comma() -> None:
    use_language("fr")
    told = {one.get_text() for one in _texts(figure("heat_map"))}
    assert "11,4" in told
    assert "25,0\u202f%" in told


def test_a_network_is_laid_out_as_networkx_does() -> None:
    import networkx as nx

    edges = np.array([(0, 1), (1, 2), (2, 3), (3, 0), (0, 4), (4, 5), (5, 6), (2, 7)])
    places = unit_layout(8, edges)
    found = nx.kamada_kawai_layout(nx.Graph(edges.tolist()), pos=dict(enumerate(places)))
    theirs = np.array([found[node] for node in range(8)])
    theirs = (theirs - theirs.min(axis=0)) / np.ptp(theirs, axis=0)
    assert places == pytest.approx(theirs, abs=0.02)  # theirs stops sooner
    assert places.min() == 0
    assert places.max() == 1


def test_parts_of_a_network_stand_beside_each_other() -> None:
    places = unit_layout(4, np.array([(0, 1), (2, 3)]))
    between = np.hypot(*(places[:, np.newaxis] - places).transpose(2, 0, 1))
    assert between[0, 1] < between[0, 2:].min()
    assert between[2, 3] < between[2, :2].min()
