"""Rule 12: who needs an interpreter, who can serve, and one meeting at a time."""

import pytest
from support.judging import rules, said, violations
from support.making import away, city, hold, hours, make, meeting, moment, put, session

KO_EN = {"id": "pool", "languages": ["ko", "en"]}
WHERE = "'m' on 10 Mar 10:00-10:30 in Madrid"


def speaking(*languages, pools=(KO_EN,), **more):
    parties = [
        {"id": f"p{n}", "name": f"Party {n}", "languages": spoken} for n, spoken in enumerate(languages)
    ]
    names = [party["id"] for party in parties]
    return make(delegations=parties, interpreters=list(pools), meetings=[meeting("m", *names)], **more)


@pytest.mark.parametrize(
    ("languages", "needed"),
    [
        ((["ko"], ["en"]), True),
        ((["ko", "en"], ["en"]), False),
        ((["ko"], []), False),
        ((["ko", "en"], ["en", "es"], ["es", "ko"]), True),  # each two share one, all three none
        ((["ko", "en"], ["en", "es"], ["es", "en"]), False),
        ((["ko"], ["en"], []), False),
    ],
)
def test_a_meeting_without_a_common_language_needs_an_interpreter(languages, needed):
    instance = speaking(*languages)
    assert rules(instance, put("m", "10:00")) == (["interpreters"] if needed else [])
    able = all(set(spoken) & {"ko", "en"} for spoken in languages)
    served = rules(instance, put("m", "10:00", interpreter=("pool", 1)))
    assert served == ([] if able else ["interpreters"] * sum(not set(s) & {"ko", "en"} for s in languages))


def test_the_sentence_names_the_parties():
    (found,) = violations(speaking(["ko"], ["en"]), put("m", "10:00"))
    assert found.message == f"{WHERE} needs an interpreter: Party 0 and Party 1 share no language"
    assert (found.parties, found.activities) == (("p0", "p1"), ("m",))


def test_a_party_speaks_what_those_who_take_part_for_it_speak():
    instance = make(
        delegations=[{"id": "a", "split": "members"}, {"id": "b", "languages": ["en"]}],
        participants=[
            {"id": "a1", "delegation": "a", "languages": ["ko"]},
            {"id": "a2", "delegation": "a", "languages": ["en"]},
            {"id": "b1", "delegation": "b", "languages": ["es"]},
            {"id": "b2", "delegation": "b"},  # what the delegation speaks
        ],
        interpreters=[KO_EN],
        meetings=[meeting("m", "a", "b")],
    )
    assert rules(instance, put("m", "10:00", "area", 1, "a1")) == ["interpreters"]
    assert rules(instance, put("m", "10:00", "area", 1, "a1", interpreter=("pool", 1))) == []
    assert rules(instance, put("m", "10:00", "area", 1, "a2")) == []
    # Whoever sends nobody breaks the rule of delegations, and only that.
    assert rules(instance, put("m", "10:00")) == ["delegation"]
    assert rules(instance, put("m", "10:00", interpreter=("pool", 1))) == ["delegation"]


@pytest.mark.parametrize(
    ("pool", "unit", "sentences"),
    [
        (KO_EN, 1, []),
        (KO_EN | {"count": 2}, 2, []),
        (KO_EN, 2, [f"Interpreter 2 of 'pool' does not exist, it has 1: {WHERE}"]),
        (KO_EN | {"city": "madrid"}, 1, []),
        (KO_EN | {"city": "lisbon"}, 1, [f"The pool 'pool' works in Lisbon: {WHERE}"]),
        (KO_EN | {"available": [away("09:00", "10:00"), away("10:00", "10:30")]}, 1, []),
        (
            KO_EN | {"available": [away("09:00", "10:15"), away("10:15", "11:00")]},
            1,
            [f"The pool 'pool' is not available for the whole of {WHERE}"],
        ),
        (
            {"id": "pool", "languages": ["es", "en"]},
            1,
            [f"Party 0 speaks no language of the interpreter (en-es) of {WHERE}"],
        ),
        (
            {"id": "other", "languages": ["ko", "en"]},
            1,
            [f"{WHERE} has an interpreter of the pool 'pool', which does not exist"],
        ),
    ],
)
def test_an_interpreter_serves(pool, unit, sentences):
    cities = [city(), city("lisbon", {"id": "far", "tables": 1})]
    instance = speaking(["ko"], ["en"], pools=[pool], cities=cities)
    found = said(instance, put("m", "10:00", interpreter=("pool", unit)))
    assert found == [f"interpreters: {sentence}" for sentence in sentences]


def test_one_that_is_not_needed_serves_under_the_same_conditions():
    assert rules(speaking(["ko", "en"], ["en"]), put("m", "10:00", interpreter=("pool", 1))) == []
    assert rules(speaking(["en", "es"], ["es"]), put("m", "10:00", interpreter=("pool", 1))) == [
        "interpreters"
    ]
    assert rules(speaking(["en"], []), put("m", "10:00", interpreter=("pool", 1))) == ["interpreters"]


def test_interpreters_are_for_meetings():
    instance = make(interpreters=[KO_EN], sessions=[session("s")])
    assert said(instance, hold("s", "10:00", interpreter=("pool", 1))) == [
        "interpreters: 's' on 10 Mar 10:00-11:00 in Madrid is no meeting and has an interpreter"
    ]


def many(**more):
    names = ["a", "b", "c", "d"]
    return make(
        delegations=[{"id": name, "languages": ["ko" if name in "ac" else "en"]} for name in names],
        interpreters=[KO_EN | {"count": 2}],
        meetings=[meeting("m1", "a", "b"), meeting("m2", "c", "d")],
        **more,
    )


def test_one_interpreter_is_in_one_meeting_at_a_time():
    first = put("m1", "10:00", interpreter=("pool", 1))
    assert rules(many(), first, put("m2", "10:00", table=2, interpreter=("pool", 2))) == []
    assert rules(many(), first, put("m2", "10:30", interpreter=("pool", 1))) == []
    (found,) = violations(many(), first, put("m2", "10:00", table=2, interpreter=("pool", 1)))
    assert found.message == (
        "Interpreter 1 of 'pool' is in two meetings at once on 10 Mar in Madrid: "
        "'m1' 10:00-10:30 and 'm2' 10:00-10:30"
    )
    assert (found.start, found.end) == (moment("10:00"), moment("10:30"))


def test_interpreters_travel_like_everybody():
    house = {
        "id": "house",
        "room_change": "30min",
        "rooms": [{"id": "area", "tables": 1}, {"id": "corner", "tables": 1}],
    }
    slow = many(cities=[city(venues=[house])])
    first = put("m1", "10:00", interpreter=("pool", 1))
    assert rules(slow, first, put("m2", "11:00", "corner", interpreter=("pool", 1))) == []
    assert said(slow, first, put("m2", "10:30", "corner", interpreter=("pool", 1))) == [
        "interpreters: Interpreter 1 of 'pool' cannot get from 'm1' on 10 Mar 10:00-10:30 in Madrid "
        "to 'm2' on 10 Mar 10:30-11:00 in Madrid: from area to corner takes 30min and there are 0min"
    ]
    assert rules(slow, first, put("m2", "10:30", "corner", interpreter=("pool", 2))) == []
    far = city("lisbon", {"id": "far", "tables": 1}, opening=(hours("09:00", "18:00", "2025-03-10"),))
    apart = many(
        cities=[city(), far], travel={"links": [{"from": "madrid", "to": "lisbon", "duration": "2h"}]}
    )
    assert rules(apart, first, put("m2", "12:00", "far", interpreter=("pool", 1))) == ["interpreters"]
    assert rules(apart, first, put("m2", "12:30", "far", interpreter=("pool", 1))) == []
