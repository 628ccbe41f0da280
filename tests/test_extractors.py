"""Extractors by name: ours, those of other packages, and what is said where one is missing."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

from clausegraph.ingest import extractors
from clausegraph.ingest.extract import RuleExtractor
from clausegraph.ingest.extractors import BUILT_IN, Choice, ExtractorError, build, extractor_stamp, names
from clausegraph.ingest.pipeline import process, work
from clausegraph.ingest.read import read_bytes
from clausegraph.ingest.records import Clause, Document, Extraction

ROOT = Path(__file__).resolve().parents[1]


class Silent:
    """An extractor of another package: it reads nothing."""

    name = "silent"
    version = "7"

    def extract(self, document: Document, clauses: tuple[Clause, ...]) -> Extraction:
        return Extraction(document, clauses, extractor=self.name)


class Loud(Silent):
    """One with options."""

    def __init__(self, word: str) -> None:
        self.version = word

    @classmethod
    def from_options(cls, options: dict[str, str]) -> Loud:
        return cls(options["word"])


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two more extractors and a broken one."""
    found = [
        metadata.EntryPoint("silent", f"{__name__}:Silent", extractors.GROUP),
        metadata.EntryPoint("loud", f"{__name__}:Loud", extractors.GROUP),
        metadata.EntryPoint("broken", "clausegraph_no_such_package:Thing", extractors.GROUP),
    ]
    monkeypatch.setattr(
        metadata,
        "entry_points",
        lambda group, name=None: [point for point in found if name in (None, point.name)],
    )


def test_the_entry_points_are_the_built_in_ones() -> None:
    """A checkout that is not installed and one that is must find the same."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["entry-points"][extractors.GROUP] == BUILT_IN


def test_the_default_is_the_rules() -> None:
    assert isinstance(build(), RuleExtractor)
    assert build() is build(Choice("rules"))
    assert extractor_stamp().name == "rules"


def test_another_package_brings_its_own(installed: None, tmp_path: Path) -> None:
    assert names() == ("rules", "llm", "broken", "loud", "silent")
    silent, loud = Choice("silent"), Choice("loud", (("word", "ahoj"),))
    assert (build(silent).name, build(loud).version) == ("silent", "ahoj")
    stamps = {extractor_stamp(each).digest for each in (silent, loud, Choice())}
    assert len(stamps) == 3
    assert extractor_stamp(silent).version == "7"
    document = read_bytes(b"We collect your name.", name="t", key="t")
    assert process(document, build(silent)).statements == ()


def test_one_that_cannot_be_loaded_is_named(installed: None) -> None:
    with pytest.raises(ExtractorError, match=r"broken.*clausegraph_no_such_package") as caught:
        build(Choice("broken"))
    assert caught.value.mend


def test_one_that_does_not_exist_is_named_with_those_that_do() -> None:
    with pytest.raises(ExtractorError, match="oracle") as caught:
        build(Choice("oracle"))
    assert "rules, llm" in caught.value.mend


def test_without_the_extra_the_command_that_installs_it_is_told() -> None:
    code = (
        "import sys\n"
        "sys.modules['instructor'] = None\n"
        "from clausegraph.ingest.extractors import Choice, ExtractorError, build\n"
        "try:\n    build(Choice('llm'))\n"
        "except ExtractorError as error:\n    print(error, error.mend)\n"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "pip install 'clausegraph[llm]'" in told.stdout


def test_the_rules_never_load_the_model() -> None:
    code = (
        "import sys\n"
        "from clausegraph.ingest.extractors import names\n"
        "from clausegraph.ingest import pipeline\n"
        "from clausegraph.api import ingestion\n"
        "pipeline.extractor_stamp()\n"
        "print(names(), [name for name in sys.modules if name.split('.')[0] in ('instructor', 'openai')"
        " or name.startswith('clausegraph.ingest.llm')])\n"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip().endswith("[]")


def test_the_digest_of_the_rules_does_not_hang_on_the_models_code() -> None:
    folders = {path.parent.name for path in extractors._code()}
    assert {"ontology", "ingest", "extract", "segment", "read", "quads"} <= folders
    assert "llm" not in folders


def test_the_digest_of_the_rules_covers_every_table_they_read() -> None:
    covered = {path.name for path in extractors._code()}
    assert {"weights.tsv", "precision.toml"} <= covered
    data = {path.name for path in (ROOT / "ingest").rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc")}
    assert data <= covered


def test_a_worker_is_told_by_name(installed: None, tmp_path: Path) -> None:
    from clausegraph.ingest.read import discover

    (tmp_path / "a.txt").write_text("Privacy Policy\n\nWe collect your name.\n")
    (source,) = discover([str(tmp_path / "a.txt")])
    done = work(source, Choice("silent"))
    assert done.ok
    assert done.summary is not None
    assert done.summary.statements == 0
    assert done.extractor_digest == extractor_stamp(Choice("silent")).digest != work(source).extractor_digest
