"""The model extractor: a document's pieces asked for one by one, their answers turned into statements.

In: `Document`, its clauses. Out: `Extraction`. Title, dates, controller come from the rules, statements from the model,
and the rules' reading of denials stands above the model's. A piece that gets no usable answer fails the document.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from ... import __version__
from ...ontology.vocabulary import FOLDER as CONCEPTS
from ..records import Clause, Document, Extraction
from .cache import AnswerCache, cache_key
from .client import Model, ModelError
from .crosscheck import read_by_rules
from .gather import Gathering
from .options import ModelOptions
from .pieces import Piece, pieces
from .prompt import instructions, question
from .schema import Answer


class ModelExtractor:
    """A model at an OpenAI-compatible server. The same answers give the same statements; answers are kept."""

    name = "llm"
    #: Their versions are part of the extractor's digest: they word the request, too.
    libraries = ("instructor", "openai", "pydantic")

    def __init__(self, options: ModelOptions) -> None:
        self.options = options
        self._cache = AnswerCache(options.cache)
        self._schema = json.dumps(Answer.model_json_schema(), sort_keys=True)

    @classmethod
    def from_options(cls, options: Mapping[str, str]) -> ModelExtractor:
        """From the options of a `Choice`. Raises `ExtractorError` where one is missing or wrong."""
        return cls(ModelOptions.of(options))

    @cached_property
    def version(self) -> str:
        """The package's version, the model, and a digest of all else that decides what comes out.

        That is the prompt, the schema of the answer, the concepts and the code of this package.
        """
        total = hashlib.sha256(cache_key(self.options.model, instructions(), self._schema).encode())
        for path in [*sorted(Path(__file__).parent.glob("*.py")), *sorted(CONCEPTS.glob("*.ttl"))]:
            total.update(path.name.encode() + b"\0" + path.read_bytes())
        return f"{__version__} {self.options.model} {total.hexdigest()[:16]}"

    def extract(self, document: Document, clauses: tuple[Clause, ...]) -> Extraction:
        """Everything read from one document. Raises `ModelError` that names the file and the clause."""
        base, rules = read_by_rules(document, clauses)
        if rules is None:
            warning = (
                f"No lexicon for the language {document.language}, so the model's reading of denials could not be "
                "checked: clauses only, no statements."
            )
            return replace(base, extractor=self.name, warnings=(*document.warnings, warning))
        gathering = Gathering(document.text, clauses, rules, self.options.model)
        for piece, answer in self._answers(document, clauses):
            gathering.take(piece, answer)
        owner = [party for party in base.parties if party.key == base.controller]
        parties = {party.key: party for party in owner} | {
            key: party for key, party in gathering.parties().items() if key != base.controller
        }
        return replace(
            base,
            statements=gathering.statements(),
            parties=tuple(parties.values()),
            extractor=self.name,
            warnings=(*base.warnings, *gathering.warnings()),
        )

    def _answers(self, document: Document, clauses: tuple[Clause, ...]) -> Iterator[tuple[Piece, Answer]]:
        """Each piece with its answer: the one that is kept, else a new one. The model is reached only for these."""
        with ExitStack() as stack:
            model: Model | None = None
            for piece in pieces(document.text, clauses):
                asked = question(document.text, piece)
                key = cache_key(self.options.model, instructions(), self._schema, asked)
                answer = self._cache.get(key)
                if answer is None:
                    model = model or stack.enter_context(Model(self.options))
                    try:
                        answer = model.ask(instructions(), asked)
                    except ModelError as error:
                        place = f"{document.origin or document.key}, clause {piece.path}"
                        raise ModelError(f"{place}: {error}", mend=error.mend) from None
                    self._cache.put(key, answer)
                yield piece, answer
