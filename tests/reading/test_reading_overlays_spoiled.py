"""One thing wrong with a file that changes another: what is said of it, at which line of which file."""

import pytest
from support.overlaid import HEAD, complaints
from support.spoiling import GOOD

FILES = [
    (
        "base: forum.yaml\n",
        [
            "late.yaml:1:1: changes: is missing: it says what differs from the `base`",
        ],
    ),
    (
        "changes: {}\n",
        [
            "late.yaml:1:1: base: is missing: `changes` needs a file that is changed",
        ],
    ),
    (
        "base: forum.yaml\nchange: {}\n",
        [
            "late.yaml:1:1: changes: is missing: it says what differs from the `base`",
            'late.yaml:2:1: change: "change" is no key beside `base`; did you mean "changes"?',
        ],
    ),
    (
        "base: forum.yaml\nchanges: {}\nmeetings: []\n",
        [
            'late.yaml:3:1: meetings: "meetings" is no key beside `base`: what differs from '
            "the base stands under `changes`",
        ],
    ),
    (
        "base: forum.yaml\nchanges: []\n",
        [
            "late.yaml:2:10: changes: should be a mapping, such as {meetings: [{id: m1, "
            "duration: 1h}], remove: {meetings: [m2]}}",
        ],
    ),
    (
        "base: forum.yaml\nchanges:\n",
        [
            "late.yaml:2:9: changes: should be a mapping, such as {meetings: [{id: m1, "
            "duration: 1h}], remove: {meetings: [m2]}}",
        ],
    ),
    (
        "base: [forum.yaml]\nchanges: {}\n",
        [
            "late.yaml:1:7: base: should be a file",
        ],
    ),
    (
        'base: ""\nchanges: {}\n',
        [
            'late.yaml:1:7: base: "" should be a file',
        ],
    ),
    (
        "base: frum.yaml\nchanges: {}\n",
        [
            'late.yaml:1:7: base: "frum.yaml" does not exist',
        ],
    ),
    (
        "base: .\nchanges: {}\n",
        [
            'late.yaml:1:7: base: "." is a folder, not a file',
        ],
    ),
    (
        "base: /forum.yaml\nchanges: {}\n",
        [
            'late.yaml:1:7: base: "/forum.yaml" should be relative to the folder of this file',
        ],
    ),
    (
        "base: late.yaml\nchanges: {}\n",
        [
            'late.yaml:1:7: base: "late.yaml" leads back to this file',
        ],
    ),
    (
        "base: forum.yaml\nchanges: {meetings: [}\n",
        [
            "late.yaml:2:22: this is no YAML: did not find expected node content (while parsing a flow node)",
        ],
    ),
    (
        "base: forum.yaml\nchanges: &all {}\n",
        [
            'late.yaml:2:10: changes: "&all" is an anchor: aliases (*name) are not read, '
            "because a small file could stand for a huge one; write the value out",
        ],
    ),
]
"""Whole files."""

CHANGES = [
    (
        "  meetings: [{id: frist, duration: 1h}]\n",
        [
            'late.yaml:3:14: changes.meetings.0.parties: is missing: "frist" is no meeting of '
            'the base, so it is added; did you mean "first"?',
        ],
    ),
    (
        "  sessions: [{id: openning, duration: 2h}]\n",
        [
            'late.yaml:3:14: changes.sessions.0.kind: is missing: "openning" is no session of '
            'the base, so it is added; did you mean "opening"?',
        ],
    ),
    (
        "  sessions: [{id: opening, talks: [{id: keynotes, duration: 1h}]}]\n",
        [
            'late.yaml:3:36: changes.sessions.0.talks.0.speaker: is missing: "keynotes" is no '
            'talk of the base, so it is added; did you mean "keynote"?',
        ],
    ),
    (
        "  participants: [{id: hosst, languages: [fr]}]\n",
        [
            'late.yaml:3:23: changes.participants.0.id: "hosst" is no participant of the '
            'base; did you mean "host"? (To add one of this id, write it under '
            "`+participants`)",
        ],
    ),
    (
        "  delegations: [{id: portto, size: 3}]\n",
        [
            'late.yaml:3:22: changes.delegations.0.id: "portto" is no delegation of the base; '
            'did you mean "porto"? (To add one of this id, write it under `+delegations`)',
        ],
    ),
    (
        "  tracks: [{id: watter, chairs: []}]\n",
        [
            'late.yaml:3:17: changes.tracks.0.id: "watter" is no track of the base; did you '
            'mean "water"? (To add one of this id, write it under `+tracks`)',
        ],
    ),
    (
        "  cities: [{id: madrid, venues: [{id: palace, rooms: [{id: table, tables: 2}]}]}]\n",
        [
            'late.yaml:3:60: changes.cities.0.venues.0.rooms.0.id: "table" is no room of the '
            'base; did you mean "tables"? (To add one of this id, write it under `+rooms`)',
        ],
    ),
    (
        "  cities: [{id: madrid, venues: [{id: palaces, address: x}]}]\n",
        [
            'late.yaml:3:39: changes.cities.0.venues.0.id: "palaces" is no venue of the base; '
            'did you mean "palace"? (To add one of this id, write it under `+venues`)',
        ],
    ),
    (
        "  cities: [{id: madird, transfer: 5min}]\n",
        [
            'late.yaml:3:12: changes.cities.0.time_zone: is missing: "madird" is no city of '
            'the base, so it is added; did you mean "madrid"?',
            'late.yaml:3:12: changes.cities.0.opening: is missing: "madird" is no city of the '
            'base, so it is added; did you mean "madrid"?',
            'late.yaml:3:12: changes.cities.0.venues: is missing: "madird" is no city of the '
            'base, so it is added; did you mean "madrid"?',
        ],
    ),
    (
        "  meetings: [{id: first, title: a}, {id: first, title: b}]\n",
        [
            'late.yaml:3:42: changes.meetings.1.id: "first" stands here for the second time: '
            "write all of its changes in one place",
        ],
    ),
    (
        "  meetings: [{title: a}]\n",
        [
            "late.yaml:3:14: changes.meetings.0.id: is missing",
            "late.yaml:3:14: changes.meetings.0.parties: is missing",
        ],
    ),
    (
        "  meetings: [first]\n",
        [
            'late.yaml:3:14: changes.meetings.0: "first" should be a mapping with the keys id and parties',
        ],
    ),
    (
        "  +meetings: [{id: first, parties: [porto, host]}]\n",
        [
            'late.yaml:3:20: changes.+meetings.0.id: "first" is the id of another activity '
            "already (meetings.0)",
        ],
    ),
    (
        "  meetings: [{id: first, duration: 1}]\n",
        [
            'late.yaml:3:36: changes.meetings.0.duration: "1" should be a duration such as 45min, 1h30 or 2h',
        ],
    ),
    (
        "  meetings: [{id: first, colour: red}]\n",
        [
            'late.yaml:3:26: changes.meetings.0.colour: "colour" is no key here',
        ],
    ),
    (
        "  meetings: {id: first}\n",
        [
            "late.yaml:3:13: changes.meetings: should be a list, or {table: file.csv}",
            'late.yaml:3:14: changes.meetings.id: "id" is no key here',
        ],
    ),
    (
        "  meetings: [{id: first, parties: [porto, gest]}]\n",
        [
            'late.yaml:3:43: changes.meetings.0.parties.1: "gest" is no party of this '
            'programme; did you mean "guest"?',
        ],
    ),
    (
        "  participants: [{id: guest, departure: 2025-03-10T08:00+01:00}]\n",
        [
            "late.yaml:3:18: changes.participants.0: `departure` should be later than `arrival`",
        ],
    ),
    (
        "  programme: {grid: 7min}\n",
        [
            'late.yaml:3:21: changes.programme.grid: "7min" does not divide the day: take one '
            "such as 5min, 15min, 30min or 1h",
        ],
    ),
    (
        "  cities: [{id: madrid, venues: [{id: palace, rooms: [{id: tables, tables: 0}]}]}]\n",
        [
            'late.yaml:3:76: changes.cities.0.venues.0.rooms.0.tables: "0" should be at least 1',
        ],
    ),
    (
        "  travel: {links: [{from: madrid, to: seul, duration: 1h}]}\n",
        [
            'late.yaml:3:39: changes.travel.links.0.to: "seul" is no city of this programme; '
            'did you mean "seoul"?',
        ],
    ),
    (
        "  travel: {links: [{id: rail, from: madrid, to: seoul, duration: 1h}, "
        "{from: seoul, to: madrid, duration: 1h}]}\n",
        [
            "late.yaml:3:71: changes.travel.links.1: has no id, and others do: give it one, "
            "or write it under `+links`",
        ],
    ),
    (
        "  meetigns: []\n",
        [
            'late.yaml:3:3: changes.meetigns: "meetigns" is no key here; did you mean "meetings"?',
        ],
    ),
    (
        "  availability: {table: when.csv}\n",
        [
            "late.yaml:3:3: changes.availability: is for a whole instance: here write "
            "arrival, departure and `+absences` of each party",
        ],
    ),
    (
        "  meetings: {table: nothing.csv}\n",
        [
            'late.yaml:3:21: changes.meetings.table: "nothing.csv" does not exist',
        ],
    ),
    (
        "  +load: [1]\n",
        [
            'late.yaml:3:3: changes.+load: "+load" has a plus, which adds to lists, and this '
            "is none: write it without",
        ],
    ),
    (
        "  +meetigns: []\n",
        [
            'late.yaml:3:3: changes.+meetigns: "+meetigns" is no key here; did you mean "meetings"?',
        ],
    ),
    (
        "  +precedences: {before: first}\n",
        [
            "late.yaml:3:17: changes.+precedences: should be a list: what is added to the base's",
        ],
    ),
    (
        "  participants: [{id: host, languages: [fr], +languages: [de]}]\n",
        [
            'late.yaml:3:46: changes.participants.0.+languages: "+languages" stands beside '
            "`languages`, which replaces the list: add to it there",
        ],
    ),
    (
        "  participants: [{id: host, +langauges: [de]}]\n",
        [
            'late.yaml:3:29: changes.participants.0.+langauges: "+langauges" is no key here; '
            'did you mean "languages"?',
        ],
    ),
    (
        "  +precedences: [{before: first, after: secnd}]\n",
        [
            'late.yaml:3:41: changes.+precedences.0.after: "secnd" is no activity of this '
            'programme; did you mean "second"?',
        ],
    ),
    (
        '  load: {meal: {++to: "15:00"}}\n',
        [
            'late.yaml:3:17: changes.load.meal.++to: "++to" is no key here; did you mean "to"?',
        ],
    ),
    (
        "  meetings: [{id: first, pin: null}]\n",
        [
            "late.yaml:3:31: changes.meetings.0.pin: has no value: that takes away what the "
            "base says, and it says nothing here",
        ],
    ),
    (
        "  meetings: [{id: first, parties: null}]\n",
        [
            "late.yaml:3:35: changes.meetings.0.parties: is missing",
        ],
    ),
    (
        "  cities: null\n",
        [
            "late.yaml:3:11: changes.cities: is missing",
            'forum.yaml:22:14: travel.links.0.from: "madrid" is no city of this programme',
            'forum.yaml:22:26: travel.links.0.to: "seoul" is no city of this programme',
        ],
    ),
    (
        "  programme: {gird: null}\n",
        [
            "late.yaml:3:21: changes.programme.gird: has no value: that takes away what the "
            'base says, and it says nothing here; did you mean "grid"?',
        ],
    ),
    (
        "  remove: [first]\n",
        [
            "late.yaml:3:11: changes.remove: should be a mapping of lists to ids, such as "
            "{meetings: [m1, m2]}",
        ],
    ),
    (
        "  remove: {meeting: [first]}\n",
        [
            'late.yaml:3:12: changes.remove.meeting: "meeting" is no list from which to '
            'remove; did you mean "meetings"?',
        ],
    ),
    (
        "  remove: {meetings: first}\n",
        [
            'late.yaml:3:22: changes.remove.meetings: "first" should be a list of ids, such as [a, b]',
        ],
    ),
    (
        "  remove: {meetings: [frist]}\n",
        [
            'late.yaml:3:23: changes.remove.meetings.0: "frist" is no meeting of the base; '
            'did you mean "first"?',
        ],
    ),
    (
        "  remove: {meetings: [first, first]}\n",
        [
            'late.yaml:3:30: changes.remove.meetings.1: "first" stands here for the second time',
        ],
    ),
    (
        "  remove: {meetings: [[first]]}\n",
        [
            "late.yaml:3:23: changes.remove.meetings.0: should be an id",
        ],
    ),
    (
        "  remove: {meetings: [first]}\n  meetings: [{id: first, title: a}]\n",
        [
            'late.yaml:4:19: changes.meetings.0.id: "first" is changed here and removed as well',
        ],
    ),
    (
        "  remove: {delegations: [porto]}\n",
        [
            'forum.yaml:44:15: meetings.0.parties.0: "porto" is removed (late.yaml:3): remove '
            "first too (`remove: {meetings: [first]}`), or write its `parties` anew",
        ],
    ),
    (
        "  remove: {participants: [host]}\n",
        [
            'forum.yaml:34:26: tracks.0.chairs.0: "host" is removed (late.yaml:3): remove '
            "water too (`remove: {tracks: [water]}`), or write its `chairs` anew",
            'forum.yaml:39:37: sessions.0.speakers.1.participant: "host" is removed '
            "(late.yaml:3): remove opening too (`remove: {sessions: [opening]}`), or write "
            "its `speakers` anew",
            'forum.yaml:46:34: meetings.1.parties.1: "host" is removed (late.yaml:3): remove '
            "second too (`remove: {meetings: [second]}`), or write its `parties` anew",
        ],
    ),
    (
        "  remove: {cities: [madrid, seoul]}\n",
        [
            "late.yaml:3:20: changes.remove.cities: should have at least 1 entry",
        ],
    ),
    (
        "  remove: {tracks: [water]}\n  sessions: [{id: opening, track: water}]\n",
        [
            'late.yaml:4:35: changes.sessions.0.track: "water" is removed (late.yaml:3): '
            "remove opening too (`remove: {sessions: [opening]}`), or write its `track` anew",
        ],
    ),
    (
        "  remove: {rooms: [hall]}\n  meetings: [{id: first, rooms: [hall, tables]}]\n",
        [
            'late.yaml:4:34: changes.meetings.0.rooms.0: "hall" is removed (late.yaml:3): '
            "remove first too (`remove: {meetings: [first]}`), or write its `rooms` anew",
        ],
    ),
    (
        "  meetings: [{id: first, duration: x}, {id: second, parties: [lyon, nobody]}]\n"
        "  remove: {meetings: [thrid]}\n  lod: 1\n",
        [
            'late.yaml:3:36: changes.meetings.0.duration: "x" should be a duration such as 45min, 1h30 or 2h',
            'late.yaml:3:69: changes.meetings.1.parties.1: "nobody" is no party of this programme',
            'late.yaml:4:23: changes.remove.meetings.0: "thrid" is no meeting of the base',
            'late.yaml:5:3: changes.lod: "lod" is no key here; did you mean "load"?',
        ],
    ),
]
"""What stands below `changes:`."""


@pytest.mark.parametrize(("text", "lines"), FILES)
def test_what_is_wrong_with_the_file_is_said(tmp_path, text, lines):
    assert complaints(tmp_path, text, GOOD) == lines


@pytest.mark.parametrize(("text", "lines"), CHANGES)
def test_what_is_wrong_with_the_changes_is_said(tmp_path, text, lines):
    assert complaints(tmp_path, HEAD + text, GOOD) == lines


def test_what_is_wrong_with_the_base_is_said_in_the_base_unless_it_is_changed(tmp_path):
    base = GOOD.replace("parties: [lyon, host]", "parties: [lyon, hots]")
    assert complaints(tmp_path, HEAD + "  meetings: [{id: first, title: a}]\n", base) == [
        'forum.yaml:46:34: meetings.1.parties.1: "hots" is no party of this programme; did you mean "host"?'
    ]
    assert complaints(tmp_path, HEAD + "  meetings: [{id: second, parties: [lyon, guest]}]\n", base) == []


def test_all_is_told_at_once_of_both_files(tmp_path):
    base = GOOD.replace("grid: 15min", "grid: &g 15min").replace("count: 1", "") + "lod: 1\n"
    found = complaints(tmp_path, HEAD + "  meetings: [{id: first, duration: x}]\n  lood: 1\n", base)
    assert [line.split(" ")[0] for line in found] == [
        "late.yaml:3:36:",
        "late.yaml:4:3:",
        "forum.yaml:3:9:",
        "forum.yaml:55:1:",
    ]


def test_a_table_that_cannot_be_read_leaves_changes_of_its_rows_alone(tmp_path):
    start, end = GOOD.index("meetings:"), GOOD.index("precedences:")
    base = GOOD[:start] + "meetings: {table: nothing.csv}\n" + GOOD[end:]
    assert complaints(tmp_path, HEAD + "  meetings: [{id: first, title: a}]\n", base) == [
        'forum.yaml:42:19: meetings.table: "nothing.csv" does not exist'
    ]


def test_a_row_that_cannot_be_read_is_not_called_new(tmp_path):
    start, end = GOOD.index("meetings:"), GOOD.index("precedences:")
    base = GOOD[:start] + "meetings: {table: meetings.csv}\n" + GOOD[end:]
    (tmp_path / "meetings.csv").write_text("id,parties,durtion\nfirst,porto;guest,\n")
    found = complaints(tmp_path, HEAD + "  meetings: [{id: second, title: a}]\n", base)
    assert [line.split(":")[0] for line in found] == ["meetings.csv"]
