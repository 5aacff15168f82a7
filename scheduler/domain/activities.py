"""Sessions, talks and bilateral meetings, and what ties them to each other."""

import datetime as dt
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from scheduler.domain.base import Value
from scheduler.domain.ids import (
    WELL_FORMED,
    ActivityId,
    CityId,
    ParticipantId,
    PartyId,
    RoomId,
    TrackId,
    VenueId,
)
from scheduler.domain.times import Date, Duration, Moment, PositiveDuration, Window


class SessionKind(StrEnum):
    """The kinds of session."""

    INAUGURAL = "inaugural"
    CONFERENCE = "conference"
    WORKSHOP = "workshop"
    ROUNDTABLE = "roundtable"
    ROADSHOW = "roadshow"
    FIELD_VISIT = "field_visit"


class ActivityKind(StrEnum):
    """The kinds of activity, as exports name them."""

    INAUGURAL = "inaugural"
    CONFERENCE = "conference"
    WORKSHOP = "workshop"
    ROUNDTABLE = "roundtable"
    ROADSHOW = "roadshow"
    FIELD_VISIT = "field_visit"
    TALK = "talk"
    MEETING = "meeting"


class SpeakerRole(StrEnum):
    """What somebody does in a session."""

    CHAIR = "chair"
    MODERATOR = "moderator"
    SPEAKER = "speaker"


class Pin(Value):
    """What an organiser has fixed: it stays. A pinned start also makes the activity mandatory."""

    start: Moment | None = None
    room: RoomId | None = None
    table: int | None = Field(default=None, ge=1)


class Preference(Value):
    """Where and when an activity would rather be; each kind that is missed counts once."""

    windows: tuple[Window, ...] = ()
    cities: tuple[CityId, ...] = ()
    rooms: tuple[RoomId, ...] = ()


class Activity(Value):
    """Anything that is scheduled: what sessions, talks and meetings have in common."""

    id: Annotated[ActivityId, WELL_FORMED]
    title: str = ""
    duration: PositiveDuration
    dates: tuple[Date, ...] = ()
    """The only dates allowed, in the city's calendar; empty: all."""
    windows: tuple[Window, ...] = ()
    """When given, the activity lies wholly inside one of these."""
    day_part: str | None = None
    """A named window of the programme (``morning`` ...) that the activity lies wholly inside."""
    forbidden: tuple[Window, ...] = ()
    """The activity overlaps none of these."""
    pin: Pin = Pin.blank()
    prefer: Preference = Preference.blank()
    due: Moment | None = None
    """When it should have ended: every minute later is lateness."""

    @property
    def label(self) -> str:
        """The title to show."""
        return self.title or self.id


class HostedActivity(Activity):
    """An activity that takes a room or a table: a session or a meeting."""

    cities: tuple[CityId, ...] = ()
    venues: tuple[VenueId, ...] = ()
    rooms: tuple[RoomId, ...] = ()
    features: frozenset[str] = frozenset()
    """What the room must have."""
    attendance: int | None = Field(default=None, ge=1)
    """How many seats are needed; not given: everybody who is known to attend."""
    parties: tuple[PartyId, ...] = ()
    """Who must be there. A delegation that splits sends one member who fits."""
    roles: dict[PartyId, str] = {}
    """The role that the member sent by a party must have."""
    mandatory: bool = True
    priority: str = "normal"
    """What an optional activity is worth: a key of the instance's ``priorities``."""


class Speaker(Value):
    """Somebody with a role in a session, there from its start to its end."""

    participant: ParticipantId
    role: SpeakerRole = SpeakerRole.SPEAKER

    @model_validator(mode="before")
    @classmethod
    def _bare_name(cls, data: Any) -> Any:
        return {"participant": data} if isinstance(data, str) else data


class Talk(Activity):
    """One speaker's part of a session; the speaker is needed for the talk alone."""

    speaker: ParticipantId
    track: TrackId | None = None
    order: int | None = None
    """The wished place among the session's talks: a lower number comes first."""


class Session(HostedActivity):
    """An inaugural, conference, workshop, roundtable, roadshow or field visit."""

    kind: SessionKind
    speakers: tuple[Speaker, ...] = ()
    audience: tuple[PartyId, ...] = ()
    """Whose every other engagement is blocked while it runs; ``all`` names everybody."""
    interest: tuple[PartyId, ...] = ()
    """Who would like to hear it: two such sessions in parallel are charged, not forbidden."""
    track: TrackId | None = None
    talks: tuple[Talk, ...] = ()


class Meeting(HostedActivity):
    """A bilateral meeting: requested by its parties, and granted or not."""

    mandatory: bool = False
    duration: PositiveDuration = dt.timedelta(minutes=30)
    parties: tuple[PartyId, ...] = Field(min_length=2)


class Track(Value):
    """A subject whose parts should neither run in parallel nor change rooms nor lie apart."""

    id: Annotated[TrackId, WELL_FORMED]
    name: str = ""
    chairs: tuple[ParticipantId, ...] = ()
    """When given, one of them chairs each session of the track."""
    gap: Duration = dt.timedelta(minutes=30)
    """The longest pause between two parts that still follow one another."""

    @property
    def label(self) -> str:
        """The name to show."""
        return self.name or self.id


class DayRule(StrEnum):
    """How the dates of activities relate."""

    SAME = "same"
    DIFFERENT = "different"


class Precedence(Value):
    """``before`` ends before ``after`` starts, at least ``min_gap`` and at most ``max_gap`` earlier."""

    before: ActivityId
    after: ActivityId
    min_gap: Duration = dt.timedelta(0)
    max_gap: Duration | None = None

    @model_validator(mode="after")
    def _gaps_ordered(self) -> Self:
        if self.max_gap is not None and self.max_gap < self.min_gap:
            raise ValueError("`max_gap` should not be shorter than `min_gap`")
        return self


class DayRelation(Value):
    """Activities that are all on the same date, or all on different ones."""

    activities: tuple[ActivityId, ...] = Field(min_length=2)
    day: DayRule
