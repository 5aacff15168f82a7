"""A quick start: what libraries make ready when they are imported is made when it is first used.

A short run spends most of its time on getting started. Nothing here changes what anything does. It is for
the command line, whose process is its own; who imports the package gets every library as it is.
"""

from __future__ import annotations

import dataclasses
import os
import re
import sys
import typing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

_Function = Callable[..., Any]


def without_plugins() -> None:
    """Let pydantic not look for plugins, unless somebody has said which: that takes a while.

    It does not look where this variable says so; but even then it loads what it would look with, which is
    the largest part of the standard library that a short run loads.
    """
    if os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__") == "__all__":
        loader = ModuleType("pydantic.plugin._loader")
        loader.get_plugins = tuple  # type: ignore[attr-defined]  # none
        sys.modules.setdefault(loader.__name__, loader)


def methods_when_called() -> None:
    """Let the methods of dataclasses that are defined from now on be compiled when they are first called.

    Up to Python 3.12 each of the six methods of a dataclass is compiled by itself, some 0.4 ms for a class,
    and a run defines about eighty, most of them in libraries, of which it never calls most methods. (Later
    releases compile them together, and have no function that makes one: they are left as they are.)
    """
    create = getattr(dataclasses, "_create_fn", None)
    if create is not None and not isinstance(create, _Later):
        dataclasses._create_fn = _Later(create)  # type: ignore[attr-defined]


class _Later:
    """Stands for the function of the standard library that makes a method of a dataclass."""

    def __init__(self, create: _Function) -> None:
        self._create = create

    def __call__(self, name: str, *given: Any, **named: Any) -> _Function:
        """Return a method that makes the true one when it is called, and puts that in its own place."""
        made: _Function | None = None

        def method(*arguments: Any, **options: Any) -> Any:
            nonlocal made
            if made is None:
                made = self._create(name, *given, **named)
                for owner in type(arguments[0]).__mro__ if arguments else ():
                    if owner.__dict__.get(name) is method:
                        made.__qualname__ = method.__qualname__
                        setattr(owner, name, made)
            return made(*arguments, **options)

        method.__name__ = name
        return method


def import_lightly() -> None:
    """Import libraries without what they prepare for uses that a schedule has not."""
    with _plain_typed_dicts():
        import pydantic_core.core_schema
    with _patterns_when_used():
        import yaml
    del pydantic_core, yaml


@contextmanager
def _plain_typed_dicts() -> Iterator[None]:
    """Let typed dicts be plain classes: pydantic has a hundred of them, which nothing looks into."""
    import typing_extensions

    true = {module: module.TypedDict for module in (typing, typing_extensions)}
    for module in true:
        module.TypedDict = _PlainDict  # type: ignore[attr-defined]
    try:
        yield
    finally:
        for module, typed_dict in true.items():
            module.TypedDict = typed_dict  # type: ignore[attr-defined]


class _PlainDict(dict[str, Any]):
    """What stands for ``TypedDict`` as a base."""

    def __init_subclass__(cls, total: bool = True) -> None:
        """Take what a typed dict takes."""


@contextmanager
def _patterns_when_used() -> Iterator[None]:
    """Let patterns be compiled when they are first used: those of YAML are for its parser in Python."""
    true = re.compile
    re.compile = _Pattern  # type: ignore[assignment]
    try:
        yield
    finally:
        re.compile = true


class _Pattern:
    """A regular expression that is compiled when something is asked of it."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self._given = (pattern, flags)

    def __getattr__(self, name: str) -> Any:
        return getattr(re.compile(*self._given), name)
