"""A quick start changes nothing of what anything does."""

from __future__ import annotations

import dataclasses
import inspect
import json
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from scheduler.cli import quick

pytestmark = pytest.mark.skipif(
    not hasattr(dataclasses, "_create_fn"), reason="this Python compiles the methods of a dataclass together"
)


@pytest.fixture
def put_off(monkeypatch):
    """The standard library's own function, and what stands for it while a test runs."""
    true = dataclasses._create_fn
    monkeypatch.setattr(dataclasses, "_create_fn", true)
    quick.methods_when_called()
    assert dataclasses._create_fn is not true
    return true


def defined(**options):
    @dataclasses.dataclass(**options)
    class Point:
        """A point."""

        x: int
        y: int = 0
        names: list[str] = dataclasses.field(default_factory=list, compare=False)

        def __post_init__(self):
            object.__setattr__(self, "y", self.y + 1)

    return Point


@pytest.mark.parametrize("slots", [False, True])
@pytest.mark.parametrize("frozen", [False, True])
def test_a_dataclass_does_what_it_always_does(put_off, slots, frozen):
    cls = defined(slots=slots, frozen=frozen, order=True)
    one, other = cls(1, 2), cls(1, y=2, names=["a"])
    assert repr(one).endswith("Point(x=1, y=3, names=[])")
    assert repr(other).endswith("Point(x=1, y=3, names=['a'])")
    assert one == other
    assert one != cls(2, 2)
    assert one < cls(2) <= cls(2)
    assert dataclasses.replace(one, x=5).x == 5
    assert dataclasses.asdict(other) == {"x": 1, "y": 3, "names": ["a"]}
    assert hasattr(one, "__dict__") is not slots
    if frozen:
        assert hash(one) == hash(other)
        with pytest.raises(dataclasses.FrozenInstanceError):
            one.x = 2
        with pytest.raises(dataclasses.FrozenInstanceError):
            del one.x
    else:
        one.x = 7
        assert one.x == 7
        with pytest.raises(TypeError, match="unhashable"):
            hash(one)
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'x'"):
        cls()


def test_a_method_is_made_once_and_stands_in_its_own_place(put_off):
    cls = defined(frozen=True, slots=True)
    waiting = cls.__init__
    first = cls(1)
    assert cls.__init__ is not waiting
    assert list(inspect.signature(cls.__init__).parameters) == ["self", "x", "y", "names"]
    assert cls.__init__.__qualname__.endswith("Point.__init__")
    waiting(first, 4)  # who kept the one that waited still has a method that works
    assert first.x == 4


def test_those_who_inherit_share_the_method(put_off):
    base = defined()

    class Named(base):
        def __init__(self, x, name):
            super().__init__(x)
            self.name = name

    assert Named(3, "a").x == 3
    assert base(4) == base(4)
    assert "__init__" not in vars(type("Other", (base,), {}))


@dataclasses.dataclass(frozen=True, slots=True)
class Kept:
    x: int


def test_values_can_be_pickled(put_off):
    assert pickle.loads(pickle.dumps(Kept(3))) == Kept(3)


def test_to_ask_twice_is_to_ask_once(put_off):
    there = dataclasses._create_fn
    quick.methods_when_called()
    assert dataclasses._create_fn is there


_ASKED = """
import json, sys
if sys.argv[1] == "quick":
    from scheduler.cli import quick
    quick.without_plugins(); quick.methods_when_called(); quick.import_lightly()
import re, typing, typing_extensions, yaml
from scheduler.domain import Instance
from scheduler.reading import schema, load, InputError
def of(call):
    try:
        return repr(call())
    except Exception as error:
        return f"{type(error).__name__}: {error}"
class Movie(typing_extensions.TypedDict, total=False):
    title: str
print(json.dumps([
    Instance.model_json_schema(), schema(), of(lambda: load(sys.argv[2])),
    of(lambda: yaml.load("a: [1, 2017-11-20, 0x1F, 1.5e3, yes, ~]", yaml.SafeLoader)),
    of(lambda: yaml.load("a: b\\x00c", yaml.SafeLoader)), of(lambda: yaml.safe_dump({"a": ["yes", 1, None]})),
    Movie.__optional_keys__ == {"title"}, typing.TypedDict.__module__, type(re.compile("a")).__name__,
]))
"""


def test_libraries_do_what_they_always_do():
    tiny = str(Path(__file__).parents[2] / "instances" / "tiny.yaml")
    answers = []
    for how in ("usual", "quick"):
        run = subprocess.run(
            [sys.executable, "-c", _ASKED, how, tiny], capture_output=True, text=True, env=os.environ
        )
        assert run.returncode == 0, run.stderr
        answers.append(json.loads(run.stdout))
    assert answers[0] == answers[1]
    assert "special characters are not allowed" in answers[0][4]
    assert answers[0][6:] == [True, "typing", "Pattern"]
