"""One question to the model, asked until there is an answer or no hope of one.

In: `ModelOptions`, the messages of one piece. Out: an `Answer`. Raises `ModelError`, which knows no place in a
document yet. Too many requests, failures of the server, silence and broken JSON are tried again, each time later.
"""

from __future__ import annotations

import logging
import re
import time
from types import TracebackType
from typing import Any, Self

from pydantic import ValidationError

from ..extractors import ExtractorError
from .options import ModelOptions, shown
from .schema import Answer

try:
    import httpx
    import instructor
    import openai
    from instructor.core import InstructorError, InstructorRetryException
except ImportError as error:
    raise ExtractorError(
        f"The extractor “llm” needs packages that are not installed: {error}.",
        mend="Install them with: pip install 'clausegraph[llm]'",
    ) from error

#: Seconds to wait at most, whatever the server asks for.
_LONGEST = 30.0
_FENCED = re.compile(r"\s*```(?:json)?\s*\n(?P<json>.*)\n\s*```\s*", re.DOTALL)
_MENDS = {
    400: "Ask the server's documentation whether the model knows JSON mode and so long a prompt.",
    401: "Set CLAUSEGRAPH_LLM_KEY to a key that the server accepts.",
    403: "Set CLAUSEGRAPH_LLM_KEY to a key that may use this model.",
    404: "Check CLAUSEGRAPH_LLM_URL (it usually ends in /v1) and CLAUSEGRAPH_LLM_MODEL.",
    413: "Use a model that takes longer prompts.",
    429: "Wait, or ask with fewer --jobs. What was answered is kept and will not be asked for again.",
}
_LATER = "Try again later: what was answered is kept and will not be asked for again."


class ModelError(ExtractorError):
    """The model gave no usable answer."""


class _Again(Exception):
    """Worth another try, after ``seconds`` if the server says so."""

    def __init__(self, cause: str, mend: str, seconds: float = 0.0) -> None:
        super().__init__(cause)
        self.mend = mend
        self.seconds = seconds


class Model:
    """A connection to the model, to be used as a context."""

    def __init__(self, options: ModelOptions) -> None:
        # instructor logs what servers say of a request, and some repeat the key in it; our errors tell it without.
        logging.getLogger("instructor").setLevel(logging.CRITICAL + 1)
        self.options = options
        self._client = openai.OpenAI(
            base_url=options.url, api_key=options.key or "none", timeout=options.seconds, max_retries=0
        )
        self._asking = instructor.from_openai(self._client, mode=instructor.Mode.JSON)
        self._settings: dict[str, Any] = {"temperature": 0}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def ask(self, system: str, user: str) -> Answer:
        """The model's answer."""
        tried: list[_Again] = []
        while True:
            try:
                return self._once(system, user)
            except _Again as again:
                tried.append(again)
            if len(tried) == self.options.tries:
                times = "once" if len(tried) == 1 else f"{len(tried)} times"
                raise self._failed(f"{tried[-1]} (asked {times})", tried[-1].mend)
            time.sleep(min(max(tried[-1].seconds, self.options.pause * 2 ** (len(tried) - 1)), _LONGEST))

    def _once(self, system: str, user: str) -> Answer:
        try:
            return self._asking.chat.completions.create(
                model=self.options.model,
                messages=[{"role": "system", "content": system}, {"role": "user", "content": user}],
                response_model=Answer,
                max_retries=0,
                **self._settings,
            )
        except InstructorRetryException as error:
            cause = error.__cause__ or error
            if isinstance(cause, ValidationError):
                return self._unfenced(error)
        except (InstructorError, openai.OpenAIError, httpx.HTTPError) as error:
            cause = error
        if isinstance(cause, openai.BadRequestError) and "temperature" in str(cause) and self._settings:
            self._settings = {}  # some models have one temperature and refuse to be told
            return self._once(system, user)
        raise self._judged(cause)

    def _unfenced(self, error: InstructorRetryException) -> Answer:
        """The answer that some servers put between marks of code though they were asked for JSON alone."""
        choices = getattr(error.last_completion, "choices", None)
        found = _FENCED.fullmatch((choices[0].message.content or "") if choices else "")
        try:
            return Answer.model_validate_json(found["json"] if found else "")
        except ValidationError:
            mend = "Use a model that keeps to JSON and may answer at length."
            raise _Again("it answers with something else than the JSON asked for", mend) from None

    def _judged(self, error: BaseException) -> Exception:
        """What a failed request means: worth another try, or the end."""
        if isinstance(error, openai.APITimeoutError):
            return _Again(f"it did not answer within {self.options.seconds:g} seconds", "Set CLAUSEGRAPH_LLM_SECONDS.")
        if isinstance(error, openai.APIConnectionError):
            return _Again(
                f"it cannot be reached: {self._clean(error.__cause__ or error)}",
                "Check that the server runs and CLAUSEGRAPH_LLM_URL is right.",
            )
        if isinstance(error, openai.APIStatusError):
            status = error.status_code
            told = f"it answers with the status {status}: {self._clean(error)}"
            if status == 429 or status >= 500:
                return _Again(told, _MENDS.get(status, _LATER), _seconds(error.response.headers.get("retry-after")))
            return self._failed(told, _MENDS.get(status, "Look at the server's log."))
        return _Again(self._clean(error), _LATER)

    def _failed(self, cause: str, mend: str) -> ModelError:
        return ModelError(f"the model {self.options.model} at {shown(self.options.url)} failed: {cause}.", mend=mend)

    def _clean(self, error: BaseException) -> str:
        """An error in one short line that holds no key."""
        told = " ".join(str(error).split()) or type(error).__name__
        if self.options.key:
            told = told.replace(self.options.key, "…")
        return told[:300].rstrip(".")


def _seconds(told: str | None) -> float:
    """The seconds of a Retry-After header; dates are not worth it."""
    try:
        return max(float(told or 0), 0.0)
    except ValueError:
        return 0.0
