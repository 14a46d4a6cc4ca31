"""What is passed over unseen would not have matched: gates against a search of every stretch for every pattern."""

import random
from collections.abc import Callable
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from ptce_qual.codebook.expression import AnyOf, NamedList, Node, Sequence, Word, expression_text
from ptce_qual.coding import RuleSet, code_doc
from ptce_qual.coding.coder import DocCoder
from ptce_qual.coding.compiler import Compiler
from ptce_qual.coding.stretches import Stretches, numbers
from ptce_qual.coding.terms import TermIndex
from ptce_qual.model import Transcript, Turn
from ptce_qual.nlp import docs_for

LISTS = {"l": ["a", "b c", "a*"], "m": ["@l", "c d"]}
LEAVES = st.one_of(
    st.sampled_from(["a", "b", "c", "d", "a*", "*b"]).map(Word), st.sampled_from(["l", "m"]).map(NamedList)
)
NODES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: Sequence(tuple(parts))),
    ),
    max_leaves=5,
)
SENTENCE = st.lists(st.sampled_from(["a", "b", "c", "d", "ab", "x"]), min_size=1, max_size=6)


def open_everywhere(stretches: Stretches, _number: int) -> bytes:
    return bytes([1]) * len(stretches._opened)


@settings(max_examples=200)
@given(st.lists(NODES, min_size=1, max_size=3), st.lists(SENTENCE, min_size=1, max_size=4), st.sampled_from([1, 40]))
def test_a_closed_gate_hides_no_match(nodes: list[Node], sentences: list[list[str]], copies: int) -> None:
    terms = TermIndex()
    compiler = Compiler(terms, LISTS)
    texts = [expression_text(node) for node in nodes]
    patterns = [compiler.compile(text, 1) for text in texts]
    patterns += [compiler.together(texts, texts[:1], 1), *([compiler.near(texts, 2, 1)] if len(texts) > 1 else [])]
    bounds, tokens = [], []
    for words in sentences * copies:
        bounds.append((len(tokens), len(tokens) + len(words)))
        tokens += [tuple(sorted({term for term, _pos in terms._matching(word)})) for word in words]
    stretches = Stretches(bounds, tokens, range(len(tokens) + 1), compiler.circuit)
    found = [[one.matches(pattern) for one in stretches.each()] for pattern in patterns]
    with patch.object(Stretches, "open_in", open_everywhere):
        assert found == [[one.matches(pattern) for one in stretches.each()] for pattern in patterns]
    for pattern, by_stretch in zip(patterns, found, strict=True):
        assert {place for place, matches in enumerate(by_stretch) if matches} <= set(numbers(stretches.where(pattern)))


TURNS = [
    ("interviewer", "Et la mairie, elle vous aide ?"),
    ("respondent", "Oui. La mairie nous a donné un local, et des sous. Elle paye aussi le loyer. On n'a rien demandé."),
    ("interviewer", "Vous avez des subventions de la région ?"),
    ("respondent", "Non."),
    ("respondent", "La région (rires) donne pas d'argent, la commune oui. Les subventions, on en veut."),
    ("interviewer", "La ville ?"),
    ("respondent", "La communauté de communes finance le local. Bon. Et puis la culture. Elle verse des sous."),
]
WORDS = ["@mairie", "@argent", "local", "donner | verser", "(la région) | commune", "pas", "culture", "loyer", "on"]


def random_rule(chance: random.Random) -> str:
    """Return a rule of one of the shapes, often with conditions."""
    words = [f"'{word}'" for word in chance.sample(WORDS, 4)]
    shape = chance.choice(
        [
            f"phrase: {words[0]}",
            f"near: [{words[0]}, {words[1]}]",
            f"all: [{words[0]}], any: [{words[1]}, {words[2]}]",
            "regex: '(?i)sous|local'",
            f"question: {words[0]}",
        ]
    )
    mark = chance.choice(["clue: true", "decides: true"])
    conditions = [f"context: {words[3]}", f"unless: [{words[3]}]", mark, f"question: {words[2]}"]
    chosen = [one for one in conditions if chance.random() < 0.3 and not (shape.startswith("q") and one[0] == "q")]
    return "{" + ", ".join([shape, *chosen]) + "}"


def random_points(chance: random.Random) -> str:
    """Return points, some of them against the code, that a few words and rules reach together."""
    places = []
    for place in ("said", "asked", "before"):
        words = chance.sample(["local", "sous", "argent", "mairie", "aider", "verser", "région", "bon"], 3)
        places.append(f"{place}: [{', '.join(f'{{points: {chance.randint(-3, 6)}, words: {one}}}' for one in words)}]")
    return f"{{needed: {chance.randint(4, 9)}, rule: {chance.randint(0, 4)}, clue: 1, {', '.join(places)}}}"


@pytest.mark.parametrize("seed", range(25))
def test_rules_that_are_not_tried_would_code_nothing(nlp: Language, rules: Callable[..., RuleSet], seed: int) -> None:
    chance = random.Random(seed)
    codes = ""
    for number in range(4):
        rows = "".join(f"      - {random_rule(chance)}\n" for _ in range(6))
        codes += f"  - id: c{number}\n    label: C\n    except: [on verse, des sous]\n"
        codes += (f"    points: {random_points(chance)}\n" if number % 2 else "") + f"    rules:\n{rows}"
    compiled = rules(codes)
    text, turns = "", []
    for role, said in TURNS:
        turns.append(Turn((role[0],), role, len(text), len(text) + len(said)))
        text += said + "\n"
    (doc,) = docs_for([Transcript("x", text, tuple(turns))], nlp)
    for interviewer in (False, True):
        found = code_doc(doc, compiled, interviewer=interviewer)
        with (
            patch.object(Stretches, "open_in", open_everywhere),
            patch.object(Stretches, "anywhere", lambda _stretches, gates: list(range(len(gates)))),
            patch.object(DocCoder, "_where", lambda coder, _rule, _regexes: coder._in_doc.every),
        ):
            assert found == code_doc(doc, compiled, interviewer=interviewer)
