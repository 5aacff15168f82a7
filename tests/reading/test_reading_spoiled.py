"""One thing spoiled in a good file: what is said of it, and at which line and column."""

import pytest
from support.spoiling import GOOD, complaints, spoiled

NOT_READ = "a small file could stand for a huge one; write the value out"

SPOILED = [
    # -- keys
    ("grid: 15min", "gird: 15min", ['3:3: programme.gird: "gird" is no key here; did you mean "grid"?']),
    ("load:\n", "lod:\n", ['49:1: lod: "lod" is no key here; did you mean "load"?']),
    (
        "{from: madrid, to",
        "{start: madrid, to",
        [
            "22:7: travel.links.0.from: is missing",
            '22:8: travel.links.0.start: "start" is no key here; did you mean "from"?',
        ],
    ),
    ("weight: 2", "wx: 2", ['54:22: objective.0.wx: "wx" is no key here; there are term, weight and level']),
    ("priority: high", "colour: red", ['45:5: meetings.0.colour: "colour" is no key here']),
    ("  id: forum\n", "", ["2:3: programme.id: is missing"]),
    ("    kind: conference\n", "", ["36:5: sessions.0.kind: is missing"]),
    ("    parties: [porto, guest]\n", "", ["43:5: meetings.0.parties: is missing"]),
    ("{term: requests, weight: 2}", "{}", ["54:5: objective.0.term: is missing"]),
    (
        "grid: 15min\n",
        "grid: 15min\n  id: other\n",
        ['4:3: programme: "id" stands here for the second time in one mapping: the first is kept'],
    ),
    ("grid: 15min", "~: 15min", ['3:3: programme: "~" is no key']),
    (
        "grid: 15min",
        "[a]: 15min",
        ["3:3: programme: a key should be one word, not an alias, a list or a mapping"],
    ),
    # -- types of values
    (
        "id: forum",
        "id: a b",
        [
            '2:7: programme.id: "a b" should consist of letters, digits, `.`, `_` and `-`, '
            "and begin with a letter or a digit"
        ],
    ),
    ("id: forum", "id: " + "a" * 81, [f'2:7: programme.id: "{"a" * 58}…" should have at most 80 characters']),
    ("id: forum", "id:", ["2:6: programme.id: has no value: give it one, or leave the key out"]),
    ("id: forum", "id: [forum]", ["2:7: programme.id: should be text"]),
    ("id: forum", "id: true", ['2:7: programme.id: "true" should be text']),
    ("grid: 15min", "grid: 15", ['3:9: programme.grid: "15" should be a duration such as 45min, 1h30 or 2h']),
    ("grid: 15min", "grid: 0min", ['3:9: programme.grid: "0min" should be longer than nothing']),
    (
        "Europe/Madrid",
        "Europe/Madird",
        [
            '6:16: cities.0.time_zone: "Europe/Madird" should be an IANA time zone such as Europe/Madrid; '
            'did you mean "Europe/Madrid"?'
        ],
    ),
    (
        "date: 2025-03-10",
        "date: 2025-02-30",
        ['8:16: cities.0.opening.0.date: "2025-02-30" should be a date such as 2017-11-20'],
    ),
    (
        "to: 14:00}\n    venues",
        "to: 25:00}\n    venues",
        ['8:45: cities.0.opening.0.to: "25:00" should be a time of day such as "09:30"'],
    ),
    (
        "to: 14:00}\n    venues",
        "to: 08:00}\n    venues",
        ["8:9: cities.0.opening.0: `to` should be later than `from`"],
    ),
    (
        "      - {date: 2025-03-10, from: 09:00, to: 14:00}",
        "      []",
        ["8:7: cities.0.opening: should have at least 1 entry"],
    ),
    (
        "- {date: 2025-03-10, from: 09:00, to: 14:00}",
        "- 2025-03-10",
        [
            '8:9: cities.0.opening.0: "2025-03-10" should be a window such as '
            "{date: 2017-11-21, from: 09:00, to: 18:00}"
        ],
    ),
    (
        "seats: 100",
        "seats: many",
        ['12:31: cities.0.venues.0.rooms.0.seats: "many" should be a whole number'],
    ),
    ("seats: 100", "seats: 1.5", ['12:31: cities.0.venues.0.rooms.0.seats: "1.5" should be a whole number']),
    ("seats: 100", "seats: 0", ['12:31: cities.0.venues.0.rooms.0.seats: "0" should be at least 1']),
    ("parallel: 2", "parallel: 5000", ['27:42: delegations.1.parallel: "5000" should be at most 1000']),
    (
        "split: members",
        "split: member",
        ['27:23: delegations.1.split: "member" should be together or members; did you mean "members"?'],
    ),
    (
        "kind: conference",
        "kind: party",
        [
            '37:11: sessions.0.kind: "party" should be inaugural, conference, workshop, roundtable, roadshow '
            "or field_visit"
        ],
    ),
    (
        "arrival: 2025-03-10T09:00+01:00",
        "arrival: 2025-03-10",
        ['30:14: participants.0.arrival: "2025-03-10" should be a date and time such as 2017-11-20T09:30'],
    ),
    (
        "arrival: 2025-03-10T09:00+01:00",
        "arrival: 2025-03-10T09:00",
        [
            '30:14: participants.0.arrival: "2025-03-10T09:00" has no offset, and nothing says which time '
            "zone it is in: write one, as in 2017-11-20T09:30+01:00 "
            "(in an instance, programme.time_zone says it for all)"
        ],
    ),
    (
        "departure: 2025-03-11",
        "departure: 2025-03-09",
        ["29:5: participants.0: `departure` should be later than `arrival`"],
    ),
    (
        "languages: [es, en]",
        "languages: es",
        ['32:27: participants.1.languages: "es" should be a list, such as [es]'],
    ),
    (
        "languages: [fr, en]",
        "languages: [fr, fr]",
        ["52:29: interpreters.0.languages: should have at least 2 different entries"],
    ),
    (
        "languages: [fr, en]",
        "languages: [fr, en, de]",
        ["52:29: interpreters.0.languages: should have at most 2 entries"],
    ),
    (
        "parties: [porto, guest]",
        "parties: [porto]",
        ["44:14: meetings.0.parties: should have at least 2 entries"],
    ),
    (
        "speakers: [guest,",
        "speakers: [5,",
        [
            '39:16: sessions.0.speakers.0: "5" should be a participant, '
            "or {participant: name, role: moderator}",
        ],
    ),
    (
        "- {id: keynote, speaker: guest, duration: 30min}",
        "- keynote",
        ['41:9: sessions.0.talks.0: "keynote" should be a mapping with the keys id, duration and speaker'],
    ),
    (
        "priority: high",
        "mandatory: perhaps",
        ['45:16: meetings.0.mandatory: "perhaps" should be true or false'],
    ),
    (
        "priority: high",
        "roles: [a]",
        [
            "45:12: meetings.0.roles: should be a mapping of names to values "
            "(in a table: name=value;name=value)",
        ],
    ),
    (
        "windows: [{from: 10:00, to: 12:00}]",
        "windows: [10:00]",
        [
            '46:68: meetings.1.windows.0: "10:00" should be a window such as {date: 2017-11-21, from: 09:00, '
            "to: 12:00} (in a table: 2017-11-21 09:00-12:00)"
        ],
    ),
    (
        "windows: [{from: 10:00, to: 12:00}]",
        "windows: [{}]",
        ["46:68: meetings.1.windows.0: should have a date, a `from` or a `to`"],
    ),
    (
        "max_gap: 2h",
        "max_gap: 1h, min_gap: 2h",
        ["48:5: precedences.0: `max_gap` should not be shorter than `min_gap`"],
    ),
    (
        "duration: 45min}\ninterpreters",
        "duration: 3h}\ninterpreters",
        ["50:9: load.meal: `from` to `to` should be at least as long as `duration`"],
    ),
    # -- names and lengths
    (
        "to: seoul",
        "to: Soul",
        ['22:26: travel.links.0.to: "Soul" is no city of this programme; did you mean "seoul"?'],
    ),
    (
        "chairs: [host]",
        "chairs: [hots]",
        ['34:26: tracks.0.chairs.0: "hots" is no participant of this programme; did you mean "host"?'],
    ),
    (
        "[guest, {participant: host,",
        "[guet, {participant: hst,",
        [
            '39:16: sessions.0.speakers.0.participant: "guet" is no participant of this programme; '
            'did you mean "guest"?',
            '39:36: sessions.0.speakers.1.participant: "hst" is no participant of this programme; '
            'did you mean "host"?',
        ],
    ),
    (
        "[porto, guest]",
        "[porto, geust]",
        ['44:22: meetings.0.parties.1: "geust" is no party of this programme; did you mean "guest"?'],
    ),
    (
        "priority: high",
        "priority: urgent",
        ['45:15: meetings.0.priority: "urgent" is no priority of this programme'],
    ),
    (
        "{before: opening, after: first, max_gap: 2h}",
        "{before: opening, after: opening}",
        ['48:30: precedences.0.after: "opening" cannot come after itself'],
    ),
    (
        "max_gap: 2h}",
        "max_gap: 2h}\n  - {before: first, after: opening}",
        ['49:28: precedences.1.after: "opening" closes a circle: "opening" before "first" before "opening"'],
    ),
    (
        "id: second",
        "id: first",
        ['46:10: meetings.1.id: "first" is the id of another activity already (meetings.0)'],
    ),
    (
        "{id: porto}",
        "{id: all}",
        [
            '26:10: delegations.0.id: "all" is reserved: it names everybody, as an audience',
            '44:15: meetings.0.parties.0: "porto" is no party of this programme',
        ],
    ),
    (
        "duration: 1h\n",
        "duration: 6h\n",
        ['38:15: sessions.0.duration: "6h" is longer than any time it could have: the longest is 5h'],
    ),
    (
        "grid: 15min",
        "grid: 7min",
        ['3:9: programme.grid: "7min" does not divide the day: take one such as 5min, 15min, 30min or 1h'],
    ),
    (
        "duration: 45min, win",
        "duration: 50min, win",
        ['46:51: meetings.1.duration: "50min" is not a multiple of the grid, 15min'],
    ),
    (
        "{id: lyon, split: members, parallel: 2}",
        "{id: lyon, split: members}",
        [
            '27:5: delegations.1: "lyon" splits but has no members: '
            "name some, or set `parallel` to its number of teams",
        ],
    ),
    # -- YAML
    (
        "id: forum",
        "id: &name forum",
        [f'2:7: programme.id: "&name" is an anchor: aliases (*name) are not read, because {NOT_READ}'],
    ),
    (
        "id: forum",
        "id: *name",
        [f'2:7: programme.id: "*name" is an alias: aliases (*name) are not read, because {NOT_READ}'],
    ),
    (
        "id: forum",
        "id: !!str forum",
        ['2:7: programme.id: "tag:yaml.org,2002:str" is a tag: tags (!name) are not read'],
    ),
    (
        "  id: forum",
        "  <<: {id: forum}\n  id: x",
        ['2:3: programme: "<<" is a merge key: merging mappings (<<) is not read; write the keys out'],
    ),
    ("meetings:\n", "---\nmeetings:\n", ["42:1: a second document begins here: a file holds one"]),
    ("  grid: 15min", "\tgrid: 15min", ["3:1: this is no YAML: lines are indented with spaces, not tabs"]),
    (
        "{id: porto}",
        "{id: porto",
        ["27:5: this is no YAML: did not find expected ',' or '}' (while parsing a flow mapping)"],
    ),
    ("id: forum", "id: fo\x07rum", ["2:9: the character U+0007 is not allowed in YAML"]),
]


@pytest.mark.parametrize(
    ("old", "new", "expected"), SPOILED, ids=lambda v: v[:40] if isinstance(v, str) else ""
)
def test_what_is_spoiled_is_told_at_its_place(tmp_path, old, new, expected):
    assert spoiled(tmp_path, old, new) == expected


def test_the_good_file_is_good(tmp_path):
    assert complaints(tmp_path, GOOD) == []
