import click
import pytest

from scheduler.cli.choices import find, hint, seconds, words

KNOWN = {"hong-kong": "Hong Kong", "seoul": "Seoul", "seoul-data": "Data adviser", "data-2": "Data adviser"}


def test_words_are_read_once_each_with_spaces_around():
    assert words("ical", "csv")("csv, ical,csv") == ("csv", "ical")


@pytest.mark.parametrize("value", ["", "ical,", "ICAL"])
def test_words_that_are_none_are_refused(value):
    with pytest.raises(click.BadParameter, match="there is no"):
        words("ical", "csv")(value)


def test_seconds_may_have_a_fraction():
    assert seconds("0.5") == 0.5


@pytest.mark.parametrize(
    ("wanted", "found"),
    [("seoul", "seoul"), ("Seoul", "seoul"), ("HONG KONG", "hong-kong"), ("Hong-Kong", "hong-kong")],
)
def test_things_are_found_by_id_and_by_name(wanted, found):
    assert find(wanted, KNOWN, "--party") == found


def test_an_id_goes_before_a_name():
    assert find("a", {"a": "x", "b": "a"}, "--party") == "a"


def test_a_name_of_several_is_refused_with_their_ids():
    with pytest.raises(click.BadParameter, match="several are called 'data adviser': seoul-data, data-2"):
        find("data adviser", KNOWN, "--party")


@pytest.mark.parametrize(("wanted", "near"), [("Seol", "Seoul"), ("hongkong", "hong-kong")])
def test_the_nearest_name_is_offered(wanted, near):
    with pytest.raises(click.BadParameter, match=rf"there is no '{wanted}' \(did you mean '{near}'\?\)"):
        find(wanted, KNOWN, "--party")


def test_no_name_is_offered_when_none_is_near():
    assert hint("Montevideo", KNOWN) == ""
