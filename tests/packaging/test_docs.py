"""The documentation against the program: pages made from --help and the settings, names that must be explained.

`make docs` (CLAUSEGRAPH_WRITE_DOCS=1) writes the made pages anew; without it a page that has drifted fails.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from clausegraph.api.cli import app
from clausegraph.api.settings import FILE_NAME, PREFIX, Settings

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
LINK = re.compile(r"\[[^\]]*\]\(([^)\s#]+)(?:#[^)]*)?\)")
FOLDERS = {"store": "a folder for user data", "llm_cache": "a folder for cached data"}
CLI_HEAD = """# The command line

Made from `--help` by `make docs`; a test fails when it has drifted. Every command that prints for people also prints
`--format json`. Results go to standard output, everything else to standard error. Exit codes: 0; 1 when you said no,
or when a view has required fields that a text leaves empty; 2 when something failed that you can mend (the message says
how) or the command was mistyped.
"""
SETTINGS_HEAD = f"""# Settings

Made from the program by `make docs`. A setting comes from the first of: an option of the command, the variable below,
`{FILE_NAME}` in the working directory, `{FILE_NAME}` in your configuration folder. `clausegraph settings` prints every
value in force and where it comes from. A path in a file is relative to that file.

```toml
# {FILE_NAME}
store = "graphs"
language = "zh-Hant"
reports = ["our-reports"]
```

"""


def help_of(*command: str) -> str:
    """What `clausegraph COMMAND --help` prints at a width of 100."""
    result = CliRunner().invoke(app, [*command, "--help"], prog_name="clausegraph", env={"COLUMNS": "100"})
    assert result.exit_code == 0, result.output
    return "\n".join(line.rstrip() for line in result.output.strip().splitlines())


def commands_in(text: str) -> list[str]:
    """The names under "Commands:" in a help text."""
    _, _, listed = text.partition("Commands:\n")
    return re.findall(r"^  (\S+)  ", listed, re.MULTILINE)


def all_commands() -> Iterator[tuple[str, ...]]:
    """Every command, groups before their members."""
    yield ()
    for name in commands_in(help_of()):
        yield (name,)
        for member in commands_in(help_of(name)):
            yield (name, member)


def cli_page() -> str:
    """docs/cli.md as it should be."""
    parts = [
        f"## clausegraph {' '.join(command)}".rstrip() + f"\n\n```\n{help_of(*command)}\n```\n"
        for command in all_commands()
    ]
    return "\n".join([CLI_HEAD, *parts])


def settings_page() -> str:
    """docs/settings.md as it should be."""
    lines = ["| setting | variable | default | what it does |", "|---|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = FOLDERS.get(name) or repr(field.default).replace("'", '"')
        lines.append(f"| `{name}` | `{PREFIX}{name.upper()}` | {default} | {field.description} |")
    return SETTINGS_HEAD + "\n".join(lines) + "\n"


@pytest.mark.parametrize(("name", "make"), [("cli.md", cli_page), ("settings.md", settings_page)])
def test_made_pages_have_not_drifted(name: str, make: Callable[[], str]) -> None:
    wanted = make()
    if os.environ.get("CLAUSEGRAPH_WRITE_DOCS"):
        (DOCS / name).write_text(wanted, encoding="utf-8")
    assert (DOCS / name).read_text(encoding="utf-8") == wanted, "write it anew: make docs"


def test_every_command_explains_itself_in_a_line_that_is_not_cut() -> None:
    for command in all_commands():
        text = help_of(*command)
        assert re.search(r"^  [A-Z].*\.$", text, re.MULTILINE), command
        assert "..." not in text.partition("Commands:")[2], command
    assert len(list(all_commands())) > 15


def pages() -> list[Path]:
    """Every page that people read."""
    return sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *(ROOT / "ontology").rglob("*.md")])


def test_links_between_pages_lead_somewhere() -> None:
    broken = [
        f"{page.relative_to(ROOT)} → {target}"
        for page in pages()
        for target in LINK.findall(page.read_text(encoding="utf-8"))
        if not target.startswith(("http://", "https://", "mailto:")) and not (page.parent / target).exists()
    ]
    assert broken == []


def test_commands_in_the_pages_exist() -> None:
    known = {command[0] for command in all_commands() if command}
    wrong = [
        f"{page.relative_to(ROOT)}: clausegraph {name}"
        for page in pages()
        for name in re.findall(r"(?:^|[`$ ])clausegraph ([a-z]+)\b", page.read_text(encoding="utf-8"), re.MULTILINE)
        if name not in known
    ]
    assert wrong == []


def test_no_page_names_a_place_of_one_machine() -> None:
    for page in pages():
        assert not re.search(r"/(work|root|home|tmp)/", page.read_text(encoding="utf-8")), page


def test_the_changelog_tells_of_this_version() -> None:
    from clausegraph import __version__

    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## [{__version__}]" in text or "## [Unreleased]" in text
