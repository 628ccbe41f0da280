"""What a user can set, and where each value came from.

In: arguments, ``CLAUSEGRAPH_*`` variables, ``clausegraph.toml`` in the working directory, then the one in the user's
configuration folder. Out: `Settings` (frozen) with `Settings.sources` (field name → where its value stands).

The first place that names a setting wins. A path in a file is relative to that file's folder.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import platformdirs
from pydantic import Field, PrivateAttr, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from .. import ClauseGraphError

FILE_NAME = "clausegraph.toml"
PREFIX = "CLAUSEGRAPH_"
PATHS = frozenset({"store", "reports", "llm_cache", "graphql_documents"})
#: Never shown, not even in an error.
SECRETS = frozenset({"llm_key", "write_token"})


class SettingsError(ClauseGraphError):
    """A setting is unknown or has an impossible value."""


def default_store() -> str:
    """The embedded store in the user's data folder."""
    return str(Path(platformdirs.user_data_dir("clausegraph", appauthor=False)) / "store")


def default_cache() -> str:
    """What language models answered, in the user's cache folder."""
    return str(Path(platformdirs.user_cache_dir("clausegraph", appauthor=False)) / "llm")


def user_file() -> Path:
    """The settings file in the user's configuration folder (it need not exist)."""
    return Path(platformdirs.user_config_dir("clausegraph", appauthor=False)) / FILE_NAME


def settings_files() -> tuple[Path, ...]:
    """The settings files that exist, the strongest first."""
    return tuple(path for path in (Path.cwd() / FILE_NAME, user_file()) if path.is_file())


class Settings(BaseSettings):
    """Everything that can be set. Each field's description is the text `docs/settings.md` shows."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True)

    store: str = Field(
        default_factory=default_store,
        description="Where the graphs are kept: a folder (embedded Oxigraph) or a SPARQL 1.1 server's URL.",
    )
    host: str = Field(default="127.0.0.1", description="Address that `clausegraph serve` listens on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port of `clausegraph serve`; 0 takes a free one.")
    language: str = Field(default="en", description="Language of labels (BCP 47) where a request names none.")
    jobs: int = Field(default=0, ge=0, description="Worker processes for ingestion; 0 means one for each core.")
    allow_private_addresses: bool = Field(
        default=False, description="Whether ingestion may fetch URLs on loopback and private networks."
    )
    extractor: str = Field(
        default="rules", description="What reads the statements: `rules`, `llm`, or an extractor of another package."
    )
    llm_url: str = Field(
        default="", description="Base address of an OpenAI-compatible server, such as `http://127.0.0.1:8080/v1`."
    )
    llm_model: str = Field(default="", description="Name of the language model at that server.")
    llm_key: SecretStr | None = Field(
        default=None, description="Key for that server, where it wants one. Never logged, stored or shown."
    )
    llm_seconds: float = Field(default=120.0, gt=0, description="Seconds to wait for one answer of the model.")
    llm_cache: str = Field(
        default_factory=default_cache, description="Folder where answers are kept, so that none is asked for twice."
    )
    reports: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="Folders with reports (`.rq` files) of your own, separated as in PATH."
    )
    query_seconds: float = Field(
        default=30.0, gt=0, description="Seconds after which a SPARQL query or a report is stopped."
    )
    query_megabytes: float = Field(default=64.0, gt=0, description="Largest SPARQL result, in megabytes (10^6 bytes).")
    query_workers: int = Field(default=2, ge=1, description="Processes that answer SPARQL queries at the same time.")
    query_queue: int = Field(
        default=16, ge=0, description="SPARQL queries that may wait for a process; more are told to come back (429)."
    )
    query_memory: float = Field(
        default=2000.0, ge=200, description="Memory that one such process may take, in megabytes (10^6 bytes)."
    )
    graphql_depth: int = Field(default=15, ge=1, description="Levels that a GraphQL query may be deep.")
    graphql_aliases: int = Field(
        default=50, ge=0, description="Aliases and repeated fields in a GraphQL query, its fragments unfolded."
    )
    graphql_tokens: int = Field(default=2000, ge=1, description="Words and signs that a GraphQL query may consist of.")
    graphql_cost: int = Field(
        default=100_000,
        ge=1,
        description="Values that the answer to a GraphQL query may hold, as estimated beforehand.",
    )
    graphql_seconds: float = Field(default=20.0, gt=0, description="Seconds after which a GraphQL query is given up.")
    graphql_documents: str | None = Field(
        default=None, description="Folder or JSON file of trusted GraphQL documents, which clients ask by their ids."
    )
    graphql_only_trusted: bool = Field(
        default=False, description="Whether trusted documents are the only GraphQL queries that are answered."
    )
    write_token: SecretStr | None = Field(
        default=None,
        min_length=16,
        description="Bearer token for all writing over HTTP: GraphQL mutations, SPARQL updates, Graph Store writes; "
        "without one there is none.",
    )

    _sources: dict[str, str] = PrivateAttr(default_factory=dict)

    @field_validator("reports", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        """Accept one string of folders, as an environment variable gives it."""
        return tuple(part for part in value.split(os.pathsep) if part) if isinstance(value, str) else value

    @property
    def sources(self) -> Mapping[str, str]:
        """Where each value comes from: "default", "argument", a variable's name or a file's path."""
        return self._sources

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments alone: `load_settings` gathers the other places itself, to know which one spoke."""
        return (init_settings,)


def _from_file(path: Path) -> dict[str, Any]:
    """The values that one settings file holds, its paths made absolute."""
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path} cannot be read as TOML: {error}.", mend="Correct or remove that file.") from error
    unknown = sorted(set(values) - set(Settings.model_fields))
    if unknown:
        known = ", ".join(Settings.model_fields)
        raise SettingsError(f"{path} sets “{unknown[0]}”, which is no setting.", mend=f"Use one of: {known}.")

    def absolute(value: object) -> object:
        if isinstance(value, str) and not value.startswith(("http://", "https://")):
            return str(path.parent / Path(value).expanduser())
        return value

    for name in PATHS & set(values):
        value = values[name]
        values[name] = [absolute(item) for item in value] if isinstance(value, list) else absolute(value)
    return values


def load_settings(environment: Mapping[str, str] | None = None, /, **arguments: object) -> Settings:
    """The settings in force. An argument that is None counts as not given.

    Raises `SettingsError` for an unknown name in a file or a value that does not fit.
    """
    environment = os.environ if environment is None else environment
    places: list[tuple[str, Mapping[str, Any]]] = [
        ("argument", {name: value for name, value in arguments.items() if value is not None}),
    ]
    for name in Settings.model_fields:
        variable = PREFIX + name.upper()
        if environment.get(variable):
            places.append((variable, {name: environment[variable]}))
    places.extend((str(path), _from_file(path)) for path in settings_files())

    values: dict[str, Any] = {}
    sources = dict.fromkeys(Settings.model_fields, "default")
    for place, given in reversed(places):
        for name, value in given.items():
            values[name], sources[name] = value, place
    for name in ("store", "llm_cache"):
        if isinstance(values.get(name), str) and not values[name].startswith(("http://", "https://")):
            values[name] = str(Path(values[name]).expanduser())
    try:
        settings = Settings(**values)
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else "?"
        place = sources.get(name, "?")
        reason = first["msg"][:1].lower() + first["msg"][1:]
        told = "a value that is not shown" if name in SECRETS else f"the value {values.get(name)!r}"
        raise SettingsError(
            f"The setting “{name}” ({place}) has {told}: {reason}.",
            mend="Correct it there; `clausegraph settings` lists all settings with their sources.",
        ) from (None if name in SECRETS else error)
    settings._sources.update(sources)
    return settings
