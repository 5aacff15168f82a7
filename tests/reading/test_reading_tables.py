# ruff: noqa: E501 (tables of messages, one to a line)
"""Tables beside an instance, the table of availability, and baselines in other files."""

import pytest
import yaml
from support.spoiling import GOOD

from scheduler.domain import Interval, Meeting, Participant, Window
from scheduler.reading import InputError, instance_from, load, tables, text
from scheduler.reading.tables import cell_reader, read_table

BASE = GOOD[: GOOD.index("participants:\n")] + GOOD[GOOD.index("load:\n") :]
"""The good file without people, sessions and meetings: delegations porto and lyon are left."""

PEOPLE = "id,name,languages\nguest,Delegate 1,\nhost,Delegate 2,es;en\n"
MEETINGS = "id,parties,priority\nfirst,porto;guest,high\nsecond,lyon;host,\n"


@pytest.fixture
def write(tmp_path):
    """Write an instance with tables; return a function that loads it, or tells what is wrong."""

    def writing(more="participants: {table: people.csv}\nmeetings: {table: meetings.csv}\n", **files):
        (tmp_path / "forum.yaml").write_text(BASE + more, encoding="utf-8")
        for name, content in ({"people": PEOPLE, "meetings": MEETINGS} | files).items():
            data = content if isinstance(content, bytes) else content.encode()
            (tmp_path / f"{name}.csv").write_bytes(data)
        return tmp_path / "forum.yaml"

    return writing


@pytest.fixture
def told(write, tmp_path):
    def telling(*args, **files):
        with pytest.raises(InputError) as caught:
            load(write(*args, **files))
        return [line.removeprefix(f"{tmp_path}/") for line in str(caught.value).splitlines()]

    return telling


def test_tables_say_what_lists_would(write):
    data = yaml.load(BASE, yaml.BaseLoader)
    data["participants"] = [
        {"id": "guest", "name": "Delegate 1"},
        {"id": "host", "name": "Delegate 2", "languages": ["es", "en"]},
    ]
    data["meetings"] = [
        {"id": "first", "parties": ["porto", "guest"], "priority": "high"},
        {"id": "second", "parties": ["lyon", "host"]},
    ]
    assert load(write()) == instance_from(data)


@pytest.mark.parametrize(
    "people",
    [
        "\ufeff" + PEOPLE,
        PEOPLE.replace("\n", "\r\n"),
        PEOPLE.replace(",", " , "),
        "\n".join(line + ",,," for line in PEOPLE.splitlines()).replace("languages,,,", "languages"),
        PEOPLE.replace(";", "|").replace(",", ";").replace("es|en", '"es;en"'),
        PEOPLE.replace("\nhost", "\n\n,,\nhost"),
        PEOPLE.replace("Delegate 1", '"Delegate 1"').replace("es;en", "es; en;"),
    ],
    ids=["mark", "crlf", "spaces", "overhang", "semicolons", "empty rows", "quotes"],
)
def test_tables_come_in_the_dialects_of_spreadsheets(write, people):
    assert load(write(people=people)) == load(write())


def test_a_header_alone_is_a_table_of_nobody(write):
    assert load(write("participants: {table: people.csv}\n", people="id,name\n")).participants == ()


def test_a_table_may_be_in_a_folder_below(write, tmp_path):
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "people.csv").write_text(PEOPLE, encoding="utf-8")
    assert len(load(write("participants: {table: tables/people.csv}\n")).participants) == 2


MANY_KEYS = (
    "id,parties,duration,mandatory,dates,windows,roles,pin.start,pin.room,pin.table,prefer.windows,attendance\n"
    "first,porto;guest,1h,yes,2025-03-10,2025-03-10 09:00-12:00;13:00-14:00,,2025-03-10T09:00+01:00,tables,2,-11:00,3\n"
    "second,lyon;host,,,,,lyon=water,,,,,\n"
)


def test_every_key_has_a_column(write):
    people = "id,delegation,roles,absences,load.meetings_per_day,load.meal.from,load.meal.to,load.meal.duration,arrival\n"
    people += "guest,,,2025-03-10T09:00+01:00/2025-03-10T10:00+01:00,2,12:00,14:00,45min,\n"
    people += "host,,water,,,,,,2025-03-10T09:00+01:00\nadviser,lyon,water,,,,,,\n"
    instance = load(write(people=people, meetings=MANY_KEYS))
    first, second = instance.meetings
    data = {
        "id": "first",
        "parties": ["porto", "guest"],
        "duration": "1h",
        "mandatory": True,
        "dates": ["2025-03-10"],
        "windows": [{"date": "2025-03-10", "from": "09:00", "to": "12:00"}, {"from": "13:00", "to": "14:00"}],
        "pin": {"start": "2025-03-10T09:00+01:00", "room": "tables", "table": 2},
        "prefer": {"windows": [{"to": "11:00"}]},
        "attendance": 3,
    }
    assert first == Meeting.model_validate(data)
    assert second.roles == {"lyon": "water"}
    guest = instance.participants[0]
    assert guest.load.meetings_per_day == 2
    assert guest.load.meal.start.hour == 12
    assert guest.absences[0].end.hour == 10


def test_a_role_may_have_a_column_for_each_party(write):
    people = "id,delegation,roles\nguest,,\nhost,,\nadviser,lyon,water\n"
    meetings = "id,parties,roles,roles.lyon\nfirst,lyon;guest,,water\nsecond,lyon;guest,lyon=water,\n"
    assert [meeting.roles for meeting in load(write(people=people, meetings=meetings)).meetings] == [
        {"lyon": "water"}
    ] * 2


def test_two_columns_do_not_contradict_each_other(told):
    meetings = "id,parties,roles,roles.lyon\nfirst,lyon;guest,water,water\n"
    assert told(meetings=meetings) == [
        'meetings.csv:2:3: meetings.0.roles: "water" should be a mapping of names to values '
        '(in a table: name=value;name=value) (column "roles")'
    ]


@pytest.mark.parametrize(
    ("cell", "kind", "value"),
    [
        ("09:00-12:00", Window, {"from": "09:00", "to": "12:00"}),
        ("2025-03-10 9:00 \u2013 12:00", Window, {"date": "2025-03-10", "from": "9:00", "to": "12:00"}),
        ("2025-03-10", Window, {"date": "2025-03-10"}),
        ("-12:00", Window, {"to": "12:00"}),
        ("09:00-", Window, {"from": "09:00"}),
        ("noon", Window, "noon"),
        ("2025-03-10 9:00-12:00", Interval, {"from": "2025-03-10T09:00", "to": "2025-03-10T12:00"}),
        (
            "2025-03-10T09:00 / 2025-03-11T09:00",
            Interval,
            {"from": "2025-03-10T09:00", "to": "2025-03-11T09:00"},
        ),
        ("9:00-12:00", Interval, "9:00-12:00"),
        ("noon", Interval, "noon"),
    ],
)
def test_windows_and_intervals_are_written_shortly(cell, kind, value):
    assert cell_reader(tuple[kind, ...])(cell) == [value]


def test_cells_are_lists_mappings_or_text():
    assert cell_reader(tuple[str, ...])("a; b;;") == ["a", "b"]
    assert cell_reader(dict[str, str])("a = b; c=d=e") == {"a": "b", "c": "d=e"}
    assert cell_reader(dict[str, str])("a=b;c") == "a=b;c"
    assert cell_reader(str)("a; b") == "a; b"


WRONG_CELLS = [
    ("first,porto;guest,soon\n", 'meetings.csv:2:3: meetings.0.duration: "soon" should be a duration such as 45min, 1h30 or 2h (column "duration")'),
    ("first,porto;gest,\n", 'meetings.csv:2:2: meetings.0.parties.1: "gest" is no party of this programme; did you mean "guest"? (column "parties")'),
    ("a,porto;guest,\n\n,porto;guest,\n", 'meetings.csv:4:1: meetings.1.id: is missing (column "id")'),
    ("a,porto,\n", 'meetings.csv:2:2: meetings.0.parties: should have at least 2 entries (column "parties")'),
    ("a,porto;guest,\na,porto;guest,\n", 'meetings.csv:3:1: meetings.1.id: "a" is the id of another activity already (meetings.0) (column "id")'),
    ("a,porto;guest,40min\n", 'meetings.csv:2:3: meetings.0.duration: "40min" is not a multiple of the grid, 15min (column "duration")'),
    ("a,porto;guest,,extra\n", 'meetings.csv:2:4: "extra" stands in a column that has no name'),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "message"), WRONG_CELLS)
def test_a_wrong_cell_is_told_by_row_and_column(told, rows, message):
    assert told(meetings="id,parties,duration\n" + rows) == [message]


def test_a_row_is_counted_as_a_spreadsheet_counts_it(told):
    people = 'id,name\na,"two\nlines"\n\nb,\na,\n'
    assert told("participants: {table: people.csv}\n", people=people) == [
        'people.csv:5:1: participants.2.id: "a" is the id of another party already (participants.0) (column "id")'
    ]


def test_what_is_wrong_with_a_whole_row_is_told_at_its_beginning(told):
    people = "id,arrival,departure\na,2025-03-10T09:00Z,2025-03-10T09:00Z\n"
    assert told("participants: {table: people.csv}\n", people=people) == [
        "people.csv:2:1: participants.0: `departure` should be later than `arrival`"
    ]


WRONG_HEADERS = [
    ("id,partys", [
        'meetings.csv:1:1: parties: is missing: every row needs it',
        'meetings.csv:1:2: partys: "partys" is no column here; did you mean "parties"?',
    ]),
    ("id,parties,id", ['meetings.csv:1:3: id: "id" is the name of an earlier column too']),
    ("id,parties,prefer", [
        'meetings.csv:1:3: prefer: "prefer" has parts, and takes a column for each: '
        "prefer.windows, prefer.cities, prefer.rooms"
    ]),
    ("id,parties,pin.strat", ['meetings.csv:1:3: pin.strat: "pin.strat" is no column here']),
    ("id,parties,title.x", ['meetings.csv:1:3: title.x: "title.x" is no column here; did you mean "title"?']),
    ("id,parties,colour", ['meetings.csv:1:3: colour: "colour" is no column here']),
    ('id,"parties', ["meetings.csv:1: this is no CSV: unexpected end of data"]),
]  # fmt: skip


@pytest.mark.parametrize(("header", "expected"), WRONG_HEADERS)
def test_a_wrong_header_is_told_once(told, header, expected):
    rows = "".join(f"m{i},porto;guest,\n" for i in range(3))
    assert told(meetings=f"{header}\n{rows}") == expected


def test_what_a_column_could_have_said_is_in_doubt(told):
    people = "id,delegatoin\nadviser,lyon\nguest,\n"
    yaml_text = "participants: {table: people.csv}\n"
    assert told(yaml_text, people=people) == [
        'people.csv:1:2: delegatoin: "delegatoin" is no column here; did you mean "delegation"?'
    ]


def test_a_table_does_not_hold_too_much(told, monkeypatch):
    monkeypatch.setattr(tables, "MAX_NODES", 10)
    assert told("participants: {table: people.csv}\n", people="id,name\n" + "a,b\n" * 9) == [
        "people.csv:6: the table holds too much: at most 10 cells are read"
    ]


def test_a_table_is_a_file_like_any_other(told, monkeypatch):
    yaml_text = "participants: {table: people.csv}\n"
    line = BASE.count("\n") + 1
    assert told(yaml_text, people=b"") == [f'forum.yaml:{line}:23: participants.table: "people.csv" is empty']
    assert told(yaml_text, people=b"id\n\xff") == [
        "people.csv:2:1: is not UTF-8 text (byte 0xff): save it as UTF-8"
    ]
    assert told(yaml_text.replace("people", "none")) == [
        f'forum.yaml:{line}:23: participants.table: "none.csv" does not exist'
    ]
    monkeypatch.setattr(text, "MAX_BYTES", 1_999)
    assert told(yaml_text, people="id\n" + "a" * 2000) == [
        f'forum.yaml:{line}:23: participants.table: "people.csv" is too large: at most 0 MB are read'
    ]


OUTSIDE = [
    ("{table: ../people.csv}", ':{}:23: participants.table: "../people.csv" leads out of the folder of this file'),
    ("{table: a/../../b.csv}", ':{}:23: participants.table: "a/../../b.csv" leads out of the folder of this file'),
    ("{table: /people.csv}", ':{}:23: participants.table: "/people.csv" should be relative to the folder of this file'),
    ('{table: "a\\0b"}', ':{}:23: participants.table: "a\\u0000b" leads out of the folder of this file'),
    ("{table: 5}", ":{}:15: participants: should be a list, or {{table: file.csv}}"),
    ("{table: ''}", ":{}:15: participants: should be a list, or {{table: file.csv}}"),
    ("{tabel: people.csv}", ':{}:15: participants: should be a list, or {{table: file.csv}}'),
]  # fmt: skip


@pytest.mark.parametrize(("said", "message"), OUTSIDE)
def test_a_table_stands_in_the_folder_of_the_file(told, said, message):
    lines = told(f"participants: {said}\n")
    assert f"forum.yaml{message.format(BASE.count(chr(10)) + 1)}" in lines


def test_a_link_out_of_the_folder_is_not_followed(told, tmp_path):
    outside = tmp_path.parent / "outside.csv"
    outside.write_text(PEOPLE, encoding="utf-8")
    (tmp_path / "link.csv").symlink_to(outside)
    (line,) = told("participants: {table: link.csv}\n")
    assert line.endswith('"link.csv" leads out of the folder of this file')


def test_a_misnamed_word_is_told_with_the_right_one(told):
    lines = told("participants: {tabel: people.csv}\nmeetings: {table: meetings.csv, tabl: x}\n")
    assert [line.split(": ", 1)[1] for line in lines] == [
        "participants: should be a list, or {table: file.csv}",
        'participants.tabel: "tabel" is no key here; did you mean "table"?',
        'meetings.tabl: "tabl" is no key here; did you mean "table"?',
    ]


def test_names_from_a_table_that_cannot_be_read_are_not_called_unknown(told):
    more = "participants: {table: none.csv}\nmeetings:\n- {id: a, parties: [porto, whoever]}\n"
    more += "tracks: [{id: t, chairs: [whoever]}]\nsessions: [{id: s, kind: party, duration: 1h}]\n"
    assert [line.split(": ")[1] for line in told(more)] == ["participants.table", "sessions.0.kind"]


# -- availability ---------------------------------------------------------------------------------

WITH_AVAILABILITY = "participants: {table: people.csv}\navailability: {table: availability.csv}\n"


def test_a_table_of_availability_is_merged_into_the_parties(write):
    rows = "party,kind,from,to\nguest,arrival,2025-03-10T09:00Z,\nguest,departure,,2025-03-11T09:00Z\n"
    rows += "porto,absence,2025-03-10T11:00Z,2025-03-10T12:00Z\nporto,absence,2025-03-10T13:00Z,2025-03-10T14:00Z\n"
    rows += "host,departure,2025-03-12T09:00Z,\nlyon,arrival,,2025-03-10T10:00Z\n"
    people = "id,absences\nguest,\nhost,2025-03-10T09:00Z/2025-03-10T10:00Z\n"
    instance = load(
        write(
            WITH_AVAILABILITY,
            people=people,
            availability=rows + "host,absence,2025-03-10T15:00Z,2025-03-10T16:00Z\n",
        )
    )
    guest, host = instance.participants
    porto, lyon = instance.delegations
    assert (guest.arrival.hour, guest.departure.day) == (9, 11)
    assert [absence.start.hour for absence in porto.absences] == [11, 13]
    assert [absence.start.hour for absence in host.absences] == [9, 15]
    assert host.departure.day == 12
    assert lyon.arrival.hour == 10


WRONG_ROWS = [
    ("gest,arrival,2025-03-10T09:00Z,", '2:1: availability.0.party: "gest" is no party of this programme; did you mean "guest"? (column "party")'),
    ("guest,arival,2025-03-10T09:00Z,", '2:2: availability.0.kind: "arival" should be arrival, departure or absence; did you mean "arrival"? (column "kind")'),
    ("guest,,2025-03-10T09:00Z,", '2:2: availability.0.kind: is missing (column "kind")'),
    ("guest,arrival,,", '2:3: availability.0.from: has no value: it says when (column "from")'),
    ("guest,departure,2025-03-10T09:00Z,2025-03-10T10:00Z", '2:4: availability.0.to: "2025-03-10T10:00Z" is one moment too many: `from` says when the departure is (column "to")'),
    ("host,arrival,2025-03-10T09:00Z,", '2:2: availability.0.kind: "arrival" is known of "host" already (column "kind")'),
    ("guest,arrival,soon,", '2:3: participants.0.arrival: "soon" should be a date and time such as 2017-11-20T09:30 (column "from")'),
    ("guest,departure,,soon", '2:4: participants.0.departure: "soon" should be a date and time such as 2017-11-20T09:30 (column "to")'),
    ("guest,absence,2025-03-10T09:00Z,", '2:4: participants.0.absences.0.to: is missing (column "to")'),
    ("guest,absence,2025-03-10T09:00Z,2025-03-10T09:00Z", '2:3: participants.0.absences.0: `to` should be later than `from` (column "from")'),
    ("guest,absence,soon,2025-03-10T09:00Z", '2:3: participants.0.absences.0.from: "soon" should be a date and time such as 2017-11-20T09:30 (column "from")'),
]  # fmt: skip


@pytest.mark.parametrize(("row", "message"), WRONG_ROWS)
def test_a_wrong_row_of_availability_is_told(told, row, message):
    people = "id,arrival\nguest,\nhost,2025-03-10T08:00Z\n"
    rows = f"party,kind,from,to\n{row}\n"
    assert told(WITH_AVAILABILITY, people=people, availability=rows) == [f"availability.csv:{message}"]


def test_a_second_arrival_is_told(told):
    rows = "party,kind,from,to\nguest,arrival,2025-03-10T09:00Z,\nguest,arrival,2025-03-10T09:00Z,\n"
    assert told(WITH_AVAILABILITY, availability=rows) == [
        'availability.csv:3:2: availability.1.kind: "arrival" is known of "guest" already (column "kind")'
    ]


def test_availability_is_a_table_of_four_columns(told):
    line = BASE.count("\n") + 2
    assert told("meetings: []\navailability: []\n") == [
        f"forum.yaml:{line}:15: availability: should be a table: {{table: file.csv}}"
    ]
    assert told(WITH_AVAILABILITY, availability="party,from\nguest,x\n") == [
        "availability.csv:1:1: kind: is missing: every row needs it"
    ]
    assert told(WITH_AVAILABILITY.replace("table: av", "table: x")) == [
        f'forum.yaml:{line}:23: availability.table: "xailability.csv" does not exist'
    ]


def test_a_column_that_is_needed_only_by_some_rows_may_be_missed_by_these(told):
    rows = "party,kind,from\nguest,arrival,2025-03-10T09:00Z\nguest,absence,2025-03-10T09:00Z\n"
    assert told(WITH_AVAILABILITY, availability=rows) == [
        'availability.csv:3:1: participants.0.absences.0.to: is missing (column "to")'
    ]


def test_nobody_is_called_unknown_while_somebody_is_unread(told):
    rows = "party,kind,from,to\nwhoever,arrival,2025-03-10T09:00Z,\n"
    lines = told(
        "participants: {table: none.csv}\navailability: {table: availability.csv}\n", availability=rows
    )
    assert [line.split(": ")[1] for line in lines] == ["participants.table"]
    for people in ("[{name: x}]", "[[]]", "none"):
        more = f"participants: {people}\navailability: {{table: availability.csv}}\n"
        assert not any("whoever" in line for line in told(more, availability=rows))


def test_misshapen_parties_are_left_as_they_are(told):
    more = "participants: [{id: guest, absences: none}]\navailability: {table: availability.csv}\n"
    rows = "party,kind,from,to\nguest,absence,2025-03-10T09:00Z,2025-03-10T10:00Z\n"
    assert [line.split(": ")[1] for line in told(more, availability=rows)] == ["participants.0.absences"]


# -- baselines ------------------------------------------------------------------------------------

SOLUTION = """\
programme: forum
placements:
  - {activity: a, start: 2025-03-10T09:00+01:00, room: tables, table: 1}
"""
WITH_BASELINE = "baseline: {solution: ../solutions/forum.solution.yaml}\n"


@pytest.fixture
def solution(tmp_path):
    """A solution in a sibling of the instance's folder; `tmp_path` is made the parent of both."""
    folder = tmp_path.parent / "solutions"
    folder.mkdir(exist_ok=True)

    def writing(content):
        (folder / "forum.solution.yaml").write_text(content, encoding="utf-8")

    return writing


def test_a_baseline_may_be_the_placements_of_a_solution(write, solution):
    solution(SOLUTION)
    instance = load(write(WITH_BASELINE))
    assert [(placement.activity, placement.table) for placement in instance.baseline] == [("a", 1)]
    data = yaml.load(BASE, yaml.BaseLoader)
    data["baseline"] = yaml.load(SOLUTION, yaml.BaseLoader)["placements"]
    assert instance == instance_from(data)


def test_a_baseline_from_strangers_stands_in_the_folder_of_the_file(write, solution, tmp_path):
    solution(SOLUTION)
    with pytest.raises(InputError, match="leads out of the folder of this file"):
        load(write(WITH_BASELINE), confined=True)
    (tmp_path / "old.yaml").write_text(SOLUTION, encoding="utf-8")
    assert len(load(write("baseline: {solution: old.yaml}\n"), confined=True).baseline) == 1


def test_a_bad_baseline_is_told_in_its_file(told, solution):
    solution(SOLUTION.replace("table: 1", "table: 0"))
    (line,) = told(WITH_BASELINE)
    assert line.endswith('forum.solution.yaml:3:71: placements.0.table: "0" should be at least 1')
    solution(SOLUTION + SOLUTION.splitlines()[2])
    (line,) = told(WITH_BASELINE)
    assert line.endswith(
        'forum.solution.yaml:4:16: baseline.1.activity: "a" has a place in the baseline already'
    )
    (line,) = told(WITH_BASELINE.replace("forum", "none"))
    assert line.endswith('baseline.solution: "../solutions/none.solution.yaml" does not exist')
    (line,) = told("baseline: {solution: [a]}\n")
    assert line.endswith("baseline: should be a list, or {solution: file.solution.yaml}")


def test_a_table_of_people_is_read_by_itself(tmp_path):
    file = tmp_path / "people.csv"
    file.write_text(PEOPLE, encoding="utf-8")
    table = read_table(file, "people.csv", Participant)
    assert table.entries == [
        {"id": "guest", "name": "Delegate 1"},
        {"id": "host", "name": "Delegate 2", "languages": ["es", "en"]},
    ]
    assert table.faults == []
