"""`ptce-qual codebook`: check, schema, show, diff: a codebook is linted, tested and compared as code is."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text
from rich.tree import Tree

from ptce_qual.cli.options import ModelOption
from ptce_qual.cli.terminal import console, count_of, plain, print_problems
from ptce_qual.translation import _, _n

if TYPE_CHECKING:
    from ptce_qual.codebook.model import Code, Codebook

app = typer.Typer(help=_("Check, show and compare codebooks."), no_args_is_help=True)
_SIGNS = {"+": "green", "-": "red", "~": "yellow"}

CodebookArgument = Annotated[
    Path | None, typer.Argument(metavar="[CODEBOOK]", help=_("A codebook; by default the study's codebook.yaml."))
]


@app.command("check", help=_("Say all that is wrong with a codebook, and try its examples, which are its tests."))
def check(
    codebook: CodebookArgument = None,
    model: ModelOption = None,
    strict: Annotated[bool, typer.Option("--strict", help=_("Fail on warnings too."))] = False,
    notices: Annotated[
        bool, typer.Option("--notices/--no-notices", help=_("Whether words that the lexicon does not know are listed."))
    ] = True,
) -> None:
    """Check a codebook."""
    from ptce_qual.workflow.check_codebook import check_codebook

    path = _path(codebook)
    loaded, problems = check_codebook(path, model=model)
    print_problems(problems, notices=notices)
    out = console()
    if loaded is not None:
        codes = loaded.codebook.codes
        rules = _n("{count} rule", "{count} rules", sum(len(code.rules) for code in codes))
        examples = _n(
            "{count} example", "{count} examples", sum(len(code.examples) + len(code.counterexamples) for code in codes)
        )
        out.print(plain(f"{path.as_posix()}: {_n('{count} code', '{count} codes', len(codes))}, {rules}, {examples}"))
    out.print(plain(count_of(problems)), style="bold")
    failing = ("error", "warning") if strict else ("error",)
    if any(problem.severity in failing for problem in problems):
        raise typer.Exit(1)


@app.command("schema", help=_("Print the JSON Schema of codebooks, by which an editor completes and checks."))
def schema() -> None:
    """Print the JSON Schema."""
    from ptce_qual.codebook.model import Codebook

    sys.stdout.write(json.dumps(Codebook.model_json_schema(), ensure_ascii=False, indent=2) + "\n")


@app.command("show", help=_("Show a codebook as a tree, with labels and numbers of rules."))
def show(codebook: CodebookArgument = None) -> None:
    """Show a codebook."""
    from ptce_qual.codebook import load_codebook

    loaded = load_codebook(_path(codebook)).codebook
    tree = Tree(plain(f"{loaded.title} ({loaded.version})"), guide_style="dim")
    _grow(tree, loaded, None)
    console().print(tree)


@app.command(
    "diff", help=_("Say what changed between two codebooks, and which codings are gained and lost on a corpus.")
)
def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help=_("The codebook of before."))],
    new: Annotated[Path, typer.Argument(metavar="NEW", help=_("The codebook of now."))],
    corpus: Annotated[
        Path | None, typer.Option("--corpus", help=_("Interviews on which to compare the codings."))
    ] = None,
    model: ModelOption = None,
) -> None:
    """Compare two codebooks."""
    from ptce_qual.codebook import load_codebook
    from ptce_qual.workflow.diff import codebook_changes

    before, after = load_codebook(old), load_codebook(new)
    changes = codebook_changes(before, after)
    out = console()
    for change in changes:
        changed = plain(f"{change.sign} {change.code_id}")
        changed.stylize(_SIGNS[change.sign])
        out.print(changed.append(" ").append_text(plain(change.what)))
    if not changes:
        out.print(_("The two codebooks mean the same."))
    if corpus is not None:
        from ptce_qual.coding.transcripts import CodingOptions
        from ptce_qual.study import open_study
        from ptce_qual.workflow.diff import coding_changes

        study, problems = open_study(corpus)
        read, found = study.read_corpus()
        print_problems([*problems, *found])
        counts = dict.fromkeys(_SIGNS, 0)
        for one in coding_changes(before, after, read, CodingOptions(model, study.cache)):
            counts[one.sign] += 1
            lines = ", ".join(map(str, one.lines))
            place = f"({one.transcript_id}:{one.start}; {lines})"
            sign = Text(f"{one.sign} {one.code_id} {one.polarity} ", _SIGNS[one.sign])
            out.print(sign.append_text(plain(f"{place} {one.quote}")))
        out.print(
            plain(
                _(
                    "Codings: {gained} gained, {lost} lost, {turned} of another polarity.",
                    gained=counts["+"],
                    lost=counts["-"],
                    turned=counts["~"],
                )
            ),
            style="bold",
        )


def _path(codebook: Path | None) -> Path:
    from ptce_qual.errors import InputError
    from ptce_qual.study import open_study

    if codebook is not None:
        return codebook
    study, problems = open_study()
    print_problems(problems)
    if study.codebook is None:
        _loaded, missing = study.read_codebook()
        raise InputError(missing[0].message, tuple(missing))
    return study.codebook


def _grow(tree: Tree, codebook: Codebook, parent: str | None) -> None:
    for code in codebook.children(parent):
        _grow(tree.add(_leaf(code)), codebook, code.id)


def _leaf(code: Code) -> Text:
    text = plain(code.label)
    text.stylize("bold")
    text.append(f" {code.id}", "dim")
    if code.rules:
        text.append("  " + _n("{count} rule", "{count} rules", len(code.rules)), "dim")
    if code.points:
        words = _n("{count} word that brings points", "{count} words that bring points", code.points.word_count)
        text.append("  " + words, "dim")
    return text
