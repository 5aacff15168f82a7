"""Schedules of conferences as instances: ``schedule.json`` and ``schedule.xml``, as frab and pretalx write.

The format is described by those who keep it (c3voc.de/wiki/schedule).
"""

from __future__ import annotations

from dataclasses import dataclass
from os import PathLike
from pathlib import Path as FilePath

from scheduler.domain import Instance
from scheduler.reading.conference.clashes import Clash, clashes
from scheduler.reading.conference.json_tree import json_tree
from scheduler.reading.conference.records import Conference
from scheduler.reading.conference.taking import conference_of
from scheduler.reading.conference.tree import Faults, Node
from scheduler.reading.conference.writing import well_formed, written
from scheduler.reading.conference.xml_tree import xml_tree
from scheduler.reading.errors import InputError, InputFault
from scheduler.reading.judge import judge
from scheduler.reading.text import decoded, read_text

Source = str | PathLike[str] | bytes


@dataclass(frozen=True, slots=True)
class ImportedConference:
    """A conference as an instance, and what became of its events.

    Attributes
    ----------
    instance : Instance
    read, used : int
        How many events the file has, and how many are sessions now.
    refused : tuple of InputFault
        What is wrong with the others.
    loose : tuple of InputFault
        Sessions that should be pinned and are not, because they overlap another one.
    notes : tuple of str
        What else a reader should know.
    """

    instance: Instance
    read: int
    used: int
    refused: tuple[InputFault, ...] = ()
    loose: tuple[InputFault, ...] = ()
    notes: tuple[str, ...] = ()


def load_conference(
    source: Source,
    *,
    pinned: bool = True,
    time_zone: str | None = None,
    keep_going: bool = False,
    name: str | None = None,
) -> Instance:
    """Read an instance from a conference schedule; see :func:`import_conference`."""
    return import_conference(
        source, pinned=pinned, time_zone=time_zone, keep_going=keep_going, name=name
    ).instance


def import_conference(
    source: Source,
    *,
    pinned: bool = True,
    time_zone: str | None = None,
    keep_going: bool = False,
    name: str | None = None,
) -> ImportedConference:
    """Read an instance from a conference schedule, and say what became of it.

    Each event becomes a session with its persons as speakers, in one city with one venue that has the
    conference's rooms. The city is open from the first event of a day to its last; the grid is the longest
    step, an hour at most, on which all events begin and end.

    Parameters
    ----------
    source : str, path or bytes
        A file, or what stands in one: ``schedule.json`` or ``schedule.xml``, in UTF-8.
    pinned : bool
        Whether sessions stay where and when they are; else they are free on their date.
    time_zone : str, optional
        The time zone of the conference, in the place of what the file says.
    keep_going : bool
        Whether to leave out events that cannot be used, and to leave those free that overlap another one
        in their room or of one of their people. Else all of these are errors.
    name : str, optional
        How errors name the file; not given: the path.

    Raises
    ------
    InputError
        With everything that is wrong, each thing at its file, line and column.
    """
    name = name if name is not None else "" if isinstance(source, bytes) else str(source)
    faults = Faults(name)
    text = decoded(source, name) if isinstance(source, bytes) else read_text(FilePath(source), name)
    conference = conference_of(_tree(text, faults), faults, time_zone)
    refused = tuple(_in_order(faults))
    if not conference.events:
        raise InputError([*refused, InputFault(name, 0, 0, (), None, _none_left(conference))])
    found = clashes(conference.events)
    loose = tuple(_fault(faults, clash) for clash in found) if pinned else ()
    if (refused or loose) and not keep_going:
        raise InputError(_in_order(faults))
    instance = _instance(conference, name, found if pinned else None)
    notes = tuple(_notes(conference, [] if pinned else found))
    return ImportedConference(instance, conference.read, len(conference.events), refused, loose, notes)


def _tree(text: str, faults: Faults) -> Node:
    return xml_tree(text, faults) if text.lstrip().startswith("<") else json_tree(text, faults)


def _in_order(faults: Faults) -> list[InputFault]:
    return sorted(faults.found, key=lambda fault: (fault.line, fault.column))


def _none_left(conference: Conference) -> str:
    return "has no event that can be used" if conference.read else "has no events"


def _fault(faults: Faults, clash: Clash) -> InputFault:
    return faults.at(clash.event.node, str(clash), clash.event.title)


def _instance(conference: Conference, name: str, loose: list[Clash] | None) -> Instance:
    stem = well_formed(FilePath(name).stem) or "conference"
    positions = {id(event): number for number, event in enumerate(conference.events)}
    not_pinned = None if loose is None else {positions[id(clash.event)] for clash in loose}
    instance, found = judge(written(conference, stem, not_pinned))
    if instance is None:
        raise InputError(InputFault(name, 0, 0, f.path, f.value, f.message) for f in found)
    return instance


def _notes(conference: Conference, overlapping: list[Clash]) -> list[str]:
    notes = []
    if conference.strays:
        zone, line = conference.zone.key, conference.strays[0].node.at[0]
        notes.append(
            f"{len(conference.strays)} of the times have another offset than {zone} at that time (the first "
            f"at line {line}): they were taken as the instants that they are"
        )
    if overlapping:
        notes.append(
            f"{len(overlapping)} of the events overlap another in their room or of one of their people"
        )
    return notes


__all__ = ["ImportedConference", "import_conference", "load_conference"]
