"""The board: a day in a city, rooms and tables against time; or the people of a party against time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from scheduler.domain import (
    ActivityId,
    City,
    HostedActivity,
    Instance,
    ParticipantId,
    PartyId,
    Placement,
    Room,
    Solution,
    Talk,
    is_mandatory,
    kind_of,
)
from scheduler.domain.times import UTC, later
from scheduler.exports import Agendas
from scheduler.exports.entries import TRAVEL, Entry
from scheduler.exports.site import words
from scheduler.exports.views import By, View, label_of, view_of_party, views

MEETING = "meeting"
_MOST_SPARE = 2
"""So many tables that nobody uses are shown of an area."""
Entries = Mapping[ParticipantId, Sequence[Entry]]
"""What each person does."""
MOST_ROWS = 96
"""The most rows that a card is drawn over."""


@dataclass(frozen=True, slots=True)
class DayTab:
    """A day in a city that has a board."""

    city: City
    date: dt.date
    key: str

    @property
    def label(self) -> str:
        """What it is called."""
        return f"{words.short_date(self.date)}, {self.city.label}"


@dataclass(frozen=True, slots=True)
class Column:
    """A room, a table or a person.

    Attributes
    ----------
    key : str
        Tells columns apart.
    room : str
        The id of the room; empty for a person.
    table : int or None
    """

    key: str
    label: str
    room: str = ""
    table: int | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """What stands over one column or over all tables of an area."""

    label: str
    more: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """Something on the board, or in the tray beside it.

    Attributes
    ----------
    rows : int
        Over how many rows it is drawn.
    after : str
        What of its time does not fit into the row: when it begins, in minutes.
    reason : str
        In the tray: why it has no place.
    pinned : bool
        Whether the programme, or somebody's hand, holds it where it is.
    """

    activity: str
    kind: str
    kind_words: str
    title: str
    time: str
    more: str
    rows: int = 1
    pinned: bool = False
    mandatory: bool = False
    priority: str = ""
    reason: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A row in a column, and the cards that begin in it."""

    column: Column
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A step of the grid."""

    start: dt.datetime
    open: bool
    whole: bool
    """Whether an hour begins."""
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """Columns against time."""

    heads: tuple[Head, ...]
    rows: tuple[Row, ...]

    @property
    def columns(self) -> tuple[Column, ...]:
        """All columns."""
        return tuple(column for head in self.heads for column in head.columns)

    @property
    def kinds(self) -> tuple[tuple[str, str], ...]:
        """The kinds of what is on it, with their words."""
        cards = (card for row in self.rows for cell in row.cells for card in cell.cards)
        return tuple(sorted({(card.kind, card.kind_words) for card in cards}))

    @property
    def split(self) -> bool:
        """Whether some columns are tables of one area."""
        return any(len(head.columns) > 1 or head.columns[0].table for head in self.heads)


class Boards:
    """The boards of one schedule.

    Parameters
    ----------
    instance : Instance
    solution : Solution
    pinned : iterable of ActivityId
        What somebody's hand has pinned, besides what the programme pins.
    """

    def __init__(self, instance: Instance, solution: Solution, pinned: Iterable[ActivityId] = ()) -> None:
        self.instance = instance
        self.solution = solution
        self._pinned = frozenset(pinned)
        self._step = instance.programme.grid
        self._zones = instance.zones

    # -- days ------------------------------------------------------------------------------------

    @property
    def days(self) -> tuple[DayTab, ...]:
        """Every day in every city, by date."""
        found: dict[tuple[dt.date, str], City] = {}
        for city in self.instance.cities:
            found |= {(opening.date, city.id): city for opening in city.opening}
        for placement in self._hosted():
            city = self.instance.city_of(placement.room)
            found[placement.start.astimezone(city.zone).date(), city.id] = city
        order: dict[str, int] = {city.id: number for number, city in enumerate(self.instance.cities)}
        keys = sorted(found, key=lambda each: (each[0], order[each[1]]))
        return tuple(DayTab(found[key], key[0], f"{key[0].isoformat()}-{key[1]}") for key in keys)

    def day(self, key: str) -> DayTab | None:
        """Return a day by its key; the first one with anything on it if there is none of that key."""
        days = self.days
        named = next((day for day in days if day.key == key), None)
        if named is not None or not days:
            return named
        used = {self._key_of(placement) for placement in self._hosted()}
        return next((day for day in days if day.key in used), days[0])

    def _key_of(self, placement: Placement) -> str:
        city = self.instance.city_of(placement.room)
        return f"{placement.start.astimezone(city.zone).date().isoformat()}-{city.id}"

    def _hosted(self) -> Iterator[Placement]:
        """Yield what has a card of its own: placed sessions and meetings that are known, in known rooms."""
        for placement in self.solution.placements:
            if not (
                self.instance.has_activity(placement.activity) and self.instance.has_room(placement.room)
            ):
                continue
            if not isinstance(self.instance.activity(placement.activity), Talk):
                yield placement

    # -- rooms against time ----------------------------------------------------------------------

    def rooms(self, day: DayTab) -> Board:
        """Return the rooms and tables of a city on a day, against time."""
        here = [p for p in self._hosted() if self._key_of(p) == day.key]
        heads = tuple(
            self._head(room, venue.label, here) for venue in day.city.venues for room in venue.rooms
        )
        columns = {(c.room, c.table): c.key for head in heads for c in head.columns}
        cards: dict[tuple[str, dt.datetime], list[Card]] = {}
        starts = self._steps(day, [self._span(p) for p in here])
        for placement in here:
            key = columns.get((placement.room, placement.table)) or f"{placement.room}-0"
            row = _row_of(starts, placement.start.astimezone(UTC))
            cards.setdefault((key, row), []).append(self._card(placement))
        return Board(heads, tuple(self._rows(starts, day, heads, cards)))

    def _head(self, room: Room, venue: str, here: Sequence[Placement]) -> Head:
        if room.tables is None:
            return Head(room.label, venue, (Column(f"{room.id}-0", room.label, room.id),))
        used = max((p.table or 0 for p in here if p.room == room.id), default=0)
        shown = min(room.tables, used + _MOST_SPARE)
        tables = tuple(Column(f"{room.id}-{n}", f"Table {n}", room.id, n) for n in range(1, shown + 1))
        return Head(room.label, f"{venue}, {words.counted(room.tables, 'table')}", tables)

    def _steps(self, day: DayTab, spans: Sequence[tuple[dt.datetime, dt.datetime]]) -> list[dt.datetime]:
        """Return the steps of the grid from the first to the last moment of a day, in UTC."""
        opening = [o.instants(day.city.zone) for o in day.city.opening if o.date == day.date]
        moments = [(start.astimezone(UTC), end.astimezone(UTC)) for start, end in (*opening, *spans)]
        if not moments:
            return []
        at = self._floor(min(start for start, _ in moments), day.city.zone)
        end = max(end for _, end in moments)
        steps = []
        while at < end:
            steps.append(at)
            at = later(at, self._step)
        return steps

    def _floor(self, moment: dt.datetime, zone: ZoneInfo) -> dt.datetime:
        local = moment.astimezone(zone)
        past = dt.timedelta(hours=local.hour, minutes=local.minute) % self._step
        return moment - past

    def _span(self, placement: Placement) -> tuple[dt.datetime, dt.datetime]:
        start = placement.start.astimezone(UTC)
        return start, later(start, self.instance.activity(placement.activity).duration)

    def _rows(
        self,
        starts: Sequence[dt.datetime],
        day: DayTab,
        heads: Sequence[Head],
        cards: dict[tuple[str, dt.datetime], list[Card]],
    ) -> Iterator[Row]:
        opening = [
            tuple(each.astimezone(UTC) for each in o.instants(day.city.zone))
            for o in day.city.opening
            if o.date == day.date
        ]
        columns = [column for head in heads for column in head.columns]
        for start in starts:
            local = start.astimezone(day.city.zone)
            cells = tuple(Cell(c, tuple(cards.get((c.key, start), ()))) for c in columns)
            opened = any(first <= start < last for first, last in opening)
            yield Row(local, opened, local.minute == 0, cells)

    # -- cards -----------------------------------------------------------------------------------

    def _card(self, placement: Placement) -> Card:
        activity = self.instance.activity(placement.activity)
        zone = self._zones[self.instance.city_of(placement.room).id]
        start, end = (moment.astimezone(zone) for moment in self._span(placement))
        made = self.card_of(activity.id)
        more = [made.more] if made.kind == MEETING and made.more else []
        more += [self.instance.party_label(PartyId(each)) for each in placement.attendees]
        if placement.interpreter is not None:
            more.append(f"interpreter {placement.interpreter.pool} {placement.interpreter.unit}")
        pin = activity.pin
        return Card(
            activity=activity.id,
            kind=made.kind,
            kind_words=made.kind_words,
            title=made.title,
            time=f"{start:%H:%M}\u2013{end:%H:%M}",
            more=", ".join(more),
            rows=self._length(activity.duration),
            pinned=activity.id in self._pinned or pin.start is not None or pin.room is not None,
            mandatory=made.mandatory,
            href=f"?day={self._key_of(placement)}#a-{activity.id}",
        )

    def card_of(self, activity: ActivityId) -> Card:
        """Return the card of something wherever it is."""
        found = self.instance.activity(activity)
        kind = kind_of(found).value
        parties = found.parties if isinstance(found, HostedActivity) else ()
        between = " \u2013 ".join(self.instance.party_label(party) for party in parties)
        title, more = (between, found.title) if kind == MEETING else (found.title, between)
        return Card(
            activity=activity,
            kind=kind,
            kind_words=kind.replace("_", " "),
            title=title or activity,
            time=words.counted(int(found.duration.total_seconds() // 60), "minute"),
            more=more,
            rows=self._length(found.duration),
            mandatory=is_mandatory(found),
            priority=found.priority if isinstance(found, HostedActivity) else "",
        )

    def _length(self, duration: dt.timedelta) -> int:
        return min(MOST_ROWS, max(1, -(-duration // self._step)))

    def tray(self) -> tuple[Card, ...]:
        """Return what has no place, with the reasons."""
        placed = {placement.activity for placement in self.solution.placements}
        reasons = {item.activity: item.reason for item in self.solution.unscheduled}
        hosted: tuple[HostedActivity, ...] = (*self.instance.sessions, *self.instance.meetings)
        return tuple(
            _with_reason(self.card_of(activity.id), reasons.get(activity.id, ""))
            for activity in hosted
            if activity.id not in placed
        )

    # -- people against time ---------------------------------------------------------------------

    def parties(self) -> tuple[tuple[str, str], ...]:
        """Return every delegation, and everybody else who has no delegation, with their names."""
        groups = [(view.id, label_of(self.instance, view)) for view in views(self.instance, By.DELEGATION)]
        alone = [(p.id, p.name) for p in self.instance.people if p.id not in dict(groups)]
        return (*groups, *alone)

    def people(self, party: PartyId) -> tuple[tuple[DayTab, Board], ...]:
        """Return the days of a party, its people against time.

        Raises
        ------
        ValueError
            If there is no such party.
        """
        view_of_party(self.instance, party)
        agendas = Agendas(self.instance, self.solution)
        people = self.instance.people_of(party)
        entries = {p.id: agendas.of(View(By.PARTICIPANT, p.id)).entries for p in people}
        used = {self._entry_day(e) for found in entries.values() for e in found if e.kind != TRAVEL}
        heads = tuple(Head(p.name, "", (Column(p.id, p.name),)) for p in people)
        return tuple((day, self._people_on(day, heads, entries)) for day in self.days if day.key in used)

    def _people_on(self, day: DayTab, heads: tuple[Head, ...], entries: Entries) -> Board:
        here = [
            (person, entry)
            for person, found in entries.items()
            for entry in found
            if entry.kind != TRAVEL and self._entry_day(entry) == day.key
        ]
        starts = self._steps(day, [(e.start.astimezone(UTC), e.end.astimezone(UTC)) for _, e in here])
        cards: dict[tuple[str, dt.datetime], list[Card]] = {}
        for person, entry in here:
            row = _row_of(starts, entry.start.astimezone(UTC))
            cards.setdefault((person, row), []).append(self._entry_card(entry))
        return Board(heads, tuple(self._rows(starts, day, heads, cards)))

    def _entry_day(self, entry: Entry) -> str:
        return f"{entry.start.date().isoformat()}-{entry.place.city.id}"

    def _entry_card(self, entry: Entry) -> Card:
        made = self.card_of(ActivityId(entry.id))
        room = entry.place.room.label if entry.place.room else ""
        table = f", table {entry.place.table}" if entry.place.table else ""
        return Card(
            activity=entry.id,
            kind=made.kind,
            kind_words=made.kind_words,
            title=made.title,
            time=f"{entry.start:%H:%M}\u2013{entry.end:%H:%M}",
            more=f"{room}{table}",
            rows=self._length(entry.end - entry.start),
            href=f"?day={self._entry_day(entry)}#a-{entry.id}",
        )


def _row_of(starts: Sequence[dt.datetime], moment: dt.datetime) -> dt.datetime:
    """Return the last step that is not after a moment."""
    return max((start for start in starts if start <= moment), default=starts[0] if starts else moment)


def _with_reason(card: Card, reason: str) -> Card:
    from dataclasses import replace

    return replace(card, reason=reason)
