"""One logistic regression a code, whose weights, scaled by its threshold and rounded, are the points.

The threshold is chosen where, over interviews that the regression has not seen, precision is what is asked for.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from ptce_qual.codebook.model import MOST_COUNTED
from training.points.sentences import Feature, Seen

NEEDED = 20  # points that code a sentence: fine enough that rounding changes little
_STRENGTH = 0.3  # inverse of the penalty, as scikit-learn's C
_FEWEST_INTERVIEWS = 6  # in which a word stands, to bring points
_FEWEST_SOURCES = 3  # by whose writers it is used
_FEWEST_POINTS = 2  # below which a word is left out: nobody reads a thousand words that hardly matter
_FOLDS = 8
_OF_EXAMPLES = 6.0  # what an example of the codebook weighs: it is chosen to be clear, and no story stands around it
_ABOUT = 0.33  # the threshold that is expected, by which points are rounded out of sample
_MOSTLY = 0.7  # of a word's coded sentences that deny the theme, for it to deny by itself
_RULE: Feature = ("rule", "")
_CLUE: Feature = ("clue", "")
Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Fitted:
    """The points of a code.

    Args:
        words: place → word → points.
        denying: words of the sentence that deny the theme by themselves.
    """

    code_id: str
    needed: int
    rule: int
    clue: int
    words: Mapping[str, Mapping[str, int]]
    denying: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Model:
    weights: Mapping[Feature, float]
    intercept: float

    def scale(self, threshold: float) -> float:
        """Return how many points a unit of weight is, where `NEEDED` points are this probability."""
        return NEEDED / (float(np.log(threshold / (1 - threshold))) - self.intercept)

    def sparse(self, threshold: float) -> _Model:
        """Return the model with its weights rounded to points, and the small ones left out."""
        scale = self.scale(threshold)
        points = {name: round(weight * scale) for name, weight in self.weights.items()}
        kept = {name: value / scale for name, value in points.items() if abs(value) >= _FEWEST_POINTS or not name[1]}
        return _Model(kept, self.intercept)

    def logits(self, features: Sequence[Mapping[Feature, int]]) -> Floats:
        return np.array(
            [
                self.intercept + sum(self.weights.get(name, 0.0) * value for name, value in one.items())
                for one in features
            ]
        )


def features_of(seen: Seen, code: str, *, rules: bool) -> dict[Feature, int]:
    """Return what stands in a sentence, for one code.

    Args:
        rules: whether the rules that match are told; not where they were tuned on this interview, for there they are
            better than they are elsewhere.
    """
    found = {(place, word): 1 for place, words in seen.words.items() for word in words}
    whole, clues = seen.rules.get(code, (0, 0)) if rules else (0, 0)
    if whole:
        found[_RULE] = min(whole, MOST_COUNTED)
    if clues:
        found[_CLUE] = min(clues, MOST_COUNTED)
    return found


class Fitting:
    """Sentences to learn from.

    Args:
        tuned: the sources on which rules were tuned.
    """

    def __init__(self, sentences: Sequence[Seen], *, tuned: frozenset[str]) -> None:
        self.sentences = sentences
        self.tuned = tuned
        self._interviews = [(one.source, one.transcript_id) for one in sentences]
        self._groups = np.array([one.transcript_id for one in sentences])

    def out_of_sample(self, code: str) -> tuple[Floats, NDArray[np.bool_]]:
        """Return the probability of a code in each sentence, by a regression on other interviews, and the truth."""
        features, truth, places = self._features(code)
        told = np.zeros(len(features))
        for train, test in GroupKFold(_FOLDS).split(told, groups=self._groups[places]):
            model = self._fit([features[place] for place in train], truth[train], places[train])
            told[test] = model.sparse(_ABOUT).logits([features[place] for place in test])
        interviews = np.array([not self.sentences[place].about for place in places])
        return (1 / (1 + np.exp(-told)))[interviews], truth[interviews]

    def fitted(self, code: str, threshold: float) -> Fitted:
        """Return the points of a code.

        Args:
            threshold: the probability from which a sentence is coded.
        """
        features, truth, places = self._features(code)
        model = self._fit(features, truth, places)
        scale = model.scale(threshold)
        points = {name: round(weight * scale) for name, weight in model.weights.items()}
        words: dict[str, dict[str, int]] = defaultdict(dict)
        for (place, word), value in sorted(points.items()):
            if word and abs(value) >= _FEWEST_POINTS:
                words[place][word] = value
        denying = self._denying(code) & {word for word, value in words["said"].items() if value > 0}
        clue = max(0, points.get(_CLUE, 0))
        rule = max(clue, points.get(_RULE, 0))  # chance alone can make a clue worth more, where rules are few
        return Fitted(code, NEEDED, rule, clue, words, frozenset(denying))

    def _features(self, code: str) -> tuple[list[dict[Feature, int]], NDArray[np.bool_], Integers]:
        """Return what stands in the sentences that tell of a code, whether they carry it, and which they are."""
        places = np.array([place for place, one in enumerate(self.sentences) if one.about in ("", code)])
        chosen = [self.sentences[place] for place in places]
        features = [features_of(one, code, rules=one.source not in self.tuned) for one in chosen]
        return features, np.array([code in one.codes for one in chosen]), places

    def _fit(self, features: Sequence[Mapping[Feature, int]], truth: NDArray[np.bool_], places: Integers) -> _Model:
        spread = _spread(features, [self._interviews[place] for place in places])
        columns = {name: column for column, name in enumerate(spread)}
        rows = [[(columns[name], value) for name, value in one.items() if name in columns] for one in features]
        ends = np.cumsum([0, *map(len, rows)])
        held = [column for row in rows for column, _value in row]
        values = [float(value) for row in rows for _column, value in row]
        table = csr_matrix((values, held, ends), shape=(len(rows), len(columns)))
        weights = np.array([_OF_EXAMPLES if self.sentences[place].about else 1.0 for place in places])
        regression = LogisticRegression(C=_STRENGTH, solver="liblinear", max_iter=500)
        regression.fit(table, truth, sample_weight=weights)
        found = dict(zip(columns, regression.coef_[0].tolist(), strict=True))
        return _Model(found, float(regression.intercept_[0]))

    def _denying(self, code: str) -> set[str]:
        """Return the words whose coded sentences deny the theme more often than not."""
        counts: dict[str, Counter[bool]] = defaultdict(Counter)
        for one in self.sentences:
            if code in one.codes:
                for word in one.words["said"]:
                    counts[word][one.codes[code] == "negated"] += 1
        return {
            word
            for word, count in counts.items()
            if count.total() >= _FEWEST_INTERVIEWS and count[True] / count.total() >= _MOSTLY
        }


def _spread(features: Sequence[Mapping[Feature, int]], groups: Sequence[tuple[str, str]]) -> list[Feature]:
    """Return what stands in enough interviews by enough writers: not the words of one story."""
    interviews: dict[Feature, set[tuple[str, str]]] = defaultdict(set)
    for one, group in zip(features, groups, strict=True):
        for name in one:
            interviews[name].add(group)
    return sorted(
        name
        for name, where in interviews.items()
        if len(where) >= _FEWEST_INTERVIEWS and len({source for source, _interview in where}) >= _FEWEST_SOURCES
    )


def threshold_for(told: Floats, truth: NDArray[np.bool_], precision: float) -> float:
    """Return the lowest probability from which codings are right as often as asked for."""
    order = np.argsort(-told, kind="stable")
    right = np.cumsum(truth[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(right >= precision)
    return float(told[order][enough[-1]]) if len(enough) else 0.5
