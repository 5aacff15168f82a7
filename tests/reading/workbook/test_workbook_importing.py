"""Workbooks as people make them: what becomes of each sheet, and what is said of what is wrong."""
# ruff: noqa: E501 - messages stand here whole

import datetime as dt

import pytest
from support.sheets_made import SMALL, book, moment, small, with_cell

from scheduler.exports.instance_file import data_of
from scheduler.reading import InputError, WorkbookError, load_workbook


def imported(sheets, **how):
    return load_workbook(book(sheets), name="p.xlsx", **how)


def data(sheets, **how):
    return data_of(imported(sheets, **how).instance)


def faults(sheets, **how):
    with pytest.raises(WorkbookError) as caught:
        load_workbook(book(sheets, **how), name="p.xlsx")
    return [str(fault) for fault in caught.value.faults]


def by_id(entries):
    return {entry["id"]: entry for entry in entries}


# -- the small programme -----------------------------------------------------------------------------


def test_what_a_small_workbook_says():
    found = data(SMALL)
    assert found["programme"] == {"id": "agora-2025", "title": "Ágora 2025", "time_zone": "Europe/Madrid"}
    bilbao, donostia = found["cities"]
    opening = [{"date": f"2025-05-{day}", "from": "09:00", "to": "14:00"} for day in (12, 13)]
    assert bilbao == {
        "id": "bilbao",
        "name": "Bilbao",
        "time_zone": "Europe/Madrid",
        "opening": opening,
        "venues": [
            {
                "id": "city-hall",
                "name": "City Hall",
                "rooms": [
                    {"id": "hall", "name": "Hall", "seats": 60},
                    {"id": "tables", "name": "Tables", "tables": 4},
                ],
            }
        ],
    }
    assert donostia["venues"] == [
        {"id": "palace", "name": "Palace", "rooms": [{"id": "salon", "name": "Salon", "seats": 40}]}
    ]
    assert found["travel"]["links"] == [
        {"from": "bilbao", "to": "donostia", "duration": "1h15", "both_ways": True}
    ]
    assert found["delegations"] == [
        {"id": name.lower(), "name": name, "split": "members"}
        for name in ("Valencia", "Sydney", "Guangzhou", "Seoul")
    ]
    assert found["participants"][0] == {
        "id": "anna-garcia",
        "name": "Anna García",
        "email": "anna@valencia.example",
        "organisation": "Las Naves",
        "delegation": "valencia",
        "languages": ["en", "es"],
    }
    assert [person["id"] for person in found["participants"]] == [
        "anna-garcia",
        "ben-li",
        "wang",
        "gimminjun",
    ]
    assert found["meetings"] == [
        {"id": "anna-garcia--ben-li", "parties": ["anna-garcia", "ben-li"], "priority": "mutual_must"},
        {"id": "wang--valencia", "parties": ["wang", "valencia"], "priority": "like"},
    ]
    assert found["priorities"] == {
        "mutual_must": 20, "must_like": 12, "must": 8, "mutual_like": 5, "like": 2, "high": 9, "normal": 3, "low": 1,
    }  # fmt: skip


def test_all_rows_are_counted_and_nothing_is_noted():
    report = imported(SMALL).report
    assert [(count.sheet, count.read, count.used, count.refused) for count in report.counts] == [
        ("programme", 5, 5, 0),
        ("venues", 3, 3, 0),
        ("travel", 1, 1, 0),
        ("people", 4, 4, 0),
        ("wishes", 3, 3, 0),
    ]
    assert (report.read, report.used, report.refused, report.notes) == (16, 16, (), ())


def test_the_least_that_is_needed():
    found = data(
        {
            "programme": [["name", "Spring forum"], ["time zone", "Europe/Madrid"], ["dates", "2025-05-12"]],
            "venues": [["venue", "city", "room", "tables"], ["City Hall", "Valencia", "Meeting area", 12]],
            "people": [
                ["email", "name"],
                ["anna@valencia.example", "Anna García"],
                ["ben@sydney.example", "Ben Li"],
            ],
            "wishes": [["from", "to", "wish"], ["anna@valencia.example", "Ben Li", "must"]],
        }
    )
    assert found["programme"]["id"] == "spring-forum"
    assert found["cities"][0]["opening"] == [{"date": "2025-05-12", "from": "09:00", "to": "18:00"}]
    assert found["meetings"][0]["priority"] == "must"


# -- headers and layout ------------------------------------------------------------------------------


def test_headers_in_other_words_capitals_and_accents():
    sheets = small()
    sheets["PERSONAS"] = sheets.pop("people")
    sheets["PERSONAS"][0] = ["CORREO electrónico*", "Nombre ", "Organización", "Delegación", "IDIOMAS"]
    sheets["Sedes"] = sheets.pop("venues")
    sheets["Sedes"][0] = ["ciudad", "SEDE", "Sala", "Nº mesas", "aforo"]
    sheets["Sedes"][0][3] = "mesas"
    assert data(sheets) == data(SMALL)


def test_titles_above_the_header_and_blank_rows_and_columns():
    sheets = small()
    rows = [[None, *row] for row in sheets["people"]]
    sheets["people"] = [[None, "Who comes to Ágora"], [], rows[0], [], *rows[1:3], [None, "  "], *rows[3:]]
    assert data(sheets) == data(SMALL)


def test_a_merged_cell_holds_for_all_its_rows():
    sheets = with_cell(SMALL, "venues", 3, 1, None)
    sheets = with_cell(sheets, "venues", 3, 2, None)
    found = load_workbook(book(sheets, merged={"venues": ["A2:A3", "B2:B3"]}))
    assert data_of(found.instance) == data(SMALL)


def test_a_header_merged_over_two_columns_names_the_first_alone():
    sheets = small()
    sheets["people"] = [[row[0], *row[1:], "note"] for row in sheets["people"]]
    sheets["people"][0] = ["email", "name", "organisation", "delegation", "languages", None]
    found = load_workbook(book(sheets, merged={"people": ["E1:F1"]}))
    assert data_of(found.instance) == data(SMALL)
    assert found.report.notes == ("people: column F has no name and is not read (4 cells)",)


def test_columns_and_sheets_that_mean_nothing_are_named():
    sheets = small(read_me=[["people", "who comes"]], Hotels=[["name"], ["Ritz"]], Empty=[[]])
    sheets["people"][0].append("Phone")
    assert imported(sheets).report.notes == (
        'people: column F "Phone" is not read',
        "Hotels: is not read: no sheet of that name is known",
    )


@pytest.mark.parametrize(
    ("written", "meant"), [("langauges", "languages"), ("emial", "email"), ("Delegaton", "delegation")]
)
def test_a_header_that_is_misspelt(written, meant):
    column = SMALL["people"][0].index(meant) + 1
    letter = "ABCDE"[column - 1]
    assert (
        f'p.xlsx:people:1:{letter}: "{written}" is no column of the sheet "people"; did you mean "{meant}"?'
        in faults(with_cell(SMALL, "people", 1, column, written))
    )


def test_a_column_of_ones_own_is_no_misspelt_one():
    sheets = with_cell(SMALL, "people", 1, 6, "notes")  # not "dates", which differs by two letters
    assert imported(sheets).report.notes == ('people: column F "notes" is not read',)


def test_a_sheet_that_is_misspelt_and_one_that_is_there_twice():
    sheets = small(wihses=[["from", "to"]], participants=[["email"], ["x@y.example"]])
    assert faults(sheets) == [
        'p.xlsx:wihses: "wihses" is no sheet that is known; did you mean "wishes"?',
        'p.xlsx:participants: "participants" is the sheet "people" a second time ("people"): put the rows of both '
        "into one",
    ]


def test_a_column_twice_a_column_that_is_missing_and_a_sheet_without_a_header():
    sheets = small(wishes=[["from", "wish"], ["Anna García", "must"]], travel=[["?"], ["Bilbao"]])
    sheets = with_cell(sheets, "people", 1, 3, "E-Mail")
    assert faults(sheets) == [
        "p.xlsx:travel:1:A: has no row that names columns: one of the first 40 rows should have names such as "
        '"from", "to", "duration", "mode", "access", "egress"',
        'p.xlsx:people:1:C: "E-Mail" means the same as column A ("email"): one of them is too many',
        'p.xlsx:wishes:1: "to" is missing: each row of the sheet "wishes" needs this column',
    ]


def test_rows_of_a_sheet_without_a_needed_column_are_refused_all():
    sheets = small(wishes=[["from", "wish"], ["Anna García", "must"], ["Ben Li", "like"]])
    found = imported(sheets, keep_going=True)
    assert found.report.counts[-1].refused == 2
    assert {row.reason for row in found.report.refused} == {'cannot be used: the sheet has no column "to"'}


# -- settings ----------------------------------------------------------------------------------------


def test_settings_without_a_header_with_remarks_and_in_other_places():
    sheets = small()
    sheets["programme"] = [
        ["Our forum"],
        [],
        [None, "Name", "Ágora 2025", "as on the posters"],
        [None, "Time zone:", "europe/madrid", None],
        [None, "Dates", "12.05.2025; 13/05/2025", None],
        [None, "Closes", dt.time(14), None],
        [None, "Grid", None, "we do not know yet"],
    ]
    assert data(sheets) == data(SMALL)


def test_settings_that_are_wrong():
    sheets = small()
    sheets["programme"] += [
        ["grdi", "15min"],
        ["grid", "often"],
        ["closes", "15:00"],
        ["date order", "upwards"],
    ]
    assert faults(sheets) == [
        'p.xlsx:programme:7:A: "grdi" is no setting; did you mean "grid"?',
        'p.xlsx:programme:8:B: "often" should be a length of time such as 45min, 1h30 or 2h (setting "grid")',
        'p.xlsx:programme:9:B: "15:00" is said already (programme:6) (setting "closes")',
        'p.xlsx:programme:10:B: "upwards" should be year first, day first or month first (setting "date order")',
    ]


def test_the_date_order_that_the_workbook_says():
    sheets = with_cell(SMALL, "programme", 4, 2, "03/04/2025; 04/04/2025")
    assert "could be 2025-04-03 or 2025-03-04" in faults(sheets)[0]
    sheets["programme"].append(["date order", "day first"])
    assert [o["date"] for o in data(sheets)["cities"][0]["opening"]] == ["2025-04-03", "2025-04-04"]


def test_further_keys_of_the_programme():
    sheets = small()
    sheets["programme"] += [
        ["grid", "30min"],
        ["organiser", "Office"],
        ["organiser email", "office@agora.example"],
        ["most meetings per day", 5],
        ["meal from", "12:00"],
        ["meal to", "14:00"],
        ["meal length", "45"],
        ["break difference", 2],
        ["more", "breaks: {span: programme}, fairness: {granted_percent: 10}"],
    ]
    found = data(sheets)
    assert found["programme"]["grid"] == "30min"
    assert found["programme"]["organizer"] == {"name": "Office", "email": "office@agora.example"}
    assert found["load"] == {
        "meetings_per_day": 5,
        "meal": {"from": "12:00", "to": "14:00", "duration": "45min"},
    }
    assert found["fairness"] == {"breaks": 2, "granted_percent": 10}
    assert found["breaks"] == {"span": "programme"}


def test_priorities_objective_and_day_parts():
    sheets = small(
        priorities=[["priority", "worth"], ["must", 50], ["gold", 70]],
        objective=[["term", "level", "weight"], ["Requests", 1, None], ["too few meetings", 2, 3]],
        day_parts=[["name", "from", "to"], ["morning", "9:00", "12:00"]],
        meetings=[["parties", "day part", "priority"], ["Anna García; 王伟", "Morning", "gold"]],
    )
    found = data(sheets)
    assert (found["priorities"]["must"], found["priorities"]["gold"]) == (50, 70)
    assert "normal" not in found["priorities"]
    assert found["objective"] == [
        {"term": "requests"},
        {"term": "too_few_meetings", "level": 2, "weight": 3},
    ]
    assert found["day_parts"] == {"morning": {"from": "09:00", "to": "12:00"}}
    assert by_id(found["meetings"])["anna-garcia-wang"]["day_part"] == "morning"


# -- places ------------------------------------------------------------------------------------------


def test_cities_with_openings_in_several_rows():
    sheets = small(
        cities=[
            ["city", "time zone", "date", "from", "to", "transfer", "more"],
            ["Bilbao", None, "2025-05-12", "10:00", "13:00", "20min", None],
            ["bilbao", None, "2025-05-12; 2025-05-13", "15:00", "18:00", None, None],
            ["Donostia", "Europe/Lisbon", None, None, None, None, "transfers: []"],
        ]
    )
    bilbao, donostia = data(sheets)["cities"]
    assert [(o["date"][-2:], o["from"], o["to"]) for o in bilbao["opening"]] == [
        ("12", "10:00", "13:00"),
        ("12", "15:00", "18:00"),
        ("13", "15:00", "18:00"),
    ]
    assert bilbao["transfer"] == "20min"
    assert donostia["time_zone"] == "Europe/Lisbon"


def test_a_city_without_a_venue_gets_tables():
    sheets = small(cities=[["city", "tables"], ["Bilbao", None], ["Donostia", None], ["Graz", 6]])
    assert data(sheets)["cities"][2]["venues"] == [
        {
            "id": "graz-venue",
            "name": "Graz",
            "rooms": [{"id": "graz-tables", "name": "Meeting area", "tables": 6}],
        }
    ]
    sheets["cities"][3] = ["Graz", None]
    assert faults(sheets) == [
        'p.xlsx:cities:4:A: "Graz" has no venue: name one in the sheet venues, or give its number of tables here '
        '(column "city")'
    ]


def test_rooms_of_a_venue_are_told_apart_and_transfers_lie_between_venues():
    sheets = small(
        venues=[
            ["city", "venue", "room", "tables", "room change", "closed"],
            ["Bilbao", "City Hall", "Hall", None, "5min", "2025-05-12 12:00-13:00; 13:30-14:00"],
            ["Bilbao", "Harbour", "Hall", None, None, None],
            ["Bilbao", "Harbour", None, 3, None, None],
            ["Donostia", "Palace", None, None, None, None],
        ],
        transfers=[["from", "to", "time"], ["city hall", "Harbour", 15]],
    )
    bilbao, donostia = data(sheets)["cities"]
    hall, harbour = bilbao["venues"]
    assert hall["room_change"] == "5min"
    assert hall["rooms"][0] == {
        "id": "hall-city-hall",
        "name": "Hall",
        "closed": [{"date": "2025-05-12", "from": "12:00", "to": "13:00"}, {"from": "13:30", "to": "14:00"}],
    }
    assert [room["id"] for room in harbour["rooms"]] == ["hall-harbour", "harbour-tables"]
    assert "rooms" not in donostia["venues"][0]
    assert bilbao["transfers"] == [{"from": "city-hall", "to": "harbour", "duration": "15min"}]


def test_places_that_are_wrong():
    sheets = small(
        cities=[["city", "time zone", "date"], ["Bilbao", "Europe/Madird", None], ["Donostia", None, "x"]]
    )
    sheets = with_cell(sheets, "venues", 2, 4, -2)
    sheets = with_cell(sheets, "venues", 3, 5, "many")
    assert faults(sheets) == [
        'p.xlsx:cities:2:B: "Europe/Madird" should be an IANA time zone such as Europe/Madrid; did you mean '
        '"Europe/Madrid"? (column "time zone")',
        'p.xlsx:cities:3:C: "x" should be a date such as 2017-11-20 or 20/11/2017 (column "date")',
    ]
    sheets = with_cell(with_cell(SMALL, "venues", 2, 4, -2), "venues", 3, 5, "many")
    assert faults(sheets) == [
        'p.xlsx:venues:2:D: "-2" should be at least 1 (column "tables")',
        'p.xlsx:venues:3:E: "many" should be a whole number (column "seats")',
    ]


def test_no_dates_and_no_places():
    sheets = small(programme=[["time zone", "Europe/Madrid"]])
    assert faults(sheets)[0] == (
        'p.xlsx:venues:2:A: "Bilbao" has no dates: give `dates` in the sheet programme, or add a sheet of cities '
        '(column "city")'
    )
    sheets = {"people": SMALL["people"]}
    assert faults(sheets) == [
        'p.xlsx: has no sheet "venues" (or "cities") that says where things can take place'
    ]


# -- people and when they are there ------------------------------------------------------------------


def test_days_become_arrival_departure_and_absences():
    sheets = small()
    sheets["programme"][3][1] = "2025-05-12; 2025-05-13; 2025-05-14; 2025-05-15"
    sheets["people"][0] += ["days"]
    sheets["people"][1] += ["2025-05-13; 2025-05-15"]
    sheets["people"][2] += [dt.date(2025, 5, 12)]
    anna, ben, *_ = data(sheets)["participants"]
    assert (anna["arrival"], anna["departure"]) == ("2025-05-13T00:00+02:00", "2025-05-16T00:00+02:00")
    assert anna["absences"] == [{"from": "2025-05-14T00:00+02:00", "to": "2025-05-15T00:00+02:00"}]
    assert ben["departure"] == "2025-05-13T00:00+02:00"
    sheets["people"][3] += ["2025-06-01"]
    assert "is no date of this programme: there are 2025-05-12, 2025-05-13" in faults(sheets)[0]


def test_limits_of_meetings_presence_and_other_keys_of_people():
    sheets = small()
    sheets["people"][0] += ["arrival", "departure", "absences", "least meetings", "max", "more"]
    sheets["people"][1] += [
        moment("2025-05-12T10:00"), "2025-05-13", "2025-05-12 12:00-13:00", 1, 4, "load: {in_a_row: 3}",
    ]  # fmt: skip
    anna = data(sheets)["participants"][0]
    assert anna["meetings"] == {"least": 1, "most": 4}
    assert anna["load"] == {"in_a_row": 3}
    assert (anna["arrival"], anna["departure"]) == ("2025-05-12T10:00+02:00", "2025-05-14T00:00+02:00")
    assert anna["absences"] == [{"from": "2025-05-12T12:00+02:00", "to": "2025-05-12T13:00+02:00"}]


def test_people_that_are_wrong():
    sheets = small()
    sheets["people"] += [
        ["ANNA@valencia.example", "Anna Two", None, None, None],
        [None, None, "Nobody", None, None],
        ["x@y.example", "X", None, None, None, 4, 2],
    ]
    sheets["people"][0] += ["least meetings", "most meetings"]
    assert faults(sheets) == [
        'p.xlsx:people:6:A: "ANNA@valencia.example" is the email of another row already (people:2) (column "email")',
        'p.xlsx:people:7:A: is empty: every row needs "email" or "name" or "id" (column "email")',
        'p.xlsx:people:8:G: "2" `most` should not be smaller than `least` (column "most meetings")',
    ]


def test_delegations_of_their_own_sheet():
    sheets = small(
        delegations=[
            ["delegation", "split", "parallel", "size", "languages"],
            ["Valencia", "together", None, 5, "es"],
            ["Sydney", "members", 2, None, None],
            ["Guangzhou", None, None, None, None],
        ]
    )
    assert faults(sheets) == [
        'p.xlsx:people:5:D: "Seoul" is no delegation of this programme (column "delegation")'
    ]
    sheets["delegations"].append(["Seoul", None, None, None, None])
    assert data(sheets)["delegations"][:2] == [
        {"id": "valencia", "name": "Valencia", "size": 5, "languages": ["es"]},
        {"id": "sydney", "name": "Sydney", "split": "members", "parallel": 2},
    ]


def test_given_ids_stay_and_two_of_a_kind_are_told_apart():
    sheets = small()
    sheets["people"][0].append("id")
    sheets["people"] += [[None, "Ana Ruiz", "A", None, None], [None, "Ana Ruiz", "B", None, None]]
    sheets["people"][1].append("anna")
    assert [p["id"] for p in data(sheets)["participants"]] == [
        "anna", "ben-li", "wang", "gimminjun", "ana-ruiz-a", "ana-ruiz-b",
    ]  # fmt: skip
    sheets["people"][2].append("anna")
    assert faults(sheets)[0] == (
        'p.xlsx:people:3:F: "anna" is the id of another party already (people:2) (column "id")'
    )


# -- wishes ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "priority"),
    [
        ("must", "must", "mutual_must"),
        ("must", "like", "must_like"),
        ("like", "MUST ", "must_like"),
        ("must", None, "must"),
        ("must", "neutral", "must"),
        ("like", "like", "mutual_like"),
        ("like", "neutral", "like"),
        (None, None, "like"),
    ],
)
def test_what_both_say_decides_what_a_meeting_is_worth(one, other, priority):
    wishes = [["from", "to", "wish"], ["Anna García", "Ben Li", one]]
    if other is not None:
        wishes.append(["Ben Li", "Anna García", other])
    (meeting,) = data(small(wishes=wishes))["meetings"]
    assert meeting == {
        "id": "anna-garcia--ben-li",
        "parties": ["anna-garcia", "ben-li"],
        "priority": priority,
    }


def test_a_never_forbids_the_pair_and_neutral_asks_for_nothing():
    wishes = [
        ["from", "to", "wish"],
        ["Anna García", "Ben Li", "must"],
        ["Ben Li", "Anna García", "never"],
        ["王伟", "김민준", "neutral"],
    ]
    found = imported(small(wishes=wishes))
    assert found.instance.never == (("ben-li", "anna-garcia"),)
    assert found.instance.meetings == ()
    assert found.report.notes == (
        "wishes: 1 overruled by a never of the other side",
        "wishes: 1 neutral, which ask for no meeting",
    )
    assert found.report.used == found.report.read


def test_topics_length_and_cities_of_meetings_of_wishes():
    sheets = small(wishes=[["from", "to", "topic"], ["Anna García", "Ben Li", "Buses"]])
    sheets["programme"] += [["meeting length", "45"], ["meeting cities", "Donostia"]]
    (meeting,) = data(sheets)["meetings"]
    assert (meeting["title"], meeting["duration"], meeting["cities"]) == ("Buses", "45min", ["donostia"])


def test_wishes_that_are_wrong():
    sheets = small()
    sheets["people"].append(["anna2@valencia.example", "Anna Garcia", None, None, None])
    sheets["wishes"] = [
        ["from", "to", "wish"],
        ["Anna García", "Ben Li", "must"],
        ["ben@sydney.example", "anna@valencia.example", "often"],
        ["Ben Li", "ben@sydney.example", "like"],
        ["Ben Li", "王伟", "like"],
        ["Ben Li", "王伟", "like"],
        ["Ben Li", "王伟", "never"],
        ["Ben Li", None, "like"],
        ["Ben Li", "Wang Wi", "like"],
    ]
    assert faults(sheets) == [
        'p.xlsx:wishes:2:A: "Anna García" could be Anna García (anna@valencia.example) or Anna Garcia '
        '(anna2@valencia.example): write the email or the id (column "from")',
        'p.xlsx:wishes:3:C: "often" should be must, like, neutral or never (column "wish")',
        'p.xlsx:wishes:4:B: "ben@sydney.example" is whoever wishes: nobody meets themselves (column "to")',
        'p.xlsx:wishes:6:B: "王伟" is wished already (wishes:5) (column "to")',
        'p.xlsx:wishes:7:C: "never" contradicts an earlier wish of the same pair: like (wishes:5) (column "wish")',
        'p.xlsx:wishes:8:B: is empty: every row needs it (column "to")',
        'p.xlsx:wishes:9:B: "Wang Wi" is neither a person nor a delegation of this programme; did you mean "wang"? (column "to")',
    ]


def test_a_wish_for_ones_own_delegation_is_told_at_its_row():
    sheets = small(wishes=[["from", "to"], ["Anna García", "Valencia"]])
    (fault,) = faults(sheets)
    assert fault.startswith("p.xlsx:wishes:2:B: ")
    assert 'comes as a member of "valencia" anyway' in fault


# -- sessions, locks and the rest --------------------------------------------------------------------

SESSIONS = [
    ["title", "kind", "duration", "speakers", "moderators", "room", "audience", "dates"],
    ["Opening", "Inaugural", 60, "Anna García (chair); Ben Li", "王伟", "Hall", "everybody", None],
    ["Visit", "field visit", "1h30", None, None, None, "Seoul", dt.datetime(2025, 5, 13)],
]


def test_sessions_talks_tracks_and_their_order():
    sheets = small(
        sessions=SESSIONS,
        tracks=[["track", "chairs"], ["Water", "Anna García"]],
        talks=[["session", "title", "speaker", "duration", "order"], ["opening", "Case", "Ben Li", 30, 1]],
        precedences=[["before", "after", "min gap"], ["Opening", "visit", "1h"]],
        day_relations=[["activities", "day"], ["Opening; Visit", "different"]],
        interpreters=[["languages", "count"], ["zh; en", 2]],
    )
    found = data(sheets)
    opening, visit = found["sessions"]
    assert opening == {
        "id": "opening",
        "title": "Opening",
        "kind": "inaugural",
        "duration": "1h",
        "rooms": ["hall"],
        "audience": ["all"],
        "speakers": [
            {"participant": "anna-garcia", "role": "chair"},
            {"participant": "ben-li"},
            {"participant": "wang", "role": "moderator"},
        ],
        "talks": [{"id": "case", "title": "Case", "speaker": "ben-li", "duration": "30min", "order": 1}],
    }
    assert (visit["kind"], visit["audience"], visit["dates"]) == ("field_visit", ["seoul"], ["2025-05-13"])
    assert found["tracks"] == [{"id": "water", "name": "Water", "chairs": ["anna-garcia"]}]
    assert found["precedences"] == [{"before": "opening", "after": "visit", "min_gap": "1h"}]
    assert found["day_relations"] == [{"activities": ["opening", "visit"], "day": "different"}]
    assert found["interpreters"] == [{"id": "zh-en", "languages": ["en", "zh"], "count": 2}]


def test_locks_hold_on_the_clock_of_the_city():
    sheets = small(
        cities=[["city", "time zone"], ["Bilbao", "Europe/Madrid"], ["Donostia", "Europe/Lisbon"]],
        sessions=SESSIONS,
        locks=[
            ["activity", "start", "room", "table"],
            ["Visit", moment("2025-05-13T10:00"), "Salon", None],
            ["ben li - Anna Garcia", None, "Tables", 2],
        ],
    )
    found = data(sheets)
    assert by_id(found["sessions"])["visit"]["pin"] == {"start": "2025-05-13T10:00+01:00", "room": "salon"}
    assert by_id(found["meetings"])["anna-garcia--ben-li"]["pin"] == {"room": "tables", "table": 2}


def test_locks_and_relations_that_are_wrong():
    sheets = small(
        sessions=SESSIONS,
        locks=[
            ["activity", "start", "room"],
            ["Opening", moment("2025-05-12T09:07"), None],
            ["Opening", None, "Hall"],
            ["Visit", None, None],
            ["Closing", None, "Hall"],
        ],
        precedences=[["before", "after"], ["Visit", None]],
    )
    assert faults(sheets) == [
        'p.xlsx:locks:2:B: "2025-05-12T09:07" does not lie on the grid, 15min counted from midnight (column "start")',
        'p.xlsx:locks:3:A: "Opening" is fixed already (locks:2) (column "activity")',
        'p.xlsx:locks:4:A: "Visit" is said to be fixed, but not when or where (column "activity")',
        'p.xlsx:locks:5:A: "Closing" is neither a session nor a talk nor a meeting of this programme '
        '(column "activity")',
        'p.xlsx:precedences:2:B: is empty: every row needs it (column "after")',
    ]


# -- rows that are refused ---------------------------------------------------------------------------


def test_rows_that_need_a_refused_one_are_refused_for_that():
    sheets = small(sessions=SESSIONS, locks=[["activity", "room"], ["Opening", "Hall"]])
    sheets = with_cell(sheets, "people", 2, 1, "anna@valencia")
    sheets = with_cell(sheets, "wishes", 2, 1, "Anna Garcia")
    assert len(faults(sheets)) == 1
    found = imported(sheets, keep_going=True)
    assert [(row.sheet, row.row, row.follows) for row in found.report.refused] == [
        ("people", 2, False),
        ("wishes", 2, True),
        ("wishes", 3, True),
        ("wishes", 4, True),
        ("sessions", 2, True),
        ("locks", 2, True),
    ]
    assert [session.id for session in found.instance.sessions] == ["visit"]
    assert found.report.read == found.report.used + len({(r.sheet, r.row) for r in found.report.refused})


def test_what_follows_from_refused_rows_in_the_domain_is_refused_too():
    sheets = small(
        delegations=[
            ["delegation", "split"],
            *([n, "members"] for n in ("Valencia", "Sydney", "Guangzhou", "Seoul")),
        ]
    )
    sheets = with_cell(sheets, "people", 5, 5, None)
    sheets = with_cell(sheets, "people", 5, 1, "kim at seoul")
    assert len(faults(sheets)) == 1  # not also that Seoul has no members
    found = imported(sheets, keep_going=True)
    assert [d.id for d in found.instance.delegations] == ["valencia", "sydney", "guangzhou"]


def test_errors_and_formulas_without_values_in_cells():
    import io

    import openpyxl

    made = openpyxl.load_workbook(io.BytesIO(book(SMALL)))
    made["people"]["C3"] = "#REF!"
    made["people"]["C3"].data_type = "e"
    made["people"]["E4"] = '="zh"'
    out = io.BytesIO()
    made.save(out)
    with pytest.raises(WorkbookError) as caught:
        load_workbook(out.getvalue(), name="p.xlsx")
    assert [str(fault) for fault in caught.value.faults if fault.sheet == "people"] == [
        'p.xlsx:people:3:C: is the error #REF! of a formula (column "organisation")',
        "p.xlsx:people:4:E: holds a formula whose value is not in the file: open the file in a spreadsheet and save it "
        '(column "languages")',
    ]


# -- files -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("contents", "message"),
    [
        (b"", "p.xlsx: is no spreadsheet: it should be a workbook"),
        (b"just text", "p.xlsx: is no spreadsheet: it should be a workbook"),
        (b"PK\3\4 and then nothing", "p.xlsx: is damaged: it should be a workbook"),
        (book(SMALL)[:500], "p.xlsx: is damaged: it should be a workbook"),
    ],
)
def test_files_that_are_no_workbooks(contents, message):
    with pytest.raises(InputError) as caught:
        load_workbook(contents, name="p.xlsx")
    assert str(caught.value).startswith(message)


def test_a_folder_without_tables_and_a_file_that_is_not_there(tmp_path):
    with pytest.raises(InputError, match="has no CSV file in it"):
        load_workbook(tmp_path)
    with pytest.raises(InputError, match="cannot be read: No such file"):
        load_workbook(tmp_path / "none.xlsx")


def test_a_folder_of_csv_files(tmp_path):
    for title, rows in SMALL.items():
        lines = [
            ";".join("" if cell is None else str(cell).replace(";", ",") for cell in row) for row in rows
        ]
        text = "\n".join(lines).replace("es, en", '"es; en"').replace("zh, en", '"zh; en"')
        text = text.replace("ko, en", '"ko; en"').replace("2025-05-12, 2025", '"2025-05-12; 2025')
        (tmp_path / f"{title}.csv").write_text(text.replace("05-13\n", '05-13"\n'), encoding="utf-8-sig")
    (tmp_path / "readme.doc").write_text("x")
    found = load_workbook(tmp_path, name="forum")
    assert data_of(found.instance) == data(SMALL)
    assert found.report.notes == ("forum/readme.doc: is not read: it is no CSV file",)


def test_a_csv_file_in_an_old_encoding_is_told(tmp_path):
    (tmp_path / "venues.csv").write_bytes("city,venue,tables\nMálaga,Palacio,3\n".encode("cp1252"))
    (tmp_path / "programme.csv").write_text("time zone,Europe/Madrid\ndates,2025-05-12\n")
    (tmp_path / "people.csv").write_text('name,role\n"\'=Ana",x\nBen,"a""b;c"\n')
    found = load_workbook(tmp_path)
    assert found.instance.cities[0].name == "Málaga"
    assert [person.name for person in found.instance.participants] == ["=Ana", "Ben"]
    assert found.instance.participants[1].roles == {'a"b', "c"}
    assert "Windows-1252" in found.report.notes[0]


def test_a_csv_file_that_is_none(tmp_path):
    (tmp_path / "people.csv").write_text('name\n"open')
    with pytest.raises(InputError, match=r"people\.csv:2: this is no CSV: unexpected end of data"):
        load_workbook(tmp_path)
