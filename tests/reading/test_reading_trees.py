"""JSON and XML with places."""

import json
import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scheduler.reading import InputError
from scheduler.reading.conference.json_tree import json_tree
from scheduler.reading.conference.tree import Faults, Node
from scheduler.reading.conference.xml_tree import xml_tree
from scheduler.reading.yaml_data import MAX_DEPTH

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**17), 10**17)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def bare(node):
    """Return what a tree says, without places."""
    if isinstance(node.value, dict):
        return {key: bare(inner) for key, inner in node.value.items()}
    return [bare(inner) for inner in node.value] if isinstance(node.value, list) else node.value


def complaint(text, tree=json_tree):
    with pytest.raises(InputError) as caught:
        tree(text, Faults("f"))
    return str(caught.value)


@settings(deadline=None)
@given(JSON, st.sampled_from([None, 1, "\t"]), st.booleans())
@example(value=["😀", "\ud83d\ude00", {"a" * 2000: 1}], indent=None, ascii_=True)
def test_json_is_read_as_any_reader_does(value, indent, ascii_):
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_)
    if any(0xD800 <= ord(c) < 0xE000 for c in text):
        text = json.dumps(value, indent=indent)
    assert bare(json_tree(text, Faults("f"))) == json.loads(text)


def test_each_value_knows_where_it_stands():
    tree = json_tree('{"a": [1,\n  {"b": "x"}],\r\n "c": null}', Faults("f"))
    assert (tree.at, tree.path) == ((1, 1), ())
    one, two = tree.get("a").entries()
    assert (one.at, one.path) == ((1, 8), ("a", 0))
    assert (two.at, two.path) == ((2, 3), ("a", 1))
    assert (two.get("b").at, two.get("b").path) == ((2, 9), ("a", 1, "b"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "f:1:1: this is no JSON: the file ends where a value should be"),
        ('{"a": }', "f:1:7: this is no JSON: '}' stands where a value should be"),
        ('{"a" 1}', "f:1:6: this is no JSON: '1' stands where a colon should be"),
        ("{a: 1}", "f:1:2: this is no JSON: 'a' stands where a key in double quotes should be"),
        ("[1,\n 2 3]", "f:2:4: this is no JSON: '3' stands where a comma or ] should be"),
        ("[1, 2", "f:1:6: this is no JSON: the file ends where a comma or ] should be"),
        ('{"a": 1,}', "f:1:9: this is no JSON: '}' stands where a key in double quotes should be"),
        ("[1] x", "f:1:5: this is no JSON: 'x' stands where the end of the file should be"),
        ("[NaN]", "f:1:2: this is no JSON: 'N' stands where a value should be"),
        ('"ab', "f:1:1: this is no JSON: unterminated string starting at"),
        ('["a\tb"]', "f:1:4: this is no JSON: invalid control character at"),
        ('["\\x"]', "f:1:3: this is no JSON: invalid \\escape"),
    ],
)
def test_what_is_no_json_is_told_at_its_place(text, said):
    assert complaint(text).startswith(said)


def test_a_key_given_twice_is_told_and_the_first_kept():
    faults = Faults("f")
    tree = json_tree('{"a": 1,\n "a": 2}', faults)
    assert bare(tree) == {"a": 1}
    assert [str(fault) for fault in faults.found] == [
        'f:2:2: a: "a" stands here for the second time in one object: the first is kept'
    ]


def test_numbers_of_any_length_are_read():
    assert bare(json_tree(f"[{'9' * 5000}, 1e999, -0.5]", Faults("f"))) == ["9" * 5000, float("inf"), -0.5]


@pytest.mark.parametrize(("tree", "opened"), [(json_tree, "["), (json_tree, '{"a":'), (xml_tree, "<a>")])
def test_what_is_nested_too_deeply_is_refused(tree, opened):
    assert f"nested too deeply: at most {MAX_DEPTH} levels" in complaint(opened * 100_000, tree)


def test_what_holds_too_much_is_refused(monkeypatch):
    for module in ("json_tree", "xml_tree"):
        monkeypatch.setattr(sys.modules[f"scheduler.reading.conference.{module}"], "MAX_NODES", 5)
    assert "holds too much: at most 5 values" in complaint("[1, 2, 3, 4, 5]")
    assert "holds too much: at most 5 elements" in complaint("<a><b/><b/><b/><b/><b/></a>", xml_tree)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<a>", "f:1:4: this is no XML: no element found"),
        ("<a></b>", "f:1:6: this is no XML: mismatched tag"),
        ("<a/>x", "f:1:5: this is no XML: junk after document element"),
        ("<a/>", "f:1:1: the outermost element is <a>, and should be <schedule>"),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "f:1:13: document types (<!DOCTYPE>) are not read"),
        ("<a>&b;</a>", "f:1:4: this is no XML: undefined entity"),
    ],
)
def test_what_is_no_schedule_in_xml_is_told(text, said):
    assert complaint(text, xml_tree).startswith(said)


def test_a_text_is_one_line_without_what_nobody_sees():
    assert Node(" a\n b\x00c\ud800 ", (1, 1)).text == "a b c"
    assert Node({"de": Node("", (1, 1)), "en": Node("b", (1, 1))}, (1, 1)).text == "b"
    assert (Node(5, (1, 1)).text, Node(True, (1, 1)).text, Node([], (1, 1)).text) == ("5", "", "")
