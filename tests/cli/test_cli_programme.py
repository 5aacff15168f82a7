import pytest
from support.command_line import INSTANCES, TINY, run, write_hand_made, write_instance
from support.hand_made import facts

ASIA = INSTANCES / "asia-innova-2017.yaml"
EVERY_RULE = INSTANCES / "every-rule.yaml"


def shown(instance, *more, columns=220):
    """Return what is printed, its lines with single spaces."""
    result = run("show", instance, *more, columns=columns)
    assert result.exit_code == 0, result.output
    return [" ".join(line.split()) for line in result.stdout.splitlines()]


def part(lines, heading):
    """Return the lines from a heading to the next empty line."""
    start = lines.index(heading)
    return lines[start : lines.index("", start)] if "" in lines[start:] else lines[start:]


def test_the_head_counts_what_there_is():
    lines = shown(TINY)
    assert lines[0] == "A morning in Valencia"
    assert lines[1] == (
        "Monday 10 March 2025: 1 city, 3 delegations, 0 participants by name, 1 session, 3 meeting requests."
    )


def test_a_programme_of_days_says_from_when_to_when():
    assert shown(ASIA)[1].startswith("Monday 20 November 2017 to Thursday 23 November 2017: 3 cities, ")


def test_cities_say_when_they_open_and_what_rooms_they_have():
    lines = shown(EVERY_RULE)
    assert part(lines, "Bilbao (Europe/Madrid)") == [
        "Bilbao (Europe/Madrid)",
        "Monday 12 May 2025, 09:00-14:00",
        "Monday 12 May 2025, 15:00-18:00",
    ]
    assert "City Hall Hall 60 seats stage" in lines
    assert "Seminar room 10 seats not Mon 12 May 12:00-13:00" in lines
    assert "Harbour building Meeting area 2 tables of 6 seats 10:00-18:00" in lines


def test_delegations_say_who_attends_and_when_they_are_there():
    lines = part(shown(EVERY_RULE), "Delegations")
    assert "Bilbao City Council es eu in 2 teams in Bilbao" in lines
    assert "Osaka ja together, 4 people" in lines
    assert "Graz de en by one of 2 people" in lines
    assert "Cork en together from Mon 12 May 10:30" in lines
    assert "until Tue 13 May 13:00" in lines


def test_a_delegation_that_splits_within_bounds_says_so(tmp_path):
    parts = facts()
    parts["delegations"][0]["parallel"] = 1
    parts["delegations"][1] |= {"size": 1}
    lines = part(shown(write_instance(tmp_path / "i.yaml", parts)), "Delegations")
    assert "Guangzhou zh by one of 2 people, at most 1 at a time" in lines
    assert "Praia, Cabo Verde pt together, 1 person" in lines
    assert "Tallinn en pt together, 2 people" in lines


def test_people_say_what_they_speak_for_and_when_they_are_away():
    lines = part(shown(EVERY_RULE), "People")
    assert "Water adviser (Graz) Graz de en water" in lines
    assert "Hydrologist en es away Mon 12 May 11:00 to Mon 12 May 12:00" in lines


def test_sessions_say_when_where_and_who():
    lines = part(shown(EVERY_RULE), "Sessions")
    assert "Opening Mon 12 May 09:00, fixed Hall Curator (chair)" in lines
    assert "(inaugural, 1h) audience: everybody" in lines
    assert "Conference: water and culture Mon 12 May Bilbao Curator (moderator)" in lines
    assert "(conference, 1h30) 10:30-13:00 Dams: Hydrologist" in lines
    assert "Workshop: rivers morning (09:00-14:00) Bilbao Graz (water)" in lines
    assert "(roadshow, 1h, if it fits, priority low) Cork" in lines
    assert "Roundtable: what next Tue 13 May Salon or Library San Sebastián City Council" in lines
    assert "audience: Osaka" in lines


def test_requests_say_for_whom_how_long_and_how_urgent():
    lines = part(shown(EVERY_RULE), "Requests")
    assert "Port cities Osaka - Bilbao City Council 30min mandatory" in lines
    assert "Festivals Graz (culture) - Cork 30min high" in lines
    assert "Kitchens Osaka - San Sebastián City Council 30min normal Meeting area or Library" in lines


def test_a_venue_is_named_where_no_room_is(tmp_path):
    parts = facts()
    parts["sessions"][2]["venues"] = ["centre", "town-hall"]
    lines = shown(write_instance(tmp_path / "i.yaml", parts))
    assert "Field visit Conference centre, east wing or Paços do Concelho" in lines


def test_a_city_shows_what_may_be_there_alone():
    lines = shown(EVERY_RULE, "--city", "San Sebastián")
    assert "San Sebastián (Europe/Madrid)" in lines
    assert "Bilbao (Europe/Madrid)" not in lines
    assert "Delegations" not in lines
    sessions = part(lines, "Sessions")
    assert any(line.startswith("Roadshow: film city") for line in sessions)
    assert not any(line.startswith("Workshop: rivers") for line in sessions)


@pytest.mark.parametrize("party", ["graz", "Graz", "graz-water"])
def test_a_party_shows_what_concerns_it_alone(party):
    lines = shown(EVERY_RULE, "--party", party)
    assert any(line.startswith("Graz de en") for line in part(lines, "Delegations"))
    assert not any(line.startswith("Osaka") for line in part(lines, "Delegations"))
    assert any(line.startswith("Water adviser (Graz)") for line in part(lines, "People"))
    requests = part(lines, "Requests")
    assert len([line for line in requests if line.endswith(("normal", "high", "low", "mandatory"))]) == 3


def test_who_is_in_no_delegation_and_no_meeting_has_neither_table():
    lines = shown(EVERY_RULE, "--party", "curator")
    assert "Delegations" not in lines
    assert "Requests" not in lines
    assert any(line.startswith("Curator") for line in part(lines, "People"))


def test_a_party_without_names_has_no_people():
    lines = shown(EVERY_RULE, "--party", "cork")
    assert "People" not in lines


def test_a_programme_of_meetings_alone_has_no_sessions(tmp_path):
    lines = shown(write_instance(tmp_path / "i.yaml", facts() | {"sessions": []}))
    assert "Sessions" not in lines
    assert "Requests" in lines


@pytest.mark.parametrize(
    ("option", "typed", "offered"), [("--city", "Lisboa", "Lisbon"), ("--party", "tallin", "Tallinn")]
)
def test_names_that_are_none_are_bad_usage(tmp_path, option, typed, offered):
    instance, solution = write_hand_made(tmp_path)
    for files in ((instance,), (instance, solution)):
        result = run("show", *files, option, typed)
        assert result.exit_code == 2
        assert f"there is no '{typed}' (did you mean '{offered}'?)" in result.stderr


def test_tables_fit_eighty_columns():
    for instance in (TINY, EVERY_RULE, ASIA):
        assert max(map(len, run("show", instance, columns=80).stdout.splitlines())) <= 80
