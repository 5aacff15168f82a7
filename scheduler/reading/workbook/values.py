"""What cells say, by the kind of their column, as an instance file would say it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from scheduler.domain.faults.spelling import hint, nearest
from scheduler.domain.times import is_zone, known_zones
from scheduler.reading.errors import InputError
from scheduler.reading.workbook.directory import Directory, LeansError, UnknownError
from scheduler.reading.workbook.ids import WELL_FORMED
from scheduler.reading.workbook.pages import Cell
from scheduler.reading.workbook.showing import shown
from scheduler.reading.workbook.times import (
    UnfitError,
    read_clock,
    read_date,
    read_interval,
    read_length,
    read_moment,
    read_window,
    text_of,
)
from scheduler.reading.yaml_data import parse
from scheduler.sheets import Column, Kind, folded, is_email, split

_YES = frozenset({"yes", "y", "x", "1", "true", "si", "s", "ok", "ja", "oui", "是", "はい", "예", "نعم", "v"})
_NO = frozenset({"no", "n", "0", "false", "non", "nein", "否", "いいえ", "아니요", "لا", "f"})
_MARKS_YES = frozenset("✓✔☑●•■✅")
_MARKS_NO = frozenset("-\u2013—✗✘☐○❌✕\u00d7")
_EVERYBODY = frozenset({"all", "everybody", "everyone", "todos"})
_ROLE = re.compile(r"(?P<who>.*\S)\s*[(\uff08](?P<role>[^()\uff08\uff09]*)[)\uff09]", re.S)
_ROLES = {
    "chair": "chair", "chairs": "chair", "preside": "chair", "presidente": "chair",
    "moderator": "moderator", "moderates": "moderator", "moderador": "moderator", "moderadora": "moderator",
    "speaker": "speaker", "ponente": "speaker",
}  # fmt: skip
_DEPARTURE = re.compile(
    r"(?P<depart>[^\[\]\u2013-]+?)\s*(?:[\u2013-]\s*(?P<arrive>[^\[\]]+?))?\s*(?:\[(?P<dates>[^\[\]]*)\])?"
)
_SAME = {
    "must": "must", "obligatory": "must", "essential": "must", "required": "must", "mustmeet": "must",
    "imprescindible": "must", "a": "must",
    "like": "like", "wouldlike": "like", "interested": "like", "yes": "like", "si": "like",
    "interesa": "like", "nice": "like", "nicetohave": "like", "x": "like", "b": "like",
    "neutral": "neutral", "indifferent": "neutral", "maybe": "neutral", "indiferente": "neutral",
    "c": "neutral", "never": "never", "no": "never", "nunca": "never", "avoid": "never", "notmeet": "never",
    "memberstogether": "together", "juntos": "together", "miembros": "members", "fieldvisits": "field visit",
    "visit": "field visit", "visita": "field visit", "conferencia": "conference", "talk": "conference",
    "opening": "inaugural", "inauguracion": "inaugural", "taller": "workshop", "mesaredonda": "roundtable",
    "panel": "roundtable", "dayfirst": "day first", "dmy": "day first", "ddmmyyyy": "day first",
    "monthfirst": "month first", "mdy": "month first", "mmddyyyy": "month first", "ymd": "year first",
    "yyyymmdd": "year first", "igual": "same", "mismo": "same", "distinto": "different",
}  # fmt: skip
"""Other words for those of choices, folded; only those that the column has count."""


@dataclass
class Cells:
    """How cells are read.

    Attributes
    ----------
    directory : Directory
        Who and what is meant by names.
    date_order : str
        How dates are meant that could be read in two ways.
    lenient : bool
        Whether names of what is not there are taken as they are: an earlier schedule may have some.
    """

    directory: Directory
    date_order: str = ""
    lenient: bool = False

    def read(self, column: Column, cell: Cell) -> object:
        """Return what a cell says, as an instance file would.

        Raises
        ------
        UnfitError
            If it does not say what its column is for.
        LeansError
            If it names something that is refused.
        """
        if not column.many:
            return self.one(column, cell)
        parts: list[Cell] = [*split(cell)] if isinstance(cell, str) else [cell]
        return [self._part(column, part) for part in parts]

    def _part(self, column: Column, part: Cell) -> object:
        """Return what one of several values says; an error knows which it is."""
        try:
            return self.one(column, part)
        except (UnfitError, LeansError) as error:
            error.part = shown(part)
            raise

    def one(self, column: Column, cell: Cell) -> object:
        """Return what one of the values of a cell says."""
        kind = column.kind
        if kind in _REFERENCES:
            return self._named(column, shown(cell))
        if kind is Kind.CHOICE:
            return _choice(column, shown(cell))
        if kind is Kind.MOMENT:
            return read_moment(cell, self.date_order, bare=_BARE.get(column.name, ""))
        if kind in _WITH_NAMES:
            return _WITH_NAMES[kind](self, text_of(cell))
        return _PLAIN[kind](cell, self.date_order)

    def _named(self, column: Column, written: str) -> str:
        if column.name in ("audience", "interest") and folded(written) in _EVERYBODY:
            return "all"
        try:
            return self.directory.find(column.kind, written)
        except UnfitError:
            if self.lenient and WELL_FORMED.fullmatch(written):
                return written
            raise

    def _speaker(self, text: str) -> object:
        """Return a speaker; a name that itself ends in brackets is a name first."""
        match = _ROLE.fullmatch(text)
        role = _ROLES.get(folded(match["role"])) if match else None
        if match is None:
            return self.directory.find(Kind.PERSON, text)
        if role is None:
            return self._roleless(text, match["who"], match["role"])
        who = self.directory.find(Kind.PERSON, match["who"])
        return who if role == "speaker" else {"participant": who, "role": role}

    def _roleless(self, text: str, who: str, role: str) -> str:
        """Return whom a name means that ends in brackets which are no role, if anybody."""
        try:
            return self.directory.find(Kind.PERSON, text)
        except UnknownError:
            self.directory.find(Kind.PERSON, who)
        listed = ("chair", "moderator", "speaker")
        raise UnfitError(
            f'has a role that is none: "{role}" should be chair, moderator or speaker{hint(role, listed)}'
        )

    def _role(self, text: str) -> tuple[str, str]:
        who, equals, role = text.partition("=")
        if not equals or not role.strip():
            raise UnfitError("should be a party and a role, such as Sydney=mobility")
        return self.directory.find(Kind.PARTY, who.strip()), role.strip()

    def _departure(self, text: str) -> object:
        match = _DEPARTURE.fullmatch(text.strip())
        if match is None:
            raise UnfitError("should be a departure such as 08:10, 18:10-20:05 or 21:10 [2017-11-20]")
        found: dict[str, object] = {"depart": read_clock(match["depart"])}
        if match["arrive"]:
            found["arrive"] = read_clock(match["arrive"])
        if match["dates"]:
            dates = [part for part in match["dates"].split(",") if part.strip()]
            found["dates"] = [read_date(part.strip(), self.date_order).isoformat() for part in dates]
        return found if len(found) > 1 else found["depart"]


_BARE = {
    "arrival": "start", "departure": "end", "from": "start", "to": "end",
}  # fmt: skip
"""What a date without a time is in some columns."""


def _choice(column: Column, written: str) -> str:
    wanted = folded(written)
    found = next((word for word in column.words if folded(word) == wanted), None) or _SAME.get(wanted)
    if found not in column.words:
        *most, last = column.words
        listed = f"{', '.join(most)} or {last}"
        raise UnfitError(f"should be {listed}{hint(written, column.words)}")
    return found.replace(" ", "_") if column.name == "kind" else found


def read_yes(cell: Cell) -> bool:
    """Return whether a cell says yes (``x`` and other marks too) or no."""
    if isinstance(cell, bool):
        return cell
    text = shown(cell)
    word = folded(text)
    if word in _YES or text in _MARKS_YES:
        return True
    if word in _NO or text in _MARKS_NO:
        return False
    raise UnfitError("should be yes or no")


def read_text(cell: Cell) -> str:
    """Return the text of a cell; control characters are refused."""
    return text_of(cell)


def read_id(cell: Cell) -> str:
    """Return a well-formed id."""
    text = text_of(cell)
    if not WELL_FORMED.fullmatch(text):
        raise UnfitError(
            "should consist of letters, digits, `.`, `_` and `-`, begin with a letter or a digit, and "
            "have at most 80 characters"
        )
    return text


def read_email(cell: Cell) -> str:
    """Return an email address."""
    text = text_of(cell).removeprefix("mailto:").strip()
    if not is_email(text):
        raise UnfitError("should be an email address such as anna@valencia.example")
    return text


def read_number(cell: Cell) -> int:
    """Return a whole number."""
    if isinstance(cell, int | float) and not isinstance(cell, bool) and float(cell).is_integer():
        return int(cell)
    text = text_of(cell).replace("\u00a0", "").replace(" ", "")
    text = re.sub(r"[.,]0+$", "", text).removesuffix("%")
    if isinstance(cell, str) and re.fullmatch(r"[+-]?\d{1,15}", text, re.ASCII):
        return int(text)
    raise UnfitError("should be a whole number")


def read_zone(cell: Cell) -> str:
    """Return an IANA time zone; capitals and spaces do not matter."""
    text = text_of(cell)
    if is_zone(text):
        return text
    wanted = text.replace(" ", "_").casefold()
    found = next((zone for zone in known_zones() if zone.casefold() == wanted), None)
    if found is None:
        meant = nearest(text, known_zones())
        more = f'; did you mean "{meant}"?' if meant else ""
        raise UnfitError(f"should be an IANA time zone such as Europe/Madrid{more}")
    return found


def read_more(cell: Cell) -> dict[str, object]:
    """Return further keys, in YAML's flow style with or without the outer braces, or a key to a line."""
    text = text_of(cell)
    whole = text if text.startswith("{") or "\n" in text else "{" + text + "}"
    try:
        found, refused = parse(whole, "")[:2]
    except InputError as error:
        refused = error.faults
    if refused:
        raise UnfitError(f"should be keys and values such as due: 2017-11-20T12:00 ({refused[0].message})")
    if not isinstance(found, dict):
        raise UnfitError("should be keys and values such as due: 2017-11-20T12:00")
    if none := next((key for key, value in found.items() if value is None), None):
        raise UnfitError(f"should be keys and values such as due: 2017-11-20T12:00 (`{none}` has no value)")
    return cast("dict[str, object]", found)


def _date_list(cell: Cell, order: str) -> str:
    return read_date(cell, order).isoformat()


def _window(cell: Cell, order: str) -> object:
    if isinstance(cell, dt.date):
        return {"date": read_date(cell).isoformat()}
    return read_window(text_of(cell), order)


_REFERENCES = frozenset(
    {
        Kind.PARTY, Kind.PERSON, Kind.DELEGATION, Kind.CITY, Kind.VENUE, Kind.ROOM, Kind.TRACK, Kind.SESSION,
        Kind.ACTIVITY, Kind.POOL, Kind.DAY_PART, Kind.PRIORITY,
    }
)  # fmt: skip
_WITH_NAMES: dict[Kind, Callable[[Cells, str], object]] = {
    Kind.SPEAKER: Cells._speaker,
    Kind.ROLES: Cells._role,
    Kind.DEPARTURE: Cells._departure,
}
_PLAIN: dict[Kind, Callable[[Cell, str], object]] = {
    Kind.TEXT: lambda cell, _: read_text(cell),
    Kind.ID: lambda cell, _: read_id(cell),
    Kind.EMAIL: lambda cell, _: read_email(cell),
    Kind.NUMBER: lambda cell, _: read_number(cell),
    Kind.YES_NO: lambda cell, _: read_yes(cell),
    Kind.DATE: _date_list,
    Kind.TIME: lambda cell, _: read_clock(cell),
    Kind.DURATION: lambda cell, _: read_length(cell),
    Kind.ZONE: lambda cell, _: read_zone(cell),
    Kind.WINDOW: _window,
    Kind.INTERVAL: lambda cell, order: read_interval(text_of(cell), order),
    Kind.MORE: lambda cell, _: read_more(cell),
}

__all__ = ["Cells", "LeansError", "UnfitError", "UnknownError"]
