"""An instance file that changes another one: ``base: other.yaml`` and ``changes:``.

Its base is read first, with its tables (and its own base, where it is an overlay too); then what it removes
is taken away, and what it changes is merged in.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from scheduler.domain.faults.spelling import hint
from scheduler.reading.beside import Beside, is_inside
from scheduler.reading.errors import InputError, InputFault, Path
from scheduler.reading.judge import Losses, zone_of
from scheduler.reading.layers import BASE, CHANGES, File, Layer, read
from scheduler.reading.merging import Merger
from scheduler.reading.messages import Finding
from scheduler.reading.origins import Below, Origin, Origins, YamlOrigin
from scheduler.reading.removing import KINDS, Part, fallen, wanted, without
from scheduler.reading.traces import Merged, Removed, Trace
from scheduler.reading.yaml_data import Parsed

MOST_LAYERS = 16
"""So many files may change one another, one above the other."""

REMOVE = "remove"


@dataclass
class Overlay:
    """An overlay as it is read.

    Attributes
    ----------
    file : File
    text : str
    parsed : Parsed
    main : Origin
        Of the whole file.
    faults : list of InputFault
        What is wrong so far.
    """

    file: File
    text: str
    parsed: Parsed
    main: Origin
    faults: list[InputFault] = field(default_factory=list)

    def layer(self) -> Layer:
        """Return the base with the changes merged in."""
        said = self.parsed.data
        assert isinstance(said, dict)
        self.faults += self.parsed.faults
        for key in said:
            if key not in (BASE, CHANGES):
                near = hint(key, (BASE, CHANGES)) or f": what differs from the base stands under `{CHANGES}`"
                self._find(Finding((key,), key, f"is no key beside `{BASE}`{near}", of_key=True))
        changes = self._changes(said)
        try:
            base = self._base(said)
        except InputError as error:
            raise InputError([*self.faults, *error.faults]) from None
        return self._merged(base, changes)

    def _find(self, finding: Finding) -> None:
        self.faults += self.main.located([finding])

    # -- the file's own keys -------------------------------------------------------------------------

    def _changes(self, said: Mapping[str, Any]) -> dict[str, Any]:
        if CHANGES not in said:
            self._find(Finding((CHANGES,), None, f"is missing: it says what differs from the `{BASE}`"))
        elif isinstance(said[CHANGES], dict):
            return dict(said[CHANGES])
        else:
            example = "{meetings: [{id: m1, duration: 1h}], remove: {meetings: [m2]}}"
            self._find(Finding((CHANGES,), said[CHANGES], f"should be a mapping, such as {example}"))
        return {}

    def _base(self, said: Mapping[str, Any]) -> Layer:
        """Return the base, read.

        Raises
        ------
        InputError
            If there is none that can be read.
        """
        named = said.get(BASE)
        message = self._refused(named)
        if message:
            missing = BASE not in said
            raise InputError(self.main.located([Finding((BASE,), None if missing else named, message)]))
        path = _plain(self.file.path.parent / str(named))
        above = (*self.file.above, self.file.path.resolve())
        try:
            return read(File(path, str(path), self.file.root, above))
        except InputError as error:
            raise InputError(self._placed(str(named), str(path), error)) from None

    def _refused(self, named: object) -> str | None:
        """Return why what is named cannot be a base, or None."""
        folder, root = self.file.path.parent, self.file.root
        if not isinstance(named, str) or not named.strip():
            return (
                "is missing: `changes` needs a file that is changed" if named is None else "should be a file"
            )
        if FilePath(named).is_absolute():
            return "should be relative to the folder of this file"
        if root is not None and not is_inside(folder / named, root):
            return "leads out of the folder of this file"
        return self._goes_round(folder / named)

    def _goes_round(self, path: FilePath) -> str | None:
        layers = [*self.file.above, self.file.path.resolve()]
        try:
            target = path.resolve()
        except (OSError, ValueError, RuntimeError):
            return "cannot be read"
        if target in layers:
            return (
                "leads back to this file" if target == layers[-1] else "leads back to a file that it changes"
            )
        if len(layers) > MOST_LAYERS:
            return f"is one layer too many: at most {MOST_LAYERS} files change one another"
        return None

    def _placed(self, named: str, path: str, error: InputError) -> list[InputFault]:
        """Return what is wrong with the base; what is wrong with all of it is said where it is named."""
        return [
            fault
            if fault.line or fault.file != path
            else self.main.located([Finding((BASE,), named, fault.message)])[0]
            for fault in error.faults
        ]

    # -- base and changes ----------------------------------------------------------------------------

    def _merged(self, base: Layer, changes: dict[str, Any]) -> Layer:
        parts = Origins(YamlOrigin(self.file.name, self.text, (CHANGES,)))
        own = Below(parts, CHANGES)
        removal = changes.pop(REMOVE, {})
        if "availability" in changes:
            message = "is for a whole instance: here write arrival, departure and `+absences` of each party"
            self._find(Finding((CHANGES, "availability"), None, message, of_key=True))
            del changes["availability"]
        beside = Beside(
            self.file.path.parent,
            changes,
            parts,
            confined=self.file.root is not None,
            zone=zone_of(base.data),
        )
        for fault in beside.faults:
            here = fault.file == self.file.name
            self.faults.append(fault._replace(path=(CHANGES, *fault.path)) if here else fault)
        unread = base.losses.keys | base.losses.partly
        gone, removed = self._removed(removal, base, unread)
        whole = without(Part(base.data, Trace(base.origin, ())), gone, Trace(self.main, (CHANGES, REMOVE)))
        merger = Merger(own, gone, unread)
        kept = {
            key: value for key, value in beside.data.items() if key.removeprefix("+") not in base.losses.keys
        }
        whole = merger.merged(whole, kept)
        self.faults += own.located(merger.found)
        merged = Merged(whole.trace, whole.data, removed)
        ours = {path[1:] for path in self.parsed.refused if path[:1] == (CHANGES,)}
        losses = Losses(
            base.losses.keys | beside.lost,
            frozenset(merged.moved(base.origin, base.losses.places) | merged.moved(own, ours)),
            base.losses.partly | beside.partly,
        )
        return Layer(whole.data, merged, losses, (*base.faults, *self.faults))

    def _removed(
        self, removal: object, base: Layer, unread: frozenset[str]
    ) -> tuple[dict[str, set[str]], dict[tuple[str, str], Removed]]:
        """Return the ids that fall away, for each list, and where that is said, for each kind of name."""
        at: Path = (CHANGES, REMOVE)
        names, found = wanted(removal, base.data, lambda key: key in unread)
        self.faults += self.main.located([each._replace(path=(*at, *each.path)) for each in found])
        gone: dict[str, set[str]] = {part: set() for part in KINDS}
        removed: dict[tuple[str, str], Removed] = {}
        said = [(part, name, i) for part, ids in names.items() for name, i in ids.items()]
        places = self.main.located([Finding((*at, part, i), None, "") for part, _, i in said])
        for (part, name, _), place in zip(said, places, strict=True):
            for inner, each in fallen(part, name, base.data):
                gone[inner].add(each)
                here = Removed(inner, f"{place.file}:{place.line}")
                removed |= {(kind, each): here for kind in KINDS[inner]}
        return gone, removed


def _plain(path: FilePath) -> FilePath:
    """Return a path without its detours (``a/../b``), where that leads to the same file."""
    plain = FilePath(os.path.normpath(path))
    try:
        return plain if plain.resolve() == path.resolve() else path
    except (OSError, ValueError, RuntimeError):
        return path
