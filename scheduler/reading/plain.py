"""From a developer's mappings and sequences to plain dicts and lists."""

from __future__ import annotations

from collections.abc import Mapping, Set

from scheduler.reading.errors import InputError, InputFault, Path
from scheduler.reading.yaml_data import MAX_DEPTH


def plain(data: object, path: Path = ()) -> object:
    """Return data with its mappings as dicts (keys as text) and its lists, tuples and sets as lists.

    Raises
    ------
    InputError
        If it is nested too deeply, for example because it holds itself.
    """
    if len(path) > MAX_DEPTH:
        message = f"is nested too deeply: at most {MAX_DEPTH} levels are read"
        raise InputError([InputFault("", 0, 0, path, None, message)])
    if isinstance(data, Mapping):
        return {str(key): plain(value, (*path, str(key))) for key, value in data.items()}
    if isinstance(data, list | tuple | Set):
        return [plain(value, (*path, i)) for i, value in enumerate(data)]
    return data
