from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from support.any_programme import programmes

from scheduler.exports import instance_files, write_files
from scheduler.exports.instance_file import data_of
from scheduler.exports.instance_tables import fits_tables
from scheduler.generating import GenerateSpec, generate
from scheduler.reading import instance_from, load

INSTANCES = sorted((Path(__file__).parents[2] / "instances").glob("*.yaml"))


@pytest.mark.parametrize("path", INSTANCES, ids=lambda path: path.stem)
def test_an_instance_written_as_tables_and_read_back_is_the_same(path: Path, tmp_path: Path) -> None:
    instance = load(path)
    files = instance_files(instance, "again")
    written, *tables = write_files(tmp_path, files)
    assert load(written) == instance
    assert len(tables) == len(files) - 1 > 0
    assert instance_files(load(written), "again") == files


def test_a_programme_that_is_made_up_reads_back(tmp_path: Path) -> None:
    instance = generate(GenerateSpec(400))
    names = ["large.yaml", "large-participants.csv", "large-availability.csv", "large-meetings.csv"]
    written = write_files(tmp_path, instance_files(instance, "large", "Made up."))
    assert [path.name for path in written] == names
    assert load(written[0]) == instance
    assert written[0].read_text().startswith("# Made up.\nprogramme: {id: programme-400,")


@settings(max_examples=40, deadline=None)
@given(programmes())
def test_whatever_fits_into_tables_reads_back(given_: dict[str, object]) -> None:
    instance = instance_from(given_)
    if fits_tables(instance):
        with TemporaryDirectory() as folder:
            written, *_ = write_files(Path(folder), instance_files(instance, "p"))
            assert load(written) == instance


@pytest.mark.parametrize(
    ("changes", "fits"),
    [
        ({"name": "Water, and more"}, True),
        ({"name": " Ana"}, False),
        ({"name": "=1+1"}, False),
        ({"languages": ["a;b"]}, False),
        ({"languages": ["a=b"]}, False),
        ({"email": "a;b"}, True),
    ],
)
def test_what_cells_cannot_say_does_not_fit_into_tables(changes: dict[str, object], fits: bool) -> None:
    data = data_of(load(INSTANCES[0].with_name("tables.yaml")))
    person = {**data["participants"][0], **changes}
    assert fits_tables(instance_from({**data, "participants": [person, *data["participants"][1:]]})) is fits


def test_tables_have_a_column_for_each_key_that_some_row_has() -> None:
    data = {
        "programme": {"id": "p"},
        "cities": [
            {
                "id": "oslo",
                "time_zone": "Europe/Oslo",
                "opening": [{"date": "2025-03-10", "from": "09:00", "to": "12:00"}],
                "venues": [{"id": "v", "rooms": [{"id": "t", "tables": 2}]}],
            }
        ],
        "delegations": [{"id": "d", "split": "members", "departure": "2025-03-10T11:00+01:00"}],
        "participants": [
            {"id": "a", "delegation": "d", "roles": ["x", "b"], "load": {"meetings_per_day": 2}},
            {"id": "b", "absences": [{"from": "2025-03-10T09:00Z", "to": "2025-03-10T10:00Z"}]},
        ],
        "meetings": [
            {"id": "m", "parties": ["d", "b"], "roles": {"d": "x"}, "mandatory": True, "duration": "45min"},
            {
                "id": "n",
                "parties": ["d", "b"],
                "title": "Water, and more",
                "windows": [{"date": "2025-03-10", "from": "09:00", "to": "11:00"}, {"from": "10:00"}],
                "forbidden": [{"date": "2025-03-10"}, {"to": "09:30"}],
                "prefer": {"windows": [{"from": "11:00"}], "rooms": ["t"]},
                "pin": {"table": 1},
            },
        ],
    }
    files = instance_files(instance_from(data), "f")
    assert files["f-participants.csv"].decode().splitlines() == [
        "id,load.meetings_per_day,delegation,roles",
        "a,2,d,b;x",
        "b,,,",
    ]
    assert files["f-availability.csv"].decode().splitlines() == [
        "party,kind,from,to",
        "d,departure,2025-03-10T11:00+01:00,",
        "b,absence,2025-03-10T09:00+00:00,2025-03-10T10:00+00:00",
    ]
    head, first, second = files["f-meetings.csv"].decode().splitlines()
    assert dict(zip(head.split(","), first.split(","), strict=True)) == {
        **dict.fromkeys(head.split(","), ""),
        "id": "m",
        "parties": "d;b",
        "roles": "d=x",
        "mandatory": "true",
        "duration": "45min",
    }
    windows = "2025-03-10 09:00-11:00;10:00-,2025-03-10;-09:30"
    assert second == f'n,,d;b,,,"Water, and more",{windows},1,11:00-,t'
