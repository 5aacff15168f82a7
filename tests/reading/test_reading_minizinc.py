"""MiniZinc's data files: what a text says, and where it goes wrong."""

import pytest

from scheduler.reading import InputError
from scheduler.reading.minizinc import Array, DataFile, Grid, Number, Numbers


def plain(value):
    """Return a value without its places."""
    if isinstance(value, Number):
        return value.value
    if isinstance(value, Numbers):
        return {(first.value, last.value) for first, last in value.ranges}
    if isinstance(value, Array):
        return [plain(entry) for entry in value.entries]
    assert isinstance(value, Grid)
    return tuple(plain(row) for row in value.rows)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", 7),
        ("-3", -3),
        ("{}", set()),
        ("{1, 3,}", {(1, 1), (3, 3)}),
        ("2..5", {(2, 5)}),
        ("{1, 2..5}", {(1, 1), (2, 5)}),
        ("[]", []),
        ("[1, {2}, 3..4,]", [1, {(2, 2)}, {(3, 4)}]),
        ("[||]", ()),
        ("[| |]", ()),
        ("[|1,2,3, \n|4,5,6, \n|]", ([1, 2, 3], [4, 5, 6])),
        ("[|1,2|3,4|]", ([1, 2], [3, 4])),
        ("array1d(1..2, [1, {}])", [1, set()]),
        ("array2d(1..2, 1..3, [1, 2, 3, 4, 5, 6])", ([1, 2, 3], [4, 5, 6])),
        ("array2d(1..0, 1..3, [])", ()),
        ("% no; % \n /* nor\n this; */ 7", 7),
    ],
)
def test_values(text, value):
    data = DataFile(f"a = {text}; b = 1", "x.dzn")
    assert data.faults == []
    assert plain(data.items["a"].value) == value
    assert plain(data.items["b"].value) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a = 1.5;", 'x.dzn:1:5: a whole number should stand here, not "1.5"'),
        ("a = yes;", 'x.dzn:1:5: a number, a set or an array should stand here, not "yes"'),
        ("a = [1 2];", 'x.dzn:1:8: "," should stand here (or the end of the array), not "2"'),
        ("a = {1", 'x.dzn:1:7: "," should stand here (or the end of the set), not the end of the file'),
        ("a = [|1, 2 3|];", 'x.dzn:1:12: "," should stand here (or the end of the row), not "3"'),
        ("a = [[1]];", 'x.dzn:1:6: a whole number should stand here, not "["'),
        ("a = {{1}};", 'x.dzn:1:6: a whole number should stand here, not "{"'),
        ("a = 1234567890123456;", "x.dzn:1:5: a number should have at most 15 digits"),
        ("a = 1 b = 2;", 'x.dzn:1:7: ";" should stand here after the value of "a", not "b"'),
        ("\na : 2;", 'x.dzn:2:3: "=" should stand here after "a", not ":"'),
        (
            "= 2;",
            'x.dzn:1:1: this is no MiniZinc data: a name should stand here (as in nTables = 14;), not "="',
        ),
        ("a = 1; a = 2;", 'x.dzn:1:8: "a" is given for the second time: the first is kept'),
        ("a = array2d(1..2, 1..3, [1]);", "x.dzn:1:25: 2 x 3 entries should stand here, not 1"),
        ("a = array1d(3, [1]);", "x.dzn:1:13: an index set such as 1..10 should stand here"),
        ('a = "text";', 'x.dzn:1:5: a whole number should stand here, not ""text""'),
        ("a = \x01;", 'x.dzn:1:5: a whole number should stand here, not "\\x01"'),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text, said):
    data = DataFile(text, "x.dzn")
    with pytest.raises(InputError) as caught:
        data.refuse()
    assert str(caught.value) == said


def test_after_an_error_reading_goes_on_with_the_next_name():
    data = DataFile("a = [1;\nb = {x}; c = 3\nd = 4;", "x.dzn")
    assert [(fault.line, fault.column) for fault in data.faults] == [(1, 7), (2, 6), (3, 1)]
    assert {name: plain(item.value) for name, item in data.items.items()} == {"d": 4}
    assert data.tried == {"a", "b", "c", "d"}
