"""Linear models over named features: what the marks of a candidate say together.

In: `weights.tsv` beside this file (``make weights`` writes it from annotated policies). Out: `Model`, whose score of a
candidate is the log-odds that annotators would state it, a sum that can be read feature by feature.

The method is plain logistic regression with an L2 penalty over candidates that the rules propose (as in reranking).
Features are names of cues, zones, facets and concepts, and words that at least three policies use.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from ... import ClauseGraphError

TABLE = Path(__file__).with_name("weights.tsv")

#: The features of a candidate, by group: a group is what the features are combined with (a practice, a facet).
Features = Sequence[tuple[str, Sequence[str]]]


class WeightsError(ClauseGraphError):
    """The table of weights cannot be used as it is."""


class Model:
    """Weights by group and feature; ``bias`` is what a candidate without any feature scores."""

    def __init__(self, weights: Mapping[tuple[str, str], float], bias: float = 0.0) -> None:
        self.bias = bias
        self._groups: dict[str, dict[str, float]] = defaultdict(dict)
        for (group, feature), weight in weights.items():
            self._groups[group][feature] = weight
        by_feature: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for (group, feature), weight in weights.items():
            by_feature[feature].append((group, weight))
        self._by_feature = dict(by_feature)
        #: The features that are words, which most words of a text are not.
        self.words = frozenset(feature for _, feature in weights if feature.startswith("w:"))

    def score(self, features: Features) -> float:
        """The log-odds of a candidate; features the model does not know count nothing."""
        total = self.bias
        for group, names in features:
            known = self._groups.get(group)
            if known:
                for name in names:
                    total += known.get(name, 0.0)
        return total

    def sums(self, names: Iterable[str]) -> dict[str, float]:
        """What the features weigh together in each group that knows any of them."""
        out: dict[str, float] = {}
        for name in names:
            for group, weight in self._by_feature.get(name, ()):
                out[group] = out.get(group, 0.0) + weight
        return out

    def reasons(self, features: Features, most: int = 3) -> list[tuple[str, float]]:
        """The features that weigh most, with their weights, heaviest first."""
        said = [
            (f"{group} {name}".strip(), self._groups[group][name])
            for group, names in features
            if group in self._groups
            for name in names
            if name in self._groups[group]
        ]
        return sorted(said, key=lambda one: (-abs(one[1]), one[0]))[:most]


def probability(score: float) -> float:
    """Log-odds as a probability."""
    return 1.0 / (1.0 + math.exp(-score))


@cache
def model(name: str) -> Model | None:
    """The committed model of this name, None where the table is absent. Raises `WeightsError` if it is malformed."""
    return read_models(TABLE).get(name) if TABLE.exists() else None


def read_models(path: Path) -> dict[str, Model]:
    """The models of a table: lines of model, group, feature and weight, parted by tabs; ``#`` opens a comment."""
    weights: dict[str, dict[tuple[str, str], float]] = defaultdict(dict)
    bias: dict[str, float] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        try:
            name, group, feature, weight = line.split("\t")
            value = float(weight)
        except ValueError as error:
            raise WeightsError(
                f"Line {number} of {path} is no line of model, group, feature and weight.",
                mend="Write the table again with make weights, or take it from a release.",
            ) from error
        if (group, feature) == ("", "bias"):
            bias[name] = value
        else:
            weights[name][group, feature] = value
    return {name: Model(weights[name], bias.get(name, 0.0)) for name in weights.keys() | bias.keys()}


def format_models(models: Mapping[str, Mapping[tuple[str, str], float]], note: Iterable[str] = ()) -> str:
    """The table as text, sorted: the same weights give the same bytes. The bias is the feature "bias" of group ""."""
    lines = [f"# {line}" for line in note]
    for name, weights in sorted(models.items()):
        lines += [
            f"{name}\t{group}\t{feature}\t{weight:.3f}"
            for (group, feature), weight in sorted(weights.items())
            if abs(weight) >= 0.0005
        ]
    return "\n".join(lines) + "\n"
