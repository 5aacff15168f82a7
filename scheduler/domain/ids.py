"""Identifiers: one type for each kind of thing, so that a type checker keeps them apart.

At run time each is a string. Where a thing is *defined* its id must be well formed
(:data:`WELL_FORMED`); where it is *named*, the instance checks that it exists.
"""

from __future__ import annotations

from typing import NewType

from pydantic import StringConstraints

ProgrammeId = NewType("ProgrammeId", str)
CityId = NewType("CityId", str)
VenueId = NewType("VenueId", str)
RoomId = NewType("RoomId", str)
PartyId = NewType("PartyId", str)
"""A participant's or a delegation's id: the two share one space of names."""
ParticipantId = NewType("ParticipantId", PartyId)
ActivityId = NewType("ActivityId", str)
"""A session's, a talk's or a meeting's id: the three share one space of names."""
TrackId = NewType("TrackId", str)
PoolId = NewType("PoolId", str)
LinkId = NewType("LinkId", str)

WELL_FORMED = StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=80)
"""Ids stand in file names and in lists joined with ``;``: letters, digits, ``.``, ``_`` and ``-``."""
