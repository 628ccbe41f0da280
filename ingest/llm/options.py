"""How the model is reached.

In: options by name, as `extractors.Choice` carries them (all strings). Out: `ModelOptions`, frozen and checked. Raises
`ExtractorError` that names the setting.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from ..extractors import ExtractorError


@dataclass(frozen=True, slots=True)
class ModelOptions:
    """``seconds``: how long to wait for an answer; ``pause``: before the second try, doubled before each further one.

    ``key`` is in no `repr`, and nothing writes it anywhere.
    """

    url: str
    model: str
    cache: Path
    key: str = field(default="", repr=False)
    seconds: float = 120.0
    tries: int = 4
    pause: float = 1.0

    @classmethod
    def of(cls, options: Mapping[str, str]) -> ModelOptions:
        """From ``url``, ``model``, ``cache`` and, where given, ``key`` and ``seconds``."""
        for name, what, example in (
            ("url", "the address of an OpenAI-compatible server", "http://127.0.0.1:8080/v1"),
            ("model", "the name of a model", "llama-3.3-70b"),
            ("cache", "a folder for the model's answers", "answers"),
        ):
            if not options.get(name):
                raise ExtractorError(
                    f"The extractor “llm” needs {what}, and the setting “llm_{name}” gives none.",
                    mend=f"Set CLAUSEGRAPH_LLM_{name.upper()}, for example to {example}.",
                )
        parts = urlsplit(options["url"])
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise ExtractorError(
                f"The setting “llm_url” is no http or https address: {shown(options['url'])}.",
                mend="Set CLAUSEGRAPH_LLM_URL to the server's base address, for example http://127.0.0.1:8080/v1.",
            )
        seconds = float(options.get("seconds", "120"))
        return cls(options["url"], options["model"], Path(options["cache"]), options.get("key", ""), seconds)


def shown(url: str) -> str:
    """The address as messages may show it: without a user's name, password or parameters."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))
