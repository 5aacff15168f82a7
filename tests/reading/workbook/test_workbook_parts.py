"""Ids, spellings, names and the insides of packed files, each by itself."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.names import names
from support.sheets_made import SMALL, book

from scheduler.reading.errors import InputError, letters
from scheduler.reading.workbook import books
from scheduler.reading.workbook.books import open_book
from scheduler.reading.workbook.directory import Directory, LeansError
from scheduler.reading.workbook.ids import WELL_FORMED, Wanted, minted, slug, sounds
from scheduler.reading.workbook.insides import insides_of
from scheduler.reading.workbook.pages import Page, spread
from scheduler.reading.workbook.spelling import misspelt, slips
from scheduler.reading.workbook.times import UnfitError
from scheduler.sheets import Kind

# -- ids ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Anna García-Łuczak", "anna-garcia-luczak"),
        ("  Straße 9 / Œuvre", "strasse-9-oeuvre"),
        ("김민준", "gimminjun"),
        ("さくら", "sakura"),
        ("王伟 (Wang Wei)", "wang-wei"),
        ("王伟", ""),
        ("👩‍🔬", ""),
        ("O'Neill, Mary", "o-neill-mary"),
    ],
)  # fmt: skip
def test_ids_sound_like_names(name, found):
    assert slug(name) == found


def wanted(*labels, given="", apart=""):
    return Wanted(given, labels, apart, "person")


def test_what_has_no_letters_gets_syllables_always_the_same():
    (one,), (again,), (other,) = minted([wanted("王伟")]), minted([wanted("王伟")]), minted([wanted("李娜")])
    assert one == again == f"person-{sounds('王伟')}" != other


def test_namesakes_are_told_apart_whatever_their_order():
    ana, anne = wanted("Ana", apart="a@x.example"), wanted("ANA", apart="b@x.example")
    assert minted([ana, anne]) == ["ana-a-x-example", "ana-b-x-example"]
    assert minted([anne, ana]) == ["ana-b-x-example", "ana-a-x-example"]
    assert minted([wanted("Ana"), wanted("Ana")]) == ["ana-2", "ana-3"]
    assert minted([wanted("Ana", given="ana"), ana]) == ["ana", "ana-a-x-example"]
    assert minted([wanted("All")], frozenset({"all"})) == ["all-2"]
    assert minted([wanted("王", apart="王"), wanted("王", apart="王")])[1].startswith("person-")


@given(st.lists(st.tuples(names(), names()), max_size=8))
def test_ids_are_well_formed_and_distinct(people):
    found = minted([wanted(name, apart=apart) for name, apart in people])
    assert all(WELL_FORMED.fullmatch(each) for each in found)
    assert len({each.casefold() for each in found}) == len(found)


# -- spellings ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [("email", "emial", 1), ("email", "mail", 1), ("notes", "dates", 2), ("", "ab", 2), ("ab", "ba", 1)],
)
def test_slips(one, other, count):
    assert slips(one, other) == slips(other, one) == count


@pytest.mark.parametrize(
    ("written", "found"),
    [("Emial", "email"), ("organisattoin", "organisation"), ("notes", None), ("to", None), ("email", None)],
)
def test_what_is_a_misspelling(written, found):
    assert misspelt(written, ["email", "dates", "organisation", "from"]) == found


@pytest.mark.parametrize(
    ("number", "text"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA"), (0, "")]
)
def test_columns_have_letters(number, text):
    assert letters(number) == text


# -- names -------------------------------------------------------------------------------------------


def test_names_before_organisations_and_ids_before_names():
    known = Directory()
    known.add(Kind.PERSON, "anna", "Anna", ["Anna García", "a@x.example"], ["Port"])
    known.add(Kind.PERSON, "ben", "Ben", ["Ben Li"], ["Port", "Las Naves"])
    known.add(Kind.DELEGATION, "port", "Port (delegation port)", ["Port Authority"])
    assert known.find(Kind.PARTY, " ANNA  garcia ") == known.find(Kind.PERSON, "A@X.example") == "anna"
    assert known.find(Kind.PARTY, "las naves") == "ben"
    assert known.find(Kind.PARTY, "port") == "port"
    with pytest.raises(UnfitError, match="could be Anna or Ben: write the email or the id"):
        known.find(Kind.PERSON, "Port")
    with pytest.raises(UnfitError, match=r"is no city of this programme$"):
        known.find(Kind.CITY, "Bilbao")
    known.refuse(Kind.CITY, ["Bilbao", ""], "cities:3")
    with pytest.raises(LeansError, match=r"is refused \(cities:3\)"):
        known.find(Kind.CITY, "BILBAO")


# -- packed files ------------------------------------------------------------------------------------

ODS = """<?xml version="1.0"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"><office:body><office:spreadsheet>
 <table:table table:name="people">
  <table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>
  <table:table-row>
   <table:table-cell table:number-columns-repeated="3"/>
   <table:table-cell calcext:value-type="error"><text:p>#N/A</text:p></table:table-cell>
   <table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="3"><text:p>x</text:p></table:table-cell>
  </table:table-row>
  <table:table-row table:number-rows-repeated="3000000"><table:table-cell/></table:table-row>
 </table:table></office:spreadsheet></office:body></office:document-content>"""  # noqa: E501


def packed(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, text in parts.items():
            made.writestr(name.replace("__", "/") + ".xml", text)
    return zipfile.ZipFile(out)


def test_errors_and_merged_cells_of_an_open_document():
    found = insides_of(packed(content=ODS))["people"]
    assert found.broken == {(2, 3): "is the error #N/A of a formula"}
    assert found.spans == (((2, 4), (4, 5)),)
    assert insides_of(packed(content="<a/>")) == {}


@pytest.mark.parametrize("parts", [{"content": ODS[:200]}, {"xl__workbook": "<a"}, {"other": ""}])
def test_packed_files_that_are_something_else_say_nothing(parts):
    assert insides_of(packed(**parts)) == {}


def test_what_is_too_large_is_refused_before_it_is_unpacked(monkeypatch, tmp_path):
    contents = book({**SMALL, "people": [["name"], *[[None]] * 10, [*[None] * 30, "far"]]})
    with monkeypatch.context() as patched:
        patched.setattr(books, "MAX_CELLS", 300)
        with pytest.raises(InputError, match="p:people: has something too far from the first cell"):
            open_book(contents, "p")
    with monkeypatch.context() as patched:
        patched.setattr(books, "_MAX_UNPACKED", 100)
        with pytest.raises(InputError, match="is too large when it is unpacked"):
            open_book(contents, "p")
    monkeypatch.setattr(books, "MAX_BYTES", 1000)
    (tmp_path / "p.xlsx").write_bytes(contents)
    (tmp_path / "p.csv").write_bytes(contents)
    for source in (contents, tmp_path / "p.xlsx", tmp_path):
        with pytest.raises(InputError, match="is too large: at most"):
            open_book(source, "p")


def test_merged_cells_outside_of_what_is_filled_do_no_harm():
    page = Page("p", "p", "p", [["a", ""], ["", "b"]], (((0, 0), (5, 5)), ((7, 0), (8, 0)), ((0, 9), (1, 9))))
    spread(page, range(2), sideways=True)
    assert page.rows == [["a", "a"], ["a", "b"]]
