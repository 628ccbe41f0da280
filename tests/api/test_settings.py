"""Settings: which place wins, and what is said about a wrong value."""

from __future__ import annotations

from pathlib import Path

import pytest

from clausegraph.api import settings as module
from clausegraph.api.ingestion import chosen
from clausegraph.api.settings import Settings, SettingsError, load_settings
from clausegraph.ingest.extractors import RULES


@pytest.fixture(autouse=True)
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory and an empty user configuration folder."""
    (tmp_path / "work").mkdir()
    (tmp_path / "user").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setattr(module, "user_file", lambda: tmp_path / "user" / "clausegraph.toml")
    return tmp_path


def test_defaults_say_that_they_are_defaults() -> None:
    settings = load_settings({})
    assert settings.port == 8000
    assert Path(settings.store).parts[-2:] == ("clausegraph", "store")
    assert set(settings.sources.values()) == {"default"}


def test_the_first_place_that_speaks_wins(places: Path) -> None:
    (places / "user" / "clausegraph.toml").write_text('port = 1\nhost = "u"\nlanguage = "cs"\njobs = 3\n')
    (places / "work" / "clausegraph.toml").write_text('port = 2\nhost = "w"\nlanguage = "zh-Hant"\n')
    settings = load_settings({"CLAUSEGRAPH_PORT": "3", "CLAUSEGRAPH_HOST": "e"}, port=4, host=None)
    assert (settings.port, settings.host, settings.language, settings.jobs) == (4, "e", "zh-Hant", 3)
    assert settings.sources["port"] == "argument"
    assert settings.sources["host"] == "CLAUSEGRAPH_HOST"
    assert settings.sources["language"] == str(places / "work" / "clausegraph.toml")
    assert settings.sources["jobs"] == str(places / "user" / "clausegraph.toml")
    assert settings.sources["query_seconds"] == "default"


def test_paths_in_a_file_start_at_its_folder(places: Path) -> None:
    (places / "user" / "clausegraph.toml").write_text('store = "graphs"\nreports = ["mine", "/theirs"]\n')
    settings = load_settings({})
    assert settings.store == str(places / "user" / "graphs")
    assert settings.reports == (str(places / "user" / "mine"), "/theirs")


def test_a_server_is_no_path(places: Path) -> None:
    (places / "work" / "clausegraph.toml").write_text('store = "https://example.org/sparql"\n')
    assert load_settings({}).store == "https://example.org/sparql"


def test_report_folders_are_separated_as_in_path() -> None:
    assert load_settings({"CLAUSEGRAPH_REPORTS": "/a:/b"}).reports == ("/a", "/b")


@pytest.mark.parametrize(
    ("text", "says"),
    [("prot = 1", "prot"), ("port = 'x'", "port"), ("port = 99999", "99999"), ("port =", "TOML")],
)
def test_a_wrong_file_is_named_with_its_fault(places: Path, text: str, says: str) -> None:
    path = places / "work" / "clausegraph.toml"
    path.write_text(text)
    with pytest.raises(SettingsError) as caught:
        load_settings({})
    assert says in str(caught.value)
    assert str(path) in str(caught.value)
    assert caught.value.mend


def test_a_key_is_shown_nowhere(places: Path) -> None:
    settings = load_settings({"CLAUSEGRAPH_LLM_KEY": "sk-secret"})
    assert settings.llm_key is not None
    assert settings.llm_key.get_secret_value() == "sk-secret"
    assert "sk-secret" not in repr(settings) + str(settings) + str(settings.llm_key)
    (places / "work" / "clausegraph.toml").write_text("llm_key = 424242\n")
    with pytest.raises(SettingsError, match="llm_key") as caught:
        load_settings({})
    assert "424242" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_the_models_settings_become_its_options(places: Path) -> None:
    (places / "work" / "clausegraph.toml").write_text('extractor = "llm"\nllm_cache = "answers"\n')
    choice = chosen(load_settings({"CLAUSEGRAPH_LLM_KEY": "sk-secret", "CLAUSEGRAPH_LLM_SECONDS": "5"}))
    assert choice.name == "llm"
    options = dict(choice.options)
    assert (options["key"], options["seconds"]) == ("sk-secret", "5.0")
    assert options["cache"] == str(places / "work" / "answers")
    assert "sk-secret" not in repr(choice)
    assert chosen(load_settings({}, extractor="rules")) == RULES


def test_every_setting_is_described() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []
