"""Learn the weights of the extractor from annotated policies: `make weights`.

In: the tune gold of the shared folder and our own annotations (`annotated`). Out: `ingest/extract/weights.tsv`. With
``--cross`` nothing is written: every document is scored by weights learned from the others, which is what to expect of
policies nobody has seen. Needs scikit-learn. Texts we wrote ourselves are not learned from: they are no usual policies.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from annotated import Place, gold, places, sentences
from evaluation import shared_folder
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from clausegraph import ClauseGraphError
from clausegraph.ingest.evaluate import (
    DocumentScore,
    GoldDocument,
    VocabularyIndex,
    load_gold,
    load_terms,
    make_report,
    predicted_facts,
    rule_precision,
    score_document,
    write_precision,
)
from clausegraph.ingest.evaluate.concepts import Terms
from clausegraph.ingest.evaluate.match import match_values
from clausegraph.ingest.evaluate.model import COMPARED_FACETS, Fact, Value
from clausegraph.ingest.extract import RuleExtractor
from clausegraph.ingest.extract import offers as O
from clausegraph.ingest.extract import proposals as P
from clausegraph.ingest.extract.context import Context, Draft
from clausegraph.ingest.extract.facts import Facts
from clausegraph.ingest.extract.practices import decide
from clausegraph.ingest.extract.reader import DocumentReader
from clausegraph.ingest.extract.reading import Reading
from clausegraph.ingest.extract.weights import Features, Model, format_models
from clausegraph.ingest.read import read_bytes
from clausegraph.ingest.records import Clause, Document, Extraction, Mention, Party
from clausegraph.ingest.segment import segment
from clausegraph.ontology.vocabulary import load_vocabulary

#: Inverse strength of the L2 penalty, and how often a feature must occur to have a weight.
PENALTY, FEWEST = 0.1, 3
#: Documents a feature must occur in: what only one policy shows is no general mark.
DOCUMENTS = 3

#: Word weights below this are left out: they are many and say little.
SLIGHT = 0.08

ROOT = Path(__file__).resolve().parent.parent
Weights = dict[tuple[str, str], float]


@dataclass(frozen=True)
class Row:
    """One candidate: its features and whether annotators state it."""

    features: Features
    right: bool
    document: str


class Run:
    """One reading of one document under given models (None: what the rules decide), with its candidates."""

    def __init__(self, document: Document, practices: Model | None, values: Model | None, *, record: bool) -> None:
        run = self
        self.practices: list[tuple[int, int, dict[P.Key, Features]]] = []
        self.values: dict[tuple[int, int, str, bool], tuple[list[O.Offer], list[Features]]] = {}

        class Recording(DocumentReader):
            def _decide(self, facts: Facts) -> list[Draft]:
                stated = decide(facts)
                if record:
                    marks, said = P.features(facts, stated, P.propose(facts, stated))
                    rows = {key: one.features(marks) for key, one in said.items()}
                    run.practices.append((facts.sentence.start, facts.sentence.end, rows))
                return P.weighed(facts, stated, practices) if practices else stated

            def _weigh(
                self,
                clause: Clause,
                draft: Draft,
                facts: Facts,
                context: Context,
                admitted: list[Mention],
                rivals: list[Draft],
            ) -> list[Mention]:
                offers = O.offered(facts, draft, rivals, admitted, self._around(draft, context))
                key = facts.sentence.start, facts.sentence.end, draft.practice, draft.denied
                if record:
                    run.values[key] = offers, O.features(facts, draft, offers, rivals)
                return (O.taken(facts, draft, offers, rivals, values) or []) if values else admitted

        class Recorded(RuleExtractor):
            def reader(
                self, document: Document, clauses: tuple[Clause, ...], reading: Reading, owner: Party
            ) -> DocumentReader:
                return Recording(document, clauses, reading, owner, self.off)

        self.extraction: Extraction = Recorded().extract(document, segment(document))


class Trainer:
    """Gold documents, read as often as training asks."""

    def __init__(self, gold: Sequence[GoldDocument], languages: dict[str, str], terms: Terms) -> None:
        self.gold, self.terms = gold, terms
        self.index = VocabularyIndex(load_vocabulary())
        self.documents = {
            one.name: read_bytes(one.source, name=one.text_path.name, key=one.name, language=languages.get(one.name))
            for one in gold
        }
        self.practice_rows: dict[str, list[Row]] = {}
        self.sentence_rows: list[Row] = []
        #: Which policy a document or a labelled text is a part of, where that is known.
        self.policy: dict[str, tuple[str, str]] = {}
        self.value_rows: dict[str, list[Row]] = {}

    def record(self, model: Model | None = None) -> None:
        """Collect the candidates of every document; values under the statements that ``model`` makes."""
        for one in self.gold:
            document = self.documents[one.name]
            if model is None:
                run = Run(document, None, None, record=True)
                self.practice_rows[one.name] = self._practices(one, document, run)
            else:
                run = Run(document, model, None, record=True)
            self.value_rows[one.name] = self._values(one, run)

    def label(self, place: Place, text: str, labels: Mapping[tuple[int, int], frozenset[P.Key]]) -> None:
        """Collect the candidates of sentences of which only the practices are known."""
        self.policy[place.name] = place.file, place.id
        document = read_bytes(text.encode(), name=place.name, key=place.name, language=place.language)
        for start, end, said in Run(document, None, None, record=True).practices:
            known = labels.get((start, end))
            if known is not None:
                self.sentence_rows += [Row(features, key in known, place.name) for key, features in said.items()]

    def models(self, without: Collection[str] = ()) -> tuple[tuple[Weights, float], tuple[Weights, float]]:
        """Weights of practices and of values, learned without those documents and other parts of their policies."""
        names = [one.name for one in self.gold if one.name not in without]
        parts = {self.policy[name] for name in without if name in self.policy}
        labelled = (row for row in self.sentence_rows if self.policy[row.document] not in parts)
        practices = learn([*(r for n in names for r in self.practice_rows[n]), *labelled])
        return practices, learn(r for n in names for r in self.value_rows[n])

    def _practices(self, one: GoldDocument, document: Document, run: Run) -> list[Row]:
        rows = []
        for start, end, said in run.practices:
            first, last = document.source_map.to_source(start, end)
            here = [f for f in one.facts if _half(first, last, f)]
            for (practice, denied), features in said.items():
                right = any(f.practice == practice and f.denied == denied for f in here)
                rows.append(Row(features, right, one.name))
        return rows

    def _values(self, one: GoldDocument, run: Run) -> list[Row]:
        extraction = run.extraction
        score = self.score(one, extraction)
        rows = []
        for left, right in score.pairs:
            statement = extraction.statements[right]
            found = run.values.get((statement.start, statement.end, statement.practice, statement.denied))
            if found is None:
                continue
            offers, features = found
            order = sorted(range(len(offers)), key=lambda i: (offers[i].origin != "own", i))
            candidates, kept = [], []
            for i in order:
                facet = COMPARED_FACETS.get(offers[i].mention.facet)
                if facet is not None:
                    mention = offers[i].mention
                    candidates.append(Value(facet, self.index.curie(mention.concept), mention.start, mention.end, ""))
                    kept.append(i)
            good = {kept[j] for _, j in match_values(score.gold[left].values, candidates, self.terms)}
            rows += [Row(features[i], i in good, one.name) for i in kept]
        return rows

    def score(self, one: GoldDocument, extraction: Extraction) -> DocumentScore:
        """The extraction against its gold."""
        predicted = predicted_facts(extraction, self.index, one.text)
        return score_document(one.name, self.documents[one.name].language, one.facts, predicted, self.terms)

    def cross(self, folds: int) -> list[DocumentScore]:
        """Each document scored by models learned without it, in ``folds`` groups of documents."""
        names = [one.name for one in self.gold]
        scores = []
        for fold in range(folds):
            out = set(names[fold::folds])
            practices, values = (Model(*learned) for learned in self.models(out))
            for one in self.gold:
                if one.name in out:
                    run = Run(self.documents[one.name], practices, values, record=False)
                    scores.append(self.score(one, run.extraction))
        return scores


def _half(start: int, end: int, fact: Fact) -> bool:
    return min(end, fact.end) - max(start, fact.start) >= 0.5 * min(end - start, fact.end - fact.start)


def learn(rows: Iterable[Row], penalty: float = PENALTY, fewest: int = FEWEST) -> tuple[Weights, float]:
    """Logistic regression over the rows: weights by group and feature, and the bias."""
    taken = list(rows)
    ids: dict[tuple[str, str], int] = {}
    count: list[int] = []
    seen: list[set[str]] = []
    lines: list[list[int]] = []
    for row in taken:
        line = []
        for group, names in row.features:
            for name in dict.fromkeys(names):
                at = ids.setdefault((group, name), len(ids))
                if at == len(count):
                    count.append(0)
                    seen.append(set())
                count[at] += 1
                seen[at].add(row.document)
                line.append(at)
        lines.append(line)
    keep = {
        old: new for new, old in enumerate(i for i, n in enumerate(count) if n >= fewest and len(seen[i]) >= DOCUMENTS)
    }
    columns = [[keep[i] for i in line if i in keep] for line in lines]
    pointers = np.cumsum([0, *(len(c) for c in columns)])
    matrix = csr_matrix(
        (np.ones(pointers[-1]), np.concatenate([np.array(c, dtype=int) for c in columns]), pointers),
        shape=(len(taken), len(keep)),
    )
    fitted = LogisticRegression(C=penalty, solver="liblinear", max_iter=1000, random_state=0)
    fitted.fit(matrix, [row.right for row in taken])
    weights = {name: float(fitted.coef_[0][keep[at]]) for name, at in ids.items() if at in keep}
    return weights, float(fitted.intercept_[0])


def trainer(shared: Path, tune: Sequence[str]) -> Trainer:
    """Everything there is to learn from, its candidates collected."""
    annotated, languages = gold(shared)
    folders = [shared / "gold" / "texts", shared / "seeds"]
    tuned = load_gold([shared / "gold" / f"{name}.jsonl" for name in tune], folders)
    documents = [*tuned, *annotated]
    made = Trainer(documents, languages, load_terms(shared / "reference" / "dpv-terms.tsv").with_gold(documents))
    made.policy = {place.name: (place.file, place.id) for place in places("facts")}
    made.record()
    for place, text, labels in sentences(shared):
        made.label(place, text, labels)
    practices = learn([*(r for rows in made.practice_rows.values() for r in rows), *made.sentence_rows])
    made.record(Model(*practices))
    return made


def main() -> None:
    """Learn and write, or score."""
    parser = argparse.ArgumentParser(description="Learn the weights of the extractor.")
    parser.add_argument("--tune", nargs="+", required=True, metavar="DOC", help="gold documents to learn from")
    parser.add_argument("--cross", type=int, metavar="N", help="score in N groups instead of writing")
    parser.add_argument(
        "--precision", type=Path, metavar="FILE", help="with --cross: write what each rule reached there"
    )
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "ingest" / "extract" / "weights.tsv")
    asked = parser.parse_args()
    try:
        made = trainer(shared_folder(), asked.tune)
    except ClauseGraphError as error:
        sys.exit(f"{error}\n{error.mend}")
    if asked.cross:
        scores = made.cross(asked.cross)
        for name, part in (
            ("tune", [s for s in scores if s.name in asked.tune]),
            ("our own annotations", [s for s in scores if s.name not in asked.tune]),
        ):
            overall = make_report(part, resamples=0).overall
            f1 = {m: overall.macro[m].f1.value for m in ("statements", "lenient", "facts", "polarity")}
            figures = ", ".join(f"{measure} {value:.3f}" for measure, value in f1.items())
            print(f"{name}: {len(part)} documents, {figures}, denials read as affirmed {overall.denials}")
        if asked.precision:
            write_precision(asked.precision, rule_precision([s for s in scores if s.name in asked.tune]))
        return
    models = {}
    for name, (weights, bias) in zip(("practices", "values"), made.models(), strict=True):
        models[name] = {
            key: weight for key, weight in weights.items() if abs(weight) >= (SLIGHT if "w:" in key[1] else 0.005)
        } | {("", "bias"): bias}
    note = [
        "The weights of the extractor, learned from annotated policies: written by `make weights`, not by hand.",
        "model, group, feature, weight (log-odds); see docs/extraction.md",
    ]
    asked.output.write_text(format_models(models, note), encoding="utf-8")
    print(f"Wrote {asked.output}: " + ", ".join(f"{len(model)} weights of {name}" for name, model in models.items()))


if __name__ == "__main__":
    main()
