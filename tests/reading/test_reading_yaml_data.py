"""How YAML is read: what scalars mean, what is refused, and where things stand."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from scheduler.reading import InputError
from scheduler.reading.yaml_data import Place, parse, places, scalar


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *((text, None) for text in ("", "~", "null", "Null", "NULL")),
        *((text, True) for text in ("true", "True", "TRUE")),
        *((text, False) for text in ("false", "False", "FALSE")),
        *((str(number), number) for number in (0, 7, -7, 10, 10**17, -(10**17))),
        *((str(number), number) for number in (0.5, -1.5, 12.25)),
    ],
)
def test_a_plain_scalar_may_be_a_number_a_truth_or_nothing(text, value):
    assert scalar(text) == value
    assert type(scalar(text)) is type(value)


WORDS = "yes no on off y N tRUE nULL 09:30 10:30 1:30:00 2017-11-20 .inf -.inf .nan - --1".split()  # noqa: SIM905
SPELLINGS = "007 -0 +5 1_000 0x1F 0o7 1e3 1.10 1. .5 1.5.2 9999999999999999999".split()  # noqa: SIM905


@pytest.mark.parametrize("text", [*WORDS, *SPELLINGS])
def test_every_other_plain_scalar_is_text_as_it_is_written(text):
    assert scalar(text) == text


@given(st.integers(-(10**25), 10**25) | st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_never_another_name(number):
    text = str(number)
    assert str(scalar(text)) == text


def read(text):
    found = parse(text, "f")
    return found.data, [str(fault) for fault in found.faults]


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a: 5", {"a": 5}),
        ("a: '5'", {"a": "5"}),
        ('a: "true"', {"a": "true"}),
        ("a: |\n  null", {"a": "null"}),
        ("5: a\ntrue: b\n1e3: c", {"5": "a", "true": "b", "1e3": "c"}),
        ("'null': a", {"null": "a"}),
        ("'<<': a", {"<<": "a"}),
        ("[]", []),
        ("{}", {}),
        ("a: [[], {b: }]", {"a": [[], {"b": None}]}),
        ("- a\n-\n- - b", ["a", None, ["b"]]),
        ("# only a comment", None),
        ("---\na: 1\n...", {"a": 1}),
        ("%YAML 1.2\n---\na: 1", {"a": 1}),
    ],
)
def test_mappings_lists_and_scalars(text, data):
    assert read(text) == (data, [])


@pytest.mark.parametrize(
    ("text", "data", "faults"),
    [
        (
            "a: 1\na: [2]",
            {"a": 1},
            ['f:2:1: "a" stands here for the second time in one mapping: the first is kept'],
        ),
        (
            "b: {a: 1, c: 2, 'a': {}}",
            {"b": {"a": 1, "c": 2}},
            ['f:1:17: b: "a" stands here for the second time'],
        ),
        ("~: 1", {}, ['f:1:1: "~" is no key']),
        ("?\n: 1", {}, ['f:1:2: "" is no key']),
        ("? {a: 1}\n: 2", {}, ["f:1:3: a key should be one word"]),
        ("? [&x a]\n: 2", {}, ['f:1:4: ?.0: "&x" is an anchor', "f:1:3: a key should be one word"]),
        ("? *x\n: 2", {}, ['f:1:3: ?: "*x" is an alias', "f:1:3: a key should be one word"]),
        ("&x a: 1", {"a": 1}, ['f:1:1: "&x" is an anchor']),
        ("!!str a: 1", {"a": 1}, ['f:1:1: "tag:yaml.org,2002:str" is a tag']),
        ("a: &x !t [1]", {"a": [1]}, ['f:1:4: a: "!t" is a tag', 'f:1:4: a: "&x" is an anchor']),
        ("a: !t {b: 1}", {"a": {"b": 1}}, ['f:1:4: a: "!t" is a tag']),
        ("a: !!int '5'", {"a": "5"}, ['f:1:4: a: "tag:yaml.org,2002:int" is a tag']),
        ("a: [*x, {b: *y}]", {"a": [None, {"b": None}]}, ['f:1:5: a.0: "*x" is', 'f:1:13: a.1.b: "*y" is']),
        ("<<: {a: 1}\na: 2", {"a": 2}, ['f:1:1: "<<" is a merge key']),
    ],
)
def test_what_is_refused_is_told_and_the_rest_is_read(text, data, faults):
    found, told = read(text)
    assert found == data
    assert len(told) == len(faults)
    for line, start in zip(told, faults, strict=True):
        assert line.startswith(start)


def test_where_an_alias_stood_is_remembered():
    assert parse("a: [*x, {b: *y}]", "f").refused == {("a", 0), ("a", 1, "b")}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: [", "f:2:1: this is no YAML: did not find expected node content (while parsing a flow node)"),
        ("a: b: c", "f:1:5: this is no YAML: mapping values are not allowed in this context"),
        ("a:\n\tb: 1", "f:2:1: this is no YAML: lines are indented with spaces, not tabs"),
        ("a: 'b", "f:1:6: this is no YAML: found unexpected end of stream (while scanning a quoted scalar)"),
        ("a: 1\nb: \x01", "f:2:4: the character U+0001 is not allowed in YAML"),
        ('a: "\\ud800"', "f:1:7: this is no YAML: found invalid Unicode character escape code"),
        ("a: 1\n...\nb: 2", "f:3:1: this is no YAML: did not find expected <document start>"),
        ("a: 1\n---\nb: 2", "f:2:1: a second document begins here: a file holds one"),
        ("%TAG ! x\n%TAG ! y\n---\na: 1", "f:2:1: this is no YAML: found duplicate %TAG directive"),
    ],
)
def test_what_is_no_yaml_is_told_at_its_place(text, message):
    with pytest.raises(InputError) as caught:
        parse(text, "f")
    assert str(caught.value).startswith(message)


def test_what_was_refused_before_the_end_is_told_too():
    with pytest.raises(InputError) as caught:
        parse("a: *x\nb: [", "f")
    assert [fault.line for fault in caught.value.faults] == [1, 3]


TEXT = """\
a: 1
b:
  - x
  - {c: 2, é: [3]}
a: again
d: {a: {}}
"""


def test_places_are_lines_and_columns_from_one():
    wanted = {(), ("a",), ("b",), ("b", 0), ("b", 1), ("b", 1, "c"), ("b", 1, "é", 0), ("d", "a"), ("d", "z")}
    assert places(TEXT, wanted) == {
        (): Place(None, (1, 1)),
        ("a",): Place((1, 1), (1, 4)),
        ("b",): Place((2, 1), (3, 3)),
        ("b", 0): Place(None, (3, 5)),
        ("b", 1): Place(None, (4, 5)),
        ("b", 1, "c"): Place((4, 6), (4, 9)),
        ("b", 1, "é", 0): Place(None, (4, 16)),
        ("d", "a"): Place((6, 5), (6, 8)),
    }


class Everything:
    """All paths are wanted."""

    def __contains__(self, path):
        return True


NAMES = st.text("abcé", min_size=1, max_size=3)
TREES = st.recursive(
    st.integers(-5, 500) | st.text("ab: -#\né", max_size=5) | st.none() | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=12,
)


class Plainly(yaml.SafeDumper):
    def ignore_aliases(self, data):
        return True


@settings(max_examples=150, deadline=None)
@given(TREES, st.sampled_from([None, True, False]))
def test_data_is_read_as_another_parser_reads_it_and_stands_where_it_finds_it(tree, flow):
    text = yaml.dump(tree, Dumper=Plainly, default_flow_style=flow, allow_unicode=True)
    assert read(text) == (tree, [])
    found = places(text, Everything())
    assert found == dict(by_another(YAML().compose(text), ()))


def by_another(node, path, key=None):
    """Yield all places that ruamel.yaml finds."""

    def place(one):
        return one.start_mark.line + 1, one.start_mark.column + 1

    yield path, Place(place(key) if key else None, place(node))
    if isinstance(node.value, list):
        for i, child in enumerate(node.value):
            if isinstance(child, tuple):
                yield from by_another(child[1], (*path, child[0].value), child[0])
            else:
                yield from by_another(child, (*path, i))
