"""What the pages say, read from their HTML, is the schedule: every line, field by field."""

from __future__ import annotations

import posixpath
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from support.exported import instances, relaxed, solutions
from support.hand_made import PLACEMENTS, facts, hand_made, hand_placed, solution_of
from support.names import names
from support.site import expected, in_agenda, in_slots, one, page, shown, text, texts

from scheduler.domain import ActivityKind, Instance, Solution
from scheduler.exports import PROGRAMME, Agendas, View, views
from scheduler.exports.formats import Manner
from scheduler.exports.ical import Revision, ical_files
from scheduler.exports.site import files

HAND_MADE = hand_made()


@st.composite
def named(draw: st.DrawFn) -> Instance:
    """Return the programme made by hand under names as people and rooms have them."""
    given_ = facts()
    venues = [venue for city in given_["cities"] for venue in city["venues"]]
    rooms = [room for venue in venues for room in venue["rooms"]]
    for thing in (*given_["cities"], *venues, *rooms, *given_["participants"], *given_["delegations"]):
        thing["name"] = draw(names())
    for activity in (*given_["sessions"], *given_["meetings"]):
        activity["title"] = draw(names() | st.just(""))
    return Instance.model_validate(given_)


def hold_days(instance: Instance, agendas: Agendas, read: dict[str, Any]) -> None:
    """Hold that the pages of days have everything that is placed, and nothing else."""
    programme = agendas.of(PROGRAMME)
    here = {entry.id for entry in programme.entries}
    due = {e.id: expected(instance, programme, e) for e in programme.entries if e.session not in here}
    found = {}
    for name, document in read.items():
        if name.startswith("day/"):
            nodes = document.cssselect("ol.agenda > li.entry")
            ids = [node.get("id").removeprefix("a-") for node in nodes]
            seen = dict(zip(ids, in_agenda(document), strict=True)) | dict(in_slots(document))
            assert {line.start.date().isoformat() for line in seen.values()} == {name[4:14]}
            found |= seen
    assert found == due


def hold_parties(instance: Instance, agendas: Agendas, read: dict[str, Any]) -> None:
    """Hold that everybody's page, and each room's, has their agenda in its order."""
    delegations = {delegation.id for delegation in instance.delegations}
    for kind in ("delegation", "participant", "room"):
        for view in views(instance, kind):
            if kind == "participant" and view.id in delegations:
                continue
            agenda = agendas.of(view)
            here = {entry.id for entry in agenda.entries}
            due = [expected(instance, agenda, e) for e in agenda.entries if e.session not in here]
            document = read[f"{'room' if kind == 'room' else 'party'}/{view.id}.html"]
            assert sorted(in_agenda(document), key=str) == sorted(due, key=str)
            assert text(document.cssselect("h1")[0]) == shown(name_of(instance, view))


def name_of(instance: Instance, view: View) -> str:
    if view.by == "room":
        return next(room.label for room in instance.rooms if room.id == view.id)
    return instance.party_label(view.id)


def hold_overview(instance: Instance, agendas: Agendas, read: dict[str, Any]) -> None:
    """Hold that the first page has all sessions, and how many meetings there are where."""
    programme = agendas.of(PROGRAMME)
    here = {entry.id for entry in programme.entries}
    sessions = [
        expected(instance, programme, entry)
        for entry in programme.entries
        if entry.kind is not ActivityKind.MEETING and entry.session not in here
    ]
    assert sorted(in_agenda(read["index.html"]), key=str) == sorted(sessions, key=str)
    told = texts(read["index.html"], ".meetings-in-short h3")
    meetings = sum(entry.kind is ActivityKind.MEETING for entry in programme.entries)
    assert sum(int(line.split()[0]) for line in told) == meetings


def hold_refused(instance: Instance, solution: Solution, read: dict[str, Any]) -> None:
    """Hold that organisers are told what has no place, and nobody else is."""
    placed = {placement.activity for placement in solution.placements}
    reasons = {item.activity: item.reason for item in solution.unscheduled}
    due = [
        (activity.id, shown(activity.label), shown(reasons.get(activity.id, "")))
        for activity in (*instance.sessions, *instance.meetings)
        if activity.id not in placed
    ]
    rows = read["organisers/index.html"].cssselect("table.refused tbody tr")
    found = [(row.get("id").removeprefix("a-"), text(row[0]), text(row[3])) for row in rows]
    assert found == due
    assert not any("organisers/" in link for document in read.values() for link in links(document))


def links(document: Any) -> list[str]:
    return [node.get("href") for node in document.cssselect("a[href]")]


def hold_links(written: dict[str, bytes], read: dict[str, Any]) -> None:
    """Hold that each link leads to a file of the site, and to something in it; and that nothing is inline."""
    places = {
        name: {node.get("id") for node in document.cssselect("[id]")} for name, document in read.items()
    }
    for name, document in read.items():
        sources = [node.get("src") for node in document.cssselect("[src]")]
        sources += [node.get("href") for node in document.cssselect("link")]
        for link in links(document) + sources:
            if not link.startswith("mailto:"):
                path, _, place = link.partition("#")
                target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
                assert target in written, (name, link)
                assert not place or place in places[target], (name, link)
        ids = [node.get("id") for node in document.cssselect("[id]")]
        assert len(ids) == len(set(ids))
        assert not document.xpath("//@*[starts-with(name(), 'on') or name() = 'style'] | //script[not(@src)]")


def hold_everything(instance: Instance, solution: Solution) -> None:
    written = files(instance, solution, Manner())
    agendas = Agendas(instance, solution)
    read = {name: page(content) for name, content in written.items() if name.endswith(".html")}
    hold_days(instance, agendas, read)
    hold_parties(instance, agendas, read)
    hold_overview(instance, agendas, read)
    hold_refused(instance, solution, read)
    hold_links(written, read)


def test_the_schedule_made_by_hand() -> None:
    hold_everything(HAND_MADE, hand_placed())


@settings(relaxed, max_examples=25)
@given(instances(), solutions())
def test_any_schedule_under_any_texts(instance: Instance, solution: Solution) -> None:
    hold_everything(instance, solution)


@settings(relaxed, max_examples=25)
@given(named(), st.just(PLACEMENTS).map(solution_of) | solutions())
def test_any_schedule_under_names_of_many_scripts(instance: Instance, solution: Solution) -> None:
    hold_everything(instance, solution)


def test_an_empty_schedule_has_a_site_too() -> None:
    hold_everything(HAND_MADE, solution_of([]))
    read = page(files(HAND_MADE, solution_of([]), Manner())["index.html"])
    assert "Nothing is scheduled yet." in text(read)
    assert one(read, ".lead").startswith("29\u201330 March 2025 · Lisbon, Madrid")


def test_the_first_page_says_what_the_programme_is() -> None:
    read = page(files(HAND_MADE, hand_placed(), Manner())["index.html"])
    assert one(read, "main h1") == 'Open cities, "by hand"'
    assert one(read, ".figures") == ("2 sessions, 2 bilateral meetings, 8 participants of 3 delegations")
    assert texts(read, ".days a") == ("Sat 29 Mar Lisbon", "Sun 30 Mar Madrid")
    assert one(read, "#d-2025-03-30-madrid .clock") == "Times are those of Madrid (Europe/Madrid, UTC+2)"
    assert one(read, "footer") == (
        "All times are local: each is told on the clock of the city it is in. "
        'Organiser: Office "Open Cities": desk 1, office@open-cities.example'
    )


def test_the_same_schedule_gives_the_same_bytes_and_tells_no_addresses_of_people() -> None:
    first, second = (files(HAND_MADE, hand_placed(), Manner()) for _ in range(2))
    assert list(first.items()) == list(second.items())
    for name, content in first.items():
        if not name.startswith("calendars/"):
            assert b"@gz.example" not in content


def test_calendars_are_those_of_the_format_ical() -> None:
    written = files(HAND_MADE, hand_placed(), Manner(sequence=3))
    for kind in ("programme", "city", "room", "delegation"):
        for name, content in ical_files(HAND_MADE, hand_placed(), kind, Revision(sequence=3)).items():
            assert written[f"calendars/{name}"] == content


def test_an_organisation_is_told_where_it_is_another_name_than_the_delegation() -> None:
    given_ = facts()
    given_["participants"][0]["organisation"] = "Institute of Water"
    given_["participants"][2]["organisation"] = "Tallinn"
    written = files(Instance.model_validate(given_), hand_placed(), Manner())
    assert one(page(written["party/delegate-1.html"]), ".hero .kind") == (
        "Participant · Guangzhou · Institute of Water"
    )
    assert one(page(written["party/delegate-3.html"]), ".hero .kind") == "Participant · Tallinn"
    assert b'"Participant","Institute of Water, Guangzhou"]' in written["assets/search.js"]
