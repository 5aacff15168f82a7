"""Publishing in the pages: what would be new, editions, addresses, and the agendas at these."""

import csv
import io

import pytest
from lxml import html
from support.forum import FORUM, forum
from support.given_out import entered, sent
from support.rfc5545 import read
from support.served import serving, settings_in

import scheduler
from scheduler.domain import Placement
from scheduler.service.pages.guarding import COOKIE


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    with serving(settings_in(tmp_path_factory.mktemp("publishing"), jobs=0)) as client:
        yield client


@pytest.fixture(scope="module")
def solution():
    return scheduler.solve(forum(), scheduler.SolveOptions(deterministic=True)).solution


@pytest.fixture
def given(client, solution):
    """A programme and a schedule, not published yet."""
    return entered(client, forum(), solution)


def tree(response, status=200):
    assert response.status_code == status, response.text[:500]
    return html.fromstring(response.text)


def token(client):
    return tree(client.get("/")).xpath("string(//meta[@name='csrf-token']/@content)")


def publish(client, schedule, **more):
    return client.post(f"/schedules/{schedule}/publish", data={"csrf": token(client), **more})


def without(solution, activity):
    placed: tuple[Placement, ...] = tuple(p for p in solution.placements if p.activity != activity)
    return solution.model_copy(update={"placements": placed})


def addresses(client, programme):
    """Return the table of addresses, by kind and id."""
    answer = client.get(f"/programmes/{programme}/addresses.csv")
    assert answer.headers["content-disposition"].endswith('filename="forum-addresses.csv"')
    return {(row["kind"], row["id"]): row for row in csv.DictReader(io.StringIO(answer.text))}


def path(address):
    return address.removeprefix("http://127.0.0.1")


def lead(page):
    return " ".join(page.xpath("string(//*[@class='lead' or @class='lead note'])").split())


# -- publishing --------------------------------------------------------------------------------------


def test_before_the_first_edition_it_is_told_what_will_be(client, given):
    programme, schedule = given
    page = tree(client.get(f"/schedules/{schedule}/publish"))
    assert lead(page).startswith("As the first edition")
    assert "To be sent to 2 addresses" in page.text_content()
    assert "Ana Reis" in page.text_content()
    assert not page.xpath("//input[@name='force']")
    assert "none before the first" in tree(client.get(f"/programmes/{programme}/addresses")).text_content()


def test_an_edition_is_made_and_shown_and_the_next_says_what_changed(client, given, solution):
    programme, schedule = given
    first = publish(client, schedule, note="As agreed")
    assert first.url.path == f"/programmes/{programme}/editions/1"
    assert "As agreed" in tree(first).text_content()
    assert "Edition 1" in tree(client.get(f"/programmes/{programme}")).text_content()
    again = publish(client, schedule)
    assert again.url.path == f"/programmes/{programme}/editions/1"
    assert lead(tree(again)).startswith("Nothing was new")
    assert lead(tree(client.get(f"/schedules/{schedule}/publish"))).startswith("Nothing is new")

    fewer = sent(client, programme, without(solution, "one"))
    page = tree(client.get(f"/schedules/{fewer}/publish"))
    assert lead(page) == "As edition 2: 1 cancelled; 3 as before."
    assert page.xpath("string(//tbody/tr/td[1])").strip() == "cancelled"
    second = publish(client, fewer)
    assert second.url.path == f"/programmes/{programme}/editions/2"
    assert "1 cancelled; 3 as before" in tree(second).text_content()
    (link,) = tree(second).xpath("//a[contains(., 'Ana Reis')]/@href")
    message = client.get(link)
    assert message.headers["content-type"].startswith("text/calendar")
    assert "METHOD:CANCEL" in message.text
    assert client.get(f"/programmes/{programme}/editions/2/files/CHANGES.md").status_code == 200
    assert client.get(f"/programmes/{programme}/editions/2/files/../state.json").status_code == 404
    assert client.get(f"/programmes/{programme}/editions/3").status_code == 404


def test_what_breaks_rules_is_published_only_by_force(client, given, solution):
    programme, _ = given
    broken = sent(client, programme, without(solution, "opening"))
    page = tree(client.get(f"/schedules/{broken}/publish"))
    assert "breaks rules in 1 place" in page.text_content()
    assert page.xpath("//input[@name='force'][@required]")
    assert publish(client, broken).status_code == 409
    assert publish(client, broken, force="true").url.path.endswith("/editions/1")


def test_publishing_needs_our_own_form(client, given):
    _, schedule = given
    assert client.post(f"/schedules/{schedule}/publish").status_code == 403


# -- addresses ---------------------------------------------------------------------------------------


def test_everybody_has_an_address(client, given):
    programme, schedule = given
    publish(client, schedule)
    table = addresses(client, programme)
    assert table["participant", "ana"]["email"] == "ana@example.org"
    assert table["delegation", "porto"]["name"] == "Porto"
    assert {kind for kind, _ in table} == {"programme", "city", "room", "delegation", "participant"}
    page = tree(client.get(f"/programmes/{programme}/addresses?by=participant&name=ANA"))
    assert page.xpath("//tbody/tr/th/bdi/text()") == ["Ana Reis"]
    assert page.xpath("//button/@data-copy") == [
        table["participant", "ana"]["agenda"],
        table["participant", "ana"]["calendar"],
    ]


def test_an_address_is_changed_revoked_and_restored(client, given):
    programme, schedule = given
    publish(client, schedule)
    before = addresses(client, programme)["delegation", "porto"]
    page = tree(client.get(f"/programmes/{programme}/addresses?by=delegation"))
    (feed,) = page.xpath("//tr[th/bdi='Porto']//button[@name='rotate']/@value")

    def change(what):
        sent_ = {"csrf": token(client), what: feed, "by": "delegation"}
        return tree(client.post(f"/programmes/{programme}/addresses", data=sent_))

    change("rotate")
    after = addresses(client, programme)["delegation", "porto"]
    assert after["agenda"] != before["agenda"]
    assert client.get(path(before["agenda"])).status_code == 404
    assert client.get(path(before["calendar"])).status_code == 404
    assert client.get(path(after["agenda"])).status_code == 200
    assert change("revoke").xpath("//tr[th/bdi='Porto']//button[@name='restore']")
    assert client.get(path(after["agenda"])).status_code == 404
    assert ("delegation", "porto") not in addresses(client, programme)
    change("restore")
    assert client.get(path(after["agenda"])).status_code == 200


def test_an_address_of_another_programme_is_not_changed_here(client, given, solution):
    programme, schedule = given
    other, _ = entered(client, forum(), solution)
    publish(client, schedule)
    page = tree(client.get(f"/programmes/{programme}/addresses"))
    feed = page.xpath("//button[@name='revoke']/@value")[0]
    sent_ = {"csrf": token(client), "revoke": feed}
    assert client.post(f"/programmes/{other}/addresses", data=sent_).status_code == 404


# -- agendas -----------------------------------------------------------------------------------------


@pytest.fixture
def porto(client, given):
    """The addresses of a delegation, and of what."""
    programme, schedule = given
    publish(client, schedule)
    return programme, addresses(client, programme)["delegation", "porto"]


def test_an_agenda_is_shown_to_whoever_has_its_address(client, porto):
    _, known = porto
    answer = client.get(path(known["agenda"]), headers={"cookie": ""})
    page = tree(answer)
    assert page.xpath("string(//h1)") == "Porto"
    assert "Edition 1" in page.text_content()
    titles = page.text_content()
    assert "Opening" in titles
    assert "Lyon" in titles
    assert "Ports and rails" in titles
    assert "Ghent" not in titles.replace("everybody", "")
    assert page.xpath("//a[.='Subscribe']/@href") == [known["calendar"].replace("http:", "webcal:")]
    (download,) = page.xpath("//a[.='Download']/@href")
    calendar = read(client.get(path(download)).content)
    assert len(list(calendar.parts("VEVENT"))) == 3
    assert page.xpath("//*[@class='code']//*[local-name()='svg']")


def test_an_agenda_leads_nowhere_else_and_is_kept_nowhere(client, porto):
    _, known = porto
    answer = client.get(path(known["agenda"]))
    assert COOKIE not in answer.headers.get("set-cookie", "")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "noindex" in answer.headers["x-robots-tag"]
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    links = [link for link in tree(answer).xpath("//a/@href") if not link.startswith("#")]
    assert {link.rpartition("/")[2] for link in links} == {known["calendar"].rpartition("/")[2]}
    assert not tree(answer).xpath("//script")


@pytest.mark.parametrize("secret", ["x", "A" * 54, "%00", "..%2F..%2Fetc", "A" * 5000])
def test_a_guess_finds_nothing(client, secret):
    answer = client.get(f"/agenda/{secret}")
    assert answer.status_code == 404
    assert answer.headers["referrer-policy"] == "no-referrer" or "%2F" in secret


def test_what_was_cancelled_is_shown_as_cancelled(client, porto, solution):
    programme, known = porto
    publish(client, sent(client, programme, without(solution, "one")))
    page = tree(client.get(path(known["agenda"])))
    assert "Edition 2" in page.text_content()
    (off,) = page.xpath("//section[.//h2='Cancelled']//li")
    assert "Lyon" in off.text_content()
    assert off.xpath(".//s")
    other = tree(client.get(path(addresses(client, programme)["delegation", "ghent"]["agenda"])))
    assert not other.xpath("//h2[.='Cancelled']")


def test_whoever_does_not_come_any_more_keeps_an_agenda(client, porto):
    programme, _ = porto
    known = addresses(client, programme)["delegation", "ghent"]["agenda"]
    smaller = FORUM.replace("  - {id: ghent, name: Ghent, departure: 2025-03-10T11:00}\n", "")
    smaller = smaller.replace(
        "  - {id: late, parties: [ghent, turin]", "  - {id: late, parties: [lyon, turin]"
    )
    answer = client.post(
        f"/programmes/{programme}/versions",
        data={"csrf": token(client)},
        files={"programme": ("forum.yaml", smaller.encode(), "application/yaml")},
    )
    assert answer.status_code == 200
    instance = forum(smaller)
    placed = scheduler.solve(instance, scheduler.SolveOptions(deterministic=True)).solution
    publish(client, sent(client, programme, placed))
    page = tree(client.get(path(known)))
    assert "Ghent" in page.xpath("string(//h1)")
    assert "Edition 2" in page.text_content()
    assert "Nothing is scheduled here" in page.text_content()
