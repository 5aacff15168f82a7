"""A reader of iCalendar written from RFC 5545 alone, line by line, that refuses what the RFC forbids."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

UTC = dt.UTC
_NAME = re.compile(r"[A-Za-z0-9-]+")
_PARAMETER = re.compile(
    r';([A-Za-z0-9-]+)=((?:"[^"\x00-\x08\x0a-\x1f\x7f]*"|[^";:,\x00-\x08\x0a-\x1f\x7f]*))'
)
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")


@dataclass
class Property:
    """A content line: name, parameters, value as it stands."""

    name: str
    params: dict[str, str]
    value: str

    @property
    def text(self) -> str:
        """The value as TEXT, unescaped (3.3.11)."""
        assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", self.value), self.value
        assert not re.search(r"(?<!\\)(?:\\\\)*\\[^\\;,nN]", self.value), self.value
        return re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], self.value)


@dataclass
class Component:
    """A component: its name, properties in order, components in order."""

    name: str
    properties: list[Property] = field(default_factory=list)
    components: list[Component] = field(default_factory=list)

    def all(self, name: str) -> list[Property]:
        """Return all properties of a name."""
        return [p for p in self.properties if p.name == name]

    def __getitem__(self, name: str) -> Property:
        (found,) = self.all(name)
        return found

    def __contains__(self, name: str) -> bool:
        return bool(self.all(name))

    def parts(self, *names: str) -> list[Component]:
        """Return the components of some names."""
        return [c for c in self.components if c.name in names]


def content_lines(data: bytes) -> list[str]:
    """Return the unfolded lines (3.1)."""
    assert data.endswith(b"\r\n")
    physical = data[:-2].split(b"\r\n")
    assert not any(b"\r" in line or b"\n" in line for line in physical)
    assert max(map(len, physical)) <= 75
    unfolded: list[str] = []
    for line in physical:
        text = line.decode("utf-8")  # fails where a character was folded apart
        assert text
        if text[0] in " \t":
            unfolded[-1] += text[1:]
        else:
            unfolded.append(text)
    return unfolded


def read(data: bytes) -> Component:
    """Return the one calendar of a file."""
    root = Component("")
    open_ = [root]
    for line in content_lines(data):
        found = _property(line)
        if found.name == "BEGIN":
            component = Component(found.value)
            open_[-1].components.append(component)
            open_.append(component)
        elif found.name == "END":
            assert open_.pop().name == found.value
        else:
            open_[-1].properties.append(found)
    (calendar,) = root.components
    assert open_ == [root]
    assert not root.properties
    assert calendar.name == "VCALENDAR"
    return calendar


def _property(line: str) -> Property:
    assert not _CONTROL.search(line), line
    name = _NAME.match(line)
    assert name, line
    at, params = name.end(), {}
    while found := _PARAMETER.match(line, at):
        params[found[1].upper()] = _parameter(found[2].strip('"'))
        at = found.end()
    assert line[at] == ":", line
    return Property(name[0].upper(), params, line[at + 1 :])


def _parameter(value: str) -> str:
    """Return a parameter's value unescaped (RFC 6868)."""
    return re.sub(r"\^([n^'])", lambda m: {"n": "\n", "^": "^", "'": '"'}[m[1]], value)


# -- time zones (3.6.5) --------------------------------------------------------------------------------


@dataclass
class Onset:
    """Where an observance begins, and the offset from then on."""

    instant: dt.datetime
    before: dt.timedelta
    after: dt.timedelta
    name: str
    is_daylight: bool


class Zone:
    """A VTIMEZONE: instants from local times by its own definition."""

    def __init__(self, component: Component) -> None:
        self.name = component["TZID"].value
        self.onsets = sorted(
            (_onset(part) for part in component.parts("STANDARD", "DAYLIGHT")), key=lambda o: o.instant
        )

    def at(self, instant: dt.datetime) -> Onset:
        """Return the observance in force (fails before the first)."""
        return [onset for onset in self.onsets if onset.instant <= instant][-1]

    def instant(self, local: dt.datetime) -> dt.datetime:
        """Return the instant of a local time: the first of two, and by the offset before a gap (3.3.5)."""
        instants = sorted(local.replace(tzinfo=UTC) - onset.after for onset in self.onsets)
        real = [i for i in instants if i + self.at(i).after == local.replace(tzinfo=UTC)]
        if real:
            return real[0]
        return next(
            i
            for onset in self.onsets
            if (i := local.replace(tzinfo=UTC) - onset.before) >= onset.instant and i < local_end(onset)
        )


def local_end(onset: Onset) -> dt.datetime:
    """Return the instant at which the gap that an onset makes would have been over."""
    return onset.instant + (onset.after - onset.before)


def _onset(component: Component) -> Onset:
    before, after = _offset(component["TZOFFSETFROM"].value), _offset(component["TZOFFSETTO"].value)
    assert {p.name for p in component.properties} == {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME"}
    assert not component["DTSTART"].params
    local = dt.datetime.strptime(component["DTSTART"].value, "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    name = component["TZNAME"].text
    return Onset(local - before, before, after, name, component.name == "DAYLIGHT")


def _offset(text: str) -> dt.timedelta:
    found = re.fullmatch(r"([+-])(\d\d)(\d\d)(\d\d)?", text)
    assert found, text
    size = dt.timedelta(hours=int(found[2]), minutes=int(found[3]), seconds=int(found[4] or 0))
    return size if found[1] == "+" else -size


def moment(found: Property, zones: dict[str, Zone]) -> dt.datetime:
    """Return a DATE-TIME as an instant, by the zones that the calendar defines."""
    if found.value.endswith("Z"):
        assert "TZID" not in found.params
        return dt.datetime.strptime(found.value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    local = dt.datetime.strptime(found.value, "%Y%m%dT%H%M%S")
    return zones[found.params["TZID"]].instant(local)


def zones_of(calendar: Component) -> dict[str, Zone]:
    """Return the zones that a calendar defines; each name once."""
    zones = [Zone(part) for part in calendar.parts("VTIMEZONE")]
    assert len({zone.name for zone in zones}) == len(zones)
    return {zone.name: zone for zone in zones}


def read_all(data: bytes) -> list[Component]:
    """Return the calendars of a file that holds several, one after the other (3.4)."""
    mark = b"END:VCALENDAR\r\n"
    *calendars, rest = data.split(mark)
    assert not rest
    return [read(each + mark) for each in calendars]
