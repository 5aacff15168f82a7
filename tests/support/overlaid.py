"""A file that changes another one, and what is said of the two."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from support.written import programme

from scheduler.domain import Instance
from scheduler.reading import InputError, load

HEAD = "base: forum.yaml\nchanges:\n"


class Quoting(yaml.SafeDumper):
    """Writes what it is given, without anchors."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def dumped(data: Any) -> str:
    """Return data as YAML."""
    return yaml.dump(data, Dumper=Quoting, allow_unicode=True, sort_keys=False, default_flow_style=None)


def write(folder: Path, changes: str, base: str | None = None) -> Path:
    """Write a programme and, beside it, what changes it (``late.yaml``); return the latter."""
    (folder / "forum.yaml").write_text(dumped(programme()) if base is None else base, encoding="utf-8")
    file = folder / "late.yaml"
    file.write_text(changes, encoding="utf-8")
    return file


def changed(folder: Path, changes: str, base: str | None = None) -> Instance:
    """Return the programme with changes, which are written below ``changes:``."""
    return load(write(folder, HEAD + changes, base))


def complaints(folder: Path, text: str, base: str | None = None) -> list[str]:
    """Return what is said of a whole file that changes another one, without the folder's name."""
    try:
        load(write(folder, text, base))
    except InputError as error:
        return [line.replace(f"{folder}/", "") for line in str(error).splitlines()]
    return []
