"""What holds of every instance and of every text: what is written is read, and nothing falls over."""

from contextlib import suppress
from pathlib import Path

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from support.any_programme import programmes
from support.spoiling import GOOD

from scheduler.domain import Instance
from scheduler.reading import (
    InputError,
    instance_from,
    load,
)
from scheduler.reading.yaml_data import parse


@settings(max_examples=40, deadline=None)
@given(programmes(), st.booleans(), st.sampled_from([None, True]))
def test_an_instance_written_to_yaml_and_read_back_is_the_same(tmp_path_factory, data, short, flow):
    instance = instance_from(data)
    assert instance == Instance.model_validate(data)
    written = instance.model_dump(mode="json", by_alias=True, exclude_defaults=short)
    file = tmp_path_factory.getbasetemp() / "any.yaml"
    file.write_text(
        yaml.dump(written, Dumper=_Quoting, allow_unicode=True, default_flow_style=flow), encoding="utf-8"
    )
    assert load(file) == instance


class _Quoting(yaml.SafeDumper):
    """Writes what it is given, without anchors."""

    def ignore_aliases(self, data: object) -> bool:
        return True


SIGNS = list("[]{}:-&*!'\"|>%@#~5\n\t \u2028\ufeff")
WORDS = ["&a", "*a", "!!x", "---\n", "- ", ": ", "null", "-1", "all", "2025-03-10", "9" * 400]
MOMENTS = ["9999-12-31T23:59", "0001-01-01T00:00+14:00"]
PIECES = st.sampled_from([*SIGNS, *WORDS, *MOMENTS])


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(GOOD)), st.integers(0, 40), st.lists(PIECES, max_size=3))
def test_a_mutilated_file_is_an_instance_or_an_input_error(tmp_path_factory, start, length, pieces):
    _survives(tmp_path_factory, (GOOD[:start] + "".join(pieces) + GOOD[start + length :]).encode())


@settings(max_examples=100, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=80),
        st.text(max_size=80).map(str.encode),
        st.lists(PIECES).map("".join).map(str.encode),
    )
)
def test_whatever_a_file_holds_it_is_an_instance_or_an_input_error(tmp_path_factory, content):
    _survives(tmp_path_factory, content)


VALUES = st.recursive(
    st.sampled_from(
        [None, True, False, 0, -1, 1.5, 10**17, "", "all", "guest", "x", "9h", "2025-03-10", "24:00"]
    ),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["id", "from", "to", "table"]), inner, max_size=2)
    ),
    max_leaves=4,
)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_whatever_stands_anywhere_it_is_an_instance_or_an_input_error(data):
    programme = parse(GOOD, "").data
    place = programme
    while True:
        key = data.draw(st.sampled_from(list(place) if isinstance(place, dict) else range(len(place))))
        if not isinstance(place[key], dict | list) or not place[key] or data.draw(st.integers(0, 3)) == 0:
            break
        place = place[key]
    place[key] = data.draw(VALUES)
    with suppress(InputError):
        assert isinstance(instance_from(programme), Instance)


def _survives(tmp_path_factory, content: bytes) -> None:
    file: Path = tmp_path_factory.getbasetemp() / "any.yaml"
    file.write_bytes(content)
    try:
        assert isinstance(load(file), Instance)
    except InputError as error:
        faults = error.faults
    else:
        return
    assert faults
    for fault in faults:
        assert fault.message
        assert fault.line >= 0
        assert "\n" not in str(fault)
