"""Contents of small dossiers, made by the analyses from corpora that are made sentence by sentence."""

from __future__ import annotations

import random
from dataclasses import replace

import pandas as pd
from made_corpora import Interview, codebook, made

from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.analysis.comparison import Labels, comparison
from ptce_qual.analysis.cooccurrence import code_counts, cooccurrence
from ptce_qual.analysis.coverage import coverage
from ptce_qual.analysis.inference import Inference
from ptce_qual.analysis.profile import case_figures
from ptce_qual.analysis.saturation import RandomOrders, saturation, saturation_thresholds
from ptce_qual.codebook.model import Codebook
from ptce_qual.report.contents import Contents
from ptce_qual.result import Result
from ptce_qual.study.manifest import Manifest

BOOK = codebook("money", ("grant", "money"), ("loan", "money"), "people", ("volunteer", "people"), ("hired", "people"))
LABELS = Labels(
    {
        "money": "Argent",
        "grant": "Subvention",
        "loan": "Prêt",
        "people": "Gens",
        "volunteer": "Bénévoles",
        "hired": "CDI",
    },
    {"staff": "Salariés", "budget": "Budget (k€)"},
)
CASES = {
    "alpha": {"staff": "2", "budget": "1200"},
    "beta": {"staff": "4", "budget": "800,5"},
    "gamma": {"staff": "9", "budget": "?"},
}
INTERVIEWS = [
    Interview("alpha", [("grant", "loan"), ("grant", "loan"), ("grant", "loan"), *[()] * 9], {"date": "2020-01-02"}),
    Interview("beta", [("grant", "volunteer-"), ("volunteer-",), ("volunteer",), *[()] * 9], {"date": "2020-01-01"}),
    Interview("gamma", [("volunteer",), ("grant",), *[()] * 18], {"date": "2020-02-01"}),
]


def manifest() -> Manifest:
    """Return a manifest that tells nothing."""
    return Manifest({}, {}, {}, {}, {}, (), (), {})


def contents(
    coded: CodedCorpus, labels: Labels = LABELS, reference: dict[str, dict[str, float]] | None = None
) -> Contents:
    """Return the contents of a dossier on a corpus, with all analyses but agreement."""
    orders = RandomOrders(50, 0)
    return Contents(
        title="Essai",
        coded=coded,
        manifest=manifest(),
        codebook_text="",
        labels=labels,
        coverage=coverage(coded),
        comparison=comparison(coded, inference=Inference(permutations=99)),
        cooccurrence=(cooccurrence(coded), code_counts(coded)),
        saturation=(saturation(coded, orders=orders), saturation_thresholds(coded, orders=orders)),
        profile={"figures": case_figures(coded, reference=reference)},  # type: ignore[arg-type]
    )


def small() -> Contents:
    """Return contents of three interviews: grants go with loans, volunteers are denied, nobody is hired."""
    found = contents(made(BOOK, INTERVIEWS, CASES), reference={"medians": {"staff": 5}, "means": {"budget": 1000}})
    return replace(found, agreement={"agreement": agreement()})


def agreement() -> Result:
    """Return a table as `coder_agreement` makes it: « loan » is agreed on most, « hired » has no value."""
    rows = [
        ("(all)", 2, 176, 0.61, 0.4, 0.8),
        ("(mean)", None, None, 0.6, None, None),
        ("grant", 2, 44, 0.5, 0.1, 0.7),
        ("loan", 2, 44, 0.91, 0.8, 1.0),
        ("volunteer", 2, 44, -0.12, -0.31, 0.2),
        ("hired", 2, 44, None, None, None),
    ]
    names = ["code_id", "coders", "units", *(f"krippendorff_alpha{end}" for end in ("", "_low", "_high"))]
    table = pd.DataFrame(rows, columns=names).astype({"coders": "Int64", "units": "Int64"})
    return Result("Agreement", table.astype(dict.fromkeys(names[3:], "float64")))


def large(cases: int = 60, codes: int = 40, label: str = "", seed: int = 1) -> Contents:
    """Return contents of many cases and codes, whose labels begin with `label`; two codes are not in the codebook."""
    chance = random.Random(seed)
    book: Codebook = codebook("one", "two", *((f"c{place}", ("one", "two")[place % 2]) for place in range(codes)))
    known = [code.id for code in book.codes if code.parent] + ["stray", "stray_too"]

    def sentence() -> tuple[str, ...]:
        first = chance.randrange(len(known))
        return tuple(known[(first + step) % len(known)] for step in range(chance.choice([0, 1, 2, 2, 3])))

    interviews = [Interview(f"p{place:02}", [sentence() for _ in range(25)]) for place in range(cases)]
    attributes = {f"p{place:02}": {"size": str(chance.choice([0, 0, 5, 1e6]))} for place in range(cases)}
    coded = made(book, interviews, attributes)
    named = tuple(replace(case, label=f"{label} {case.label}") for case in coded.corpus.cases)
    coded = replace(coded, corpus=replace(coded.corpus, cases=named))
    return contents(coded, Labels({code: f"{label} {code}".strip() for code in [*known, "one", "two"]}))
