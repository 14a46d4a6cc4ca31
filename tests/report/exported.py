"""Contents to export, with whatever text a corpus may hold."""

from __future__ import annotations

from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.analysis.comparison import Labels
from ptce_qual.analysis.coverage import coverage
from ptce_qual.codebook.model import Code, Codebook, Example, Rule
from ptce_qual.model import Case, Coding, Corpus, Evidence, Polarity, Segmentation, Transcript, Turn
from ptce_qual.report.contents import Contents
from ptce_qual.study.manifest import Manifest

BOOK = Codebook(
    title="Essai",
    codes=[
        Code(id="leviers", label="Leviers"),
        Code(
            id="argent",
            label="Argent & biens",
            parent="leviers",
            definition="Ce que l'on donne.",
            include="Les prêts.",
            exclude="Les ventes.",
            formerly=["sous"],
            rules=[Rule(phrase="donner"), Rule(phrase="prêter")],
            examples=[
                "On nous a {donné} un local.",
                Example(text="{Rien}.", polarity="negated", question="Et l'argent ?"),
            ],
            counterexamples=["Il a donné son avis."],
        ),
        Code(id="confiance", label="Confiance", parent="leviers", rules=[Rule(phrase="confiance")]),
        Code(id="lien", label="Lien", rules=[Rule(phrase="lien")]),
    ],
)
SAID = ("On nous a donné un local. ", "Rien de plus. ", "On se fait confiance. ")


def contents(said: tuple[str, ...] = SAID, *, title: str = "Essai", fictional: bool = True) -> Contents:
    """Return two cases; in the first, each sentence carries `argent`, the first word of each found by a rule; in the
    second, the last one carries `confiance`.
    """
    transcripts, bounds, codings = [], {}, []
    for case in ("alpha", "beta"):
        spans, text = [], "R : "
        for sentence in said:
            spans.append((len(text), len(text) + len(sentence)))
            text += sentence
        turn = Turn(("R",), "respondent", 4, len(text))
        one = Transcript(f"{case}/un", text, (turn,), case, {"fictional": "true"} if fictional else {})
        transcripts.append(one)
        bounds[one.id] = Segmentation(one.id, tuple(spans), ((4, len(text)),), tuple(spans))
        if case == "alpha":
            codings += [_coding(one, "argent", *span, "negated" if at else "affirmed") for at, span in enumerate(spans)]
        else:
            codings.append(_coding(one, "confiance", *spans[-1], "hypothetical"))
    cases = (
        Case("alpha", "Pôle alpha", {"stage": "young", "budget": "0"}),
        Case("beta", "Pôle bêta", {"budget": "12,5"}),
    )
    coded = CodedCorpus(Corpus(tuple(transcripts), cases), bounds, BOOK, tuple(codings))
    return Contents(
        title=title,
        coded=coded,
        manifest=Manifest({}, {}, {"title": "Essai", "version": "1"}, {}, {"ptce-qual": "0.1"}, (), (), {}),
        codebook_text="",
        labels=Labels({code.id: code.label for code in BOOK.codes}, {"stage": "Stade"}, {"stage": {"young": "jeune"}}),
        coverage=coverage(coded, by=("case",)),
    )


def _coding(one: Transcript, code_id: str, start: int, end: int, polarity: Polarity) -> Coding:
    first = len(one.text[start:end].split(" ", maxsplit=1)[0])
    match = (start, start + max(first, 1))
    evidence = (Evidence(f"{code_id}-1", 1, (match,), polarity),)
    return Coding(f"{one.id}:{start}:{code_id}", one.id, start, end, match, code_id, "rules", polarity, evidence)
