"""What the model is to answer, as pydantic models: statements with quotes, no offsets.

In: the model's JSON. Out: an `Answer`. Only its form is enforced; a practice, facet or concept that does not exist is
plain text here and left out later, so that one wrong word does not spoil all else that was said.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field, model_validator

from ..records import FACETS, PRACTICES

POLARITIES = ("affirmed", "denied")
MODALITIES = ("will", "may", "must", "should")
#: What the model may call an actor → its concept, and whether its practice is the controller's own.
ACTORS = {
    "controller": ("DataController", True),
    "processor": ("DataProcessor", True),
    "third party": ("ThirdParty", False),
    "user": ("DataSubject", False),
}
CONDITIONS = ("exception", "consent", "request", "if")


def _one_of(*words: str) -> Any:
    return Field(default="", json_schema_extra={"enum": list(words)})


def _filled(value: object) -> object:
    return "" if value is None else value


def _listed(value: object) -> object:
    return [] if value is None else value


Text = Annotated[str, BeforeValidator(_filled)]


class Value(BaseModel):
    """A facet value and the words that name it."""

    facet: Text = _one_of(*FACETS)
    quote: Text = Field(default="", description="The shortest words that name it, copied exactly.")
    concept: Text = Field(default="", description="An id from the list of the facet.")


class Restriction(BaseModel):
    """Words that say when the statement holds or does not."""

    kind: Text = _one_of(*CONDITIONS)
    quote: Text = Field(default="", description="Its words, copied exactly.")


class Stated(BaseModel):
    """One data practice that one sentence or list item states."""

    quote: Text = Field(default="", description="The whole sentence or list item, copied exactly.")
    practice: Text = _one_of(*PRACTICES)
    polarity: Text = _one_of(*POLARITIES)
    modality: Text = _one_of(*MODALITIES)
    actor: Text = _one_of(*ACTORS)
    values: Annotated[list[Value], BeforeValidator(_listed)] = Field(default_factory=list)
    conditions: Annotated[list[Restriction], BeforeValidator(_listed)] = Field(default_factory=list)
    duration: Text = Field(default="", description="ISO 8601 duration, only for Retain and only where one is given.")


class Answer(BaseModel):
    """All statements of one piece of text, in text order; an empty list where it states none."""

    statements: Annotated[list[Stated], BeforeValidator(_listed)]

    @model_validator(mode="before")
    @classmethod
    def _bare(cls, given: object) -> object:
        """Take a bare list for the statements: servers that know only "some JSON" let models write one."""
        return {"statements": given} if isinstance(given, list) else given
