"""`clausegraph settings`: every setting with its value and where that stands."""

from __future__ import annotations

from ..settings import PREFIX, Settings, load_settings, settings_files, user_file
from .common import Format, FormatOption, out, plain_table, print_json, show_table


def settings(format: FormatOption = Format.TABLE) -> None:
    """Print every setting and where its value comes from."""
    found = load_settings()
    rows = [
        (name, getattr(found, name), found.sources[name], PREFIX + name.upper(), field.description or "")
        for name, field in Settings.model_fields.items()
    ]
    if format is Format.JSON:
        print_json(
            [
                {"name": name, "value": value, "source": source, "variable": variable, "description": description}
                for name, value, source, variable, description in rows
            ]
        )
        return
    table = plain_table("setting", "value", "source")
    for name, value, source, _variable, _description in rows:
        table.add_row(name, ":".join(value) if isinstance(value, tuple) else str(value), source)
    show_table(table)
    read = ", ".join(str(path) for path in settings_files()) or "none"
    out.print(f"\nSet them by {PREFIX}NAME, ./clausegraph.toml or {user_file()} (files read: {read}).", markup=False)
