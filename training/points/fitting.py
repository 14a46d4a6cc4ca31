"""One logistic regression a code, whose weights, scaled by its threshold and rounded, are the points.

The threshold is chosen where, over interviews by writers whom the regression has not seen, precision is as asked.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from ptce_qual.codebook.model import MOST_COUNTED, SHARE_WITHOUT_RULE
from training.points.sentences import Seen

NEEDED = 20  # points that code a sentence: fine enough that rounding changes little
_STRENGTH = 0.3  # inverse of the penalty, as scikit-learn's C
_FEWEST_INTERVIEWS = 6  # in which a word stands, to bring points
_FEWEST_SOURCES = 3  # by whose writers it is used
_FEWEST_POINTS = 2  # below which a word is left out: nobody reads a thousand words that hardly matter
_FOLDS = 8
_OF_EXAMPLES = 6.0  # what an example of the codebook weighs: it is chosen to be clear, and no story stands around it
_ABOUT = 0.33  # the threshold that is expected, by which points are rounded out of sample
_MOSTLY = 0.7  # of a word's coded sentences that deny the theme, for it to deny by itself
_OF_RULES = 2  # columns after those of words: rules that match, and clues
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
    """A weight for each column of the table: those of words, then rules and clues."""

    weights: Floats
    intercept: float

    def scale(self, threshold: float) -> float:
        """Return how many points a unit of weight is, where `NEEDED` points are this probability."""
        return NEEDED / (float(np.log(threshold / (1 - threshold))) - self.intercept)

    def points(self, threshold: float) -> Integers:
        """Return the weights as points, the small ones of words left out."""
        points = np.round(self.weights * self.scale(threshold)).astype(np.int64)
        points[:-_OF_RULES][np.abs(points[:-_OF_RULES]) < _FEWEST_POINTS] = 0
        return points


class Fitting:
    """Sentences to learn from, as a table: sentences × what stands in them.

    Args:
        tuned: the sources on which rules were tuned; the rules that match there do not count, for they are better than
            they are elsewhere.
    """

    def __init__(self, sentences: Sequence[Seen], *, tuned: frozenset[str]) -> None:
        self.sentences = sentences
        self._tuned = np.array([one.source in tuned for one in sentences])
        self._weights = np.array([_OF_EXAMPLES if one.about else 1.0 for one in sentences])
        self._is_interview = np.array([one.is_interview for one in sentences])
        self._about = np.array([one.about for one in sentences])
        self._sources = _numbered([one.source for one in sentences])
        self._interviews = _numbered([(one.source, one.transcript_id) for one in sentences])
        found = [(place, word) for one in sentences for place, words in one.words.items() for word in words]
        self._names = sorted(set(found))
        columns = {name: column for column, name in enumerate(self._names)}
        ends = np.cumsum([0, *(sum(map(len, one.words.values())) for one in sentences)])
        shape = (len(sentences), len(columns))
        self._words = csr_matrix((np.ones(len(found)), [columns[name] for name in found], ends), shape=shape)
        self._words.sort_indices()
        self._said = np.array([place == "said" for place, _word in self._names])

    def out_of_sample(self, code: str) -> tuple[Floats, NDArray[np.bool_]]:
        """Return the probability of a code in each sentence, by a regression on other writers' texts, and the truth.

        Where neither a rule matches nor the sentence's own words suffice, it is 0.
        """
        table, truth, places = self._table(code)
        matched = np.array([any(self.sentences[place].rules.get(code, ())) for place in places.tolist()])
        told = np.zeros(len(places))
        for train, test in GroupKFold(_FOLDS).split(told, groups=self._sources[places]):
            model = self._fit(table[train], truth[train], places[train])
            points = model.points(_ABOUT)
            own = table[test][:, : len(self._said)] @ np.where(self._said, np.maximum(points[:-_OF_RULES], 0), 0)
            allowed = matched[test] | (own >= SHARE_WITHOUT_RULE * NEEDED)
            logits = model.intercept + table[test] @ points / model.scale(_ABOUT)
            told[test] = allowed / (1 + np.exp(-logits))
        interviews = self._is_interview[places]
        return told[interviews], truth[interviews]

    def fitted(self, code: str, threshold: float) -> Fitted:
        """Return the points of a code.

        Args:
            threshold: the probability from which a sentence is coded.
        """
        points = self._fit(*self._table(code)).points(threshold)
        words: dict[str, dict[str, int]] = defaultdict(dict)
        for (place, word), value in zip(self._names, points.tolist(), strict=False):
            if value:
                words[place][word] = value
        denying = self._denying(code) & {word for word, value in words["said"].items() if value > 0}
        rule, clue = points[-_OF_RULES:].tolist()
        clue = max(0, clue)
        rule = max(clue, rule)  # chance alone can make a clue worth more, where rules are few
        return Fitted(code, NEEDED, rule, clue, words, frozenset(denying))

    def _table(self, code: str) -> tuple[csr_matrix, NDArray[np.bool_], Integers]:
        """Return what stands in the sentences that tell of a code, whether they carry it, and which they are."""
        places = np.flatnonzero((self._about == "") | (self._about == code))
        chosen = [self.sentences[place] for place in places.tolist()]
        rules = np.minimum([one.rules.get(code, (0, 0)) for one in chosen], MOST_COUNTED)
        rules[self._tuned[places]] = 0
        truth = np.array([code in one.codes for one in chosen])
        return hstack([self._words[places], csr_matrix(rules, dtype=float)], format="csr"), truth, places

    def _fit(self, table: csr_matrix, truth: NDArray[np.bool_], places: Integers) -> _Model:
        enough = self._stand_in(table, self._interviews[places]) >= _FEWEST_INTERVIEWS
        kept = np.flatnonzero(enough & (self._stand_in(table, self._sources[places]) >= _FEWEST_SOURCES))
        regression = LogisticRegression(C=_STRENGTH, solver="liblinear", max_iter=500)
        regression.fit(table[:, kept], truth, sample_weight=self._weights[places])
        weights = np.zeros(table.shape[1])
        weights[kept] = regression.coef_[0]
        return _Model(weights, float(regression.intercept_[0]))

    @staticmethod
    def _stand_in(table: csr_matrix, groups: Integers) -> Integers:
        """Return in how many groups of sentences each column has anything."""
        membership = csr_matrix((np.ones(len(groups)), (groups, np.arange(len(groups)))))
        return np.asarray((membership @ table > 0).sum(axis=0)).ravel()

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


def _numbered(names: Sequence[Hashable]) -> Integers:
    """Return a number for each name, the same for the same."""
    numbers = {name: number for number, name in enumerate(dict.fromkeys(names))}
    return np.array([numbers[name] for name in names])


def threshold_for(told: Floats, truth: NDArray[np.bool_], precision: float) -> float:
    """Return the lowest probability from which codings are right as often as asked for."""
    order = np.argsort(-told, kind="stable")
    right = np.cumsum(truth[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(right >= precision)
    return float(told[order][enough[-1]]) if len(enough) else 0.5
