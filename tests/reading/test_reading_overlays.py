"""Files that change others: what they come to, and where each part of it is written."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.any_programme import programmes
from support.overlaid import HEAD, changed, complaints, dumped, write
from support.written import at, programme

from scheduler.domain import Instance, TermName
from scheduler.exports.instance_file import instance_text
from scheduler.reading import InputError, instance_from, load, load_with_places
from scheduler.reading.overlays import MOST_LAYERS


def ids(things):
    return [thing.id for thing in things]


# -- what changes come to ------------------------------------------------------------------------------


def test_a_known_id_changes_the_keys_that_are_named(tmp_path):
    instance = changed(tmp_path, "  meetings: [{id: m1, duration: 1h}]\n")
    before = instance_from(programme())
    assert ids(instance.meetings) == ids(before.meetings)
    assert instance.meetings[0] == before.meetings[0].model_copy(update={"duration": dt.timedelta(hours=1)})
    assert instance.meetings[1:] == before.meetings[1:]


def test_a_new_id_adds_an_entry(tmp_path):
    instance = changed(tmp_path, "  meetings: [{id: m3, parties: [graz, guest]}]\n")
    assert ids(instance.meetings) == ["m1", "m2", "m3"]


def test_what_is_nested_is_merged_by_id_at_each_depth(tmp_path):
    text = "  cities: [{id: madrid, venues: [{id: palace, rooms: [{id: tables, tables: 2}]}]}]\n"
    instance = changed(tmp_path, text)
    assert instance == instance_from(at(programme(), "cities", 0, "venues", 0, "rooms", 1, "tables", value=2))


def test_mappings_are_merged_key_by_key(tmp_path):
    instance = changed(tmp_path, '  programme: {title: Later}\n  day_parts: {morning: {to: "12:00"}}\n')
    assert (instance.programme.id, instance.programme.title) == ("forum", "Later")
    assert instance.day_parts["morning"].start == dt.time(9)
    assert instance.day_parts["morning"].end == dt.time(12)


def test_a_list_of_other_things_is_replaced_and_with_a_plus_added_to(tmp_path):
    opening = '{date: 2025-03-12, from: "09:00", to: "10:00"}'
    replaced = changed(tmp_path, f"  cities: [{{id: madrid, opening: [{opening}]}}]\n")
    added = changed(tmp_path, f"  cities: [{{id: madrid, +opening: [{opening}]}}]\n")
    assert [o.date.day for o in replaced.cities[0].opening] == [12]
    assert [o.date.day for o in added.cities[0].opening] == [10, 12]


def test_a_plus_begins_a_list_that_the_base_does_not_write(tmp_path):
    away = "{from: 2025-03-10T10:00, to: 2025-03-10T11:00}"
    instance = changed(tmp_path, f"  participants: [{{id: guest, +absences: [{away}]}}]\n")
    assert len(instance.person("guest").absences) == 1
    terms = [t.term for t in changed(tmp_path, "  +objective: [{term: lateness, level: 3}]\n").objective]
    assert terms == [TermName.REQUESTS, TermName.BREAKS, TermName.LATENESS]


def test_a_key_without_a_value_takes_away_what_the_base_says(tmp_path):
    instance = changed(tmp_path, "  meetings: [{id: m1, roles: null, priority: null}]\n")
    assert instance.meetings[0].roles == {}
    assert instance.meetings[0].priority == "normal"


def test_with_a_plus_an_id_that_looks_misspelt_is_added(tmp_path):
    instance = changed(tmp_path, "  +participants: [{id: guests}]\n")
    assert "guests" in ids(instance.participants)


def test_links_without_ids_are_replaced_as_a_whole(tmp_path):
    links = "{from: madrid, to: valencia, duration: 3h}"
    instance = changed(tmp_path, f"  travel: {{links: [{links}]}}\n")
    assert [link.duration for link in instance.travel.links] == [dt.timedelta(hours=3)]


def test_what_is_removed_takes_along_what_is_said_of_it_alone(tmp_path):
    base = programme(
        travel={
            "links": [
                {"id": "rail", "from": "madrid", "to": "valencia", "duration": "2h"},
                {"id": "bus", "from": "valencia", "to": "madrid", "duration": "4h"},
            ]
        }
    )
    base = at(base, "sessions", 1, "audience", value=["guest", "turin", "lyon"])
    base = at(base, "sessions", 0, "interest", value=["turin"])
    base["day_relations"].append({"activities": ["m1", "m2", "plenary"], "day": "different"})
    base["never"] = [["turin", "porto"], ["lyon-2", "guest"]]
    text = (
        "  sessions: [{id: forum-session, talks: null}]\n"
        "  remove: {cities: [valencia], delegations: [turin], meetings: [m2], venues: [annex]}\n"
    )
    instance = changed(tmp_path, text, dumped(base))
    assert (ids(instance.cities), instance.travel.links, ids(instance.meetings)) == (["madrid"], (), ["m1"])
    assert instance.cities[0].transfers == ()
    assert instance.sessions[0].interest == ()
    assert instance.sessions[1].audience == ("guest", "lyon")
    assert [relation.activities for relation in instance.day_relations] == [("m1", "plenary")]
    assert instance.never == (("lyon-2", "guest"),)
    assert len(instance.precedences) == 1


def test_a_removed_session_takes_its_talks_along_and_their_order(tmp_path):
    base = programme(precedences=[{"before": "talk-1", "after": "m1"}])
    instance = changed(tmp_path, "  remove: {sessions: [forum-session]}\n", dumped(base))
    assert ids(instance.sessions) == ["plenary"]
    assert instance.precedences == ()


def test_tables_and_availability_of_the_base_keep_working(tmp_path):
    base = programme(
        participants={"table": "people.csv"},
        meetings={"table": "meetings.csv"},
        availability={"table": "when.csv"},
    )
    people = "id,delegation,roles\nporto-1,porto,\nlyon-1,lyon,water\nlyon-2,lyon,energy\nguest,,\n"
    (tmp_path / "people.csv").write_text(people)
    (tmp_path / "meetings.csv").write_text("id,parties\nm1,porto;lyon\nm2,turin;guest\n")
    (tmp_path / "when.csv").write_text("party,kind,from,to\nguest,arrival,2025-03-10T10:00,\n")
    (tmp_path / "more.csv").write_text("id,parties,duration\nm2,,1h\nm3,graz;guest,\n")
    text = "  meetings: {table: more.csv}\n  participants: [{id: guest, departure: 2025-03-10T09:00}]\n"
    assert complaints(tmp_path, HEAD + text, dumped(base)) == [
        "late.yaml:4:18: changes.participants.3: `departure` should be later than `arrival`"
    ] or complaints(tmp_path, HEAD + text, dumped(base))[0].startswith("late.yaml:4:")
    instance = changed(tmp_path, text.replace("T09:00", "T12:00"), dumped(base))
    assert ids(instance.meetings) == ["m1", "m2", "m3"]
    assert instance.meetings[1].parties == ("turin", "guest")
    assert instance.meetings[1].duration == dt.timedelta(hours=1)
    assert instance.person("guest").arrival.hour == 10


def test_a_baseline_stands_relative_to_the_file_that_names_it(tmp_path):
    inner = tmp_path / "scenarios"
    inner.mkdir()
    (tmp_path / "forum.yaml").write_text(dumped(programme()))
    solution = (
        "programme: forum\nplacements: [{activity: m1, room: tables, table: 1, start: 2025-03-10T09:00}]\n"
    )
    (inner / "earlier.yaml").write_text(solution)
    file = inner / "late.yaml"
    file.write_text("base: ../forum.yaml\nchanges: {baseline: {solution: earlier.yaml}}\n")
    instance, places = load_with_places(file)
    assert ids_of(instance.baseline) == ["m1"]
    assert places.of([("baseline", 0, "room")]) == [f"{inner}/earlier.yaml:2:35"]


def ids_of(placements):
    return [placement.activity for placement in placements]


# -- layers --------------------------------------------------------------------------------------------


def test_an_overlay_may_change_an_overlay(tmp_path):
    write(tmp_path, HEAD + "  meetings: [{id: m3, parties: [graz, guest]}]\n  remove: {meetings: [m1]}\n")
    last = tmp_path / "last.yaml"
    last.write_text(
        "base: late.yaml\nchanges: {meetings: [{id: m3, title: Last, windows: [{from: 25:00}]}]}\n"
    )
    with pytest.raises(InputError) as error:
        load(last)
    assert [str(fault).replace(f"{tmp_path}/", "") for fault in error.value.faults] == [
        'last.yaml:2:61: changes.meetings.0.windows.0.from: "25:00" should be a time of day such as "09:30"'
    ]
    last.write_text(
        "base: late.yaml\nchanges: {meetings: [{id: m3, title: Last}], remove: {delegations: [graz]}}\n"
    )
    with pytest.raises(InputError) as error:
        load(last)
    assert [str(fault).replace(f"{tmp_path}/", "") for fault in error.value.faults] == [
        'late.yaml:3:33: changes.meetings.0.parties.0: "graz" is removed (last.yaml:2): remove m3 too '
        "(`remove: {meetings: [m3]}`), or write its `parties` anew"
    ]
    last.write_text("base: late.yaml\nchanges: {meetings: [{id: m3, title: Last}]}\n")
    instance, places = load_with_places(last)
    assert [(m.id, m.title) for m in instance.meetings] == [("m2", ""), ("m3", "Last")]
    found = places.of(
        [("meetings", 1, "title"), ("meetings", 1, "parties"), ("meetings", 0), ("programme", "id")]
    )
    assert [place.replace(f"{tmp_path}/", "").rsplit(":", 1)[0] for place in found[:2]] == [
        "last.yaml:2",
        "late.yaml:3",
    ]
    assert all("forum.yaml" in place for place in found[2:])


def test_layers_end_somewhere(tmp_path):
    write(tmp_path, HEAD + "  {}\n")
    before = "forum"
    for number in range(MOST_LAYERS):
        (tmp_path / f"l{number}.yaml").write_text(f"base: {before}.yaml\nchanges: {{}}\n")
        before = f"l{number}"
    assert load(tmp_path / f"{before}.yaml") == instance_from(programme())
    (tmp_path / "over.yaml").write_text(f"base: {before}.yaml\nchanges: {{}}\n")
    with pytest.raises(InputError, match="is one layer too many"):
        load(tmp_path / "over.yaml")


def test_files_that_change_each_other_are_refused(tmp_path):
    for name, other in (("a", "b"), ("b", "c"), ("c", "a")):
        (tmp_path / f"{name}.yaml").write_text(f"base: {other}.yaml\nchanges: {{}}\n")
    with pytest.raises(InputError) as error:
        load(tmp_path / "a.yaml")
    assert [str(fault).replace(f"{tmp_path}/", "") for fault in error.value.faults] == [
        'c.yaml:1:7: base: "a.yaml" leads back to a file that it changes'
    ]


def test_a_strangers_file_has_its_base_beside_it(tmp_path):
    inner = tmp_path / "upload"
    inner.mkdir()
    (tmp_path / "forum.yaml").write_text(dumped(programme()))
    (inner / "late.yaml").write_text("base: ../forum.yaml\nchanges: {}\n")
    assert load(inner / "late.yaml") == instance_from(programme())
    with pytest.raises(InputError, match="leads out of the folder of this file"):
        load(inner / "late.yaml", confined=True)
    (inner / "link.yaml").symlink_to(tmp_path / "forum.yaml")
    (inner / "late.yaml").write_text("base: link.yaml\nchanges: {}\n")
    with pytest.raises(InputError, match="leads out of the folder of this file"):
        load(inner / "late.yaml", confined=True)


# -- laws ----------------------------------------------------------------------------------------------


@settings(max_examples=25, deadline=None)
@given(programmes())
def test_changes_that_say_what_the_base_says_change_nothing(tmp_path_factory, data):
    instance = Instance.model_validate(data)
    written = instance.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    folder = tmp_path_factory.getbasetemp()
    for changes in (written, {}):
        file = write(folder, dumped({"base": "forum.yaml", "changes": changes}), dumped(written))
        assert load(file) == instance
        (folder / "merged.yaml").write_text(instance_text(load(file)), encoding="utf-8")
        assert load(folder / "merged.yaml") == instance


NEW = {"id": "m3", "parties": ["graz", "guest"]}
DOCK = {"id": "port", "rooms": [{"id": "dock", "seats": 9}]}
TALK = {"id": "forum-session", "talks": [{"id": "talk-2", "order": 1}]}
ORDER = {"before": "m1", "after": "m2"}
EDITS = [
    ({"meetings": [{"id": "m1", "duration": "45min"}]}, ("meetings", 0, "duration"), "45min"),
    ({"meetings": [{"id": "m2", "mandatory": True}]}, ("meetings", 1, "mandatory"), True),
    ({"meetings": [NEW]}, ("meetings", 2), NEW),
    ({"participants": [{"id": "lyon-1", "+roles": ["x"]}]}, ("participants", 1, "roles"), ["water", "x"]),
    ({"participants": [{"id": "lyon-2", "roles": ["x"]}]}, ("participants", 2, "roles"), ["x"]),
    ({"sessions": [TALK]}, ("sessions", 0, "talks", 1, "order"), 1),
    (
        {"cities": [{"id": "valencia", "venues": [DOCK]}]},
        ("cities", 1, "venues", 0, "rooms", 0, "seats"),
        9,
    ),
    (
        {"travel": {"links": [{"id": "rail", "departures": ["10:00"]}]}},
        ("travel", "links", 0, "departures"),
        ["10:00"],
    ),
    ({"day_relations": [{"activities": ["m1", "m2"], "day": "same"}]}, ("day_relations", 0, "day"), "same"),
    ({"+precedences": [ORDER]}, ("precedences", 1), ORDER),
    ({"priorities": {"high": 12}}, ("priorities",), {"high": 12, "normal": 3, "low": 1}),
    ({"load": {"meetings_per_day": 3}}, ("load",), {"meetings_per_day": 3}),
    ({"interpreters": [{"id": "french", "city": None}]}, ("interpreters", 0, "city"), None),
    ({"tracks": [{"id": "cities", "chairs": ["guest"]}]}, ("tracks", 0, "chairs"), ["guest"]),
]
"""Changes; what they change; and what stands there then."""


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(range(len(EDITS))), unique=True))
def test_what_is_merged_is_what_one_would_write_by_hand(tmp_path_factory, chosen):
    """Each edit as changes, and the same in the programme itself; all those chosen, at once and in layers."""
    folder = tmp_path_factory.getbasetemp()
    base = by_hand = programme(priorities={"high": 9, "normal": 3, "low": 1})
    together: dict = {}
    (folder / "layer0.yaml").write_text(dumped(base), encoding="utf-8")
    for number, choice in enumerate(chosen):
        changes, path, value = EDITS[choice]
        by_hand = at(by_hand, *path, value=value)
        for key, said in changes.items():
            together[key] = together[key] + said if isinstance(said, list) and key in together else said
        layer = {"base": f"layer{number}.yaml", "changes": changes}
        (folder / f"layer{number + 1}.yaml").write_text(dumped(layer), encoding="utf-8")
    expected = instance_from(by_hand)
    assert load(write(folder, dumped({"base": "forum.yaml", "changes": together}), dumped(base))) == expected
    if len(chosen) <= MOST_LAYERS:
        assert load(folder / f"layer{len(chosen)}.yaml") == expected


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_whatever_is_changed_to_whatever_it_is_an_instance_or_an_input_error(tmp_path_factory, data):
    values = st.sampled_from(
        [None, True, 0, 1.5, "", "all", "m1", "x", [], ["m1"], {}, {"id": "m1"}, [{}], [{"id": "m1"}]]
    )
    keys = st.sampled_from(
        [*programme(), "remove", "+meetings", "+x", "participants", "baseline", "availability"]
    )
    changes = data.draw(st.dictionaries(keys, values, max_size=3))
    if isinstance(changes.get("remove"), dict):
        changes["remove"] = {data.draw(keys): data.draw(values)}
    file = write(tmp_path_factory.getbasetemp(), dumped({"base": "forum.yaml", "changes": changes}))
    try:
        assert isinstance(load(file), Instance)
    except InputError as error:
        faults = error.faults
    else:
        return
    assert all(fault.line for fault in faults)
    assert {Path(fault.file).name for fault in faults} <= {"forum.yaml", "late.yaml"}
