"""All requirements of an instance, and the instance with only some of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from copy import copy
from functools import cached_property

from scheduler.domain import FairnessBound, Instance
from scheduler.explain.requirements.activities import of_activities
from scheduler.explain.requirements.base import FAIRNESS, Key, Requirement
from scheduler.explain.requirements.limits import of_limits
from scheduler.explain.requirements.loads import of_loads, of_quotas
from scheduler.explain.requirements.loosening import lean, tidied
from scheduler.explain.requirements.people import of_people
from scheduler.explain.requirements.places import of_places
from scheduler.explain.requirements.plain import plain
from scheduler.explain.requirements.rewriting import Edit, put, rewritten
from scheduler.explain.requirements.scope import Scope
from scheduler.explain.requirements.ways import of_ways


class Requirements:
    """What the organiser wrote of a programme and could take back.

    Parameters
    ----------
    instance : Instance

    Attributes
    ----------
    all : tuple of Requirement
        Every one that can be part of a conflict.
    """

    def __init__(self, instance: Instance) -> None:
        self._eased: tuple[Edit, ...] = ()
        self._gone: frozenset[Key] = frozenset()
        self._instance = instance
        self._plain = plain(instance)
        scope = Scope(self._plain)
        self.all: tuple[Requirement, ...] = (
            *of_activities(scope),
            *of_people(scope),
            *of_loads(Scope(instance)),
            *of_quotas(scope),
            *of_places(scope),
            *of_ways(scope),
            *of_limits(scope),
        )

    @cached_property
    def bounds(self) -> tuple[Requirement, ...]:
        """The bounds of fairness."""
        return tuple(requirement for requirement in self.all if requirement.kind in FAIRNESS)

    @cached_property
    def unbound(self) -> Requirements:
        """The requirements without bounds of fairness: then more can be taken back one by one."""
        if not self.bounds:
            return self
        unbound = Requirements(rewritten(self._instance, [put(("fairness",), FairnessBound())]))
        return unbound._with(self._eased, self._gone)

    def eased(self, edits: Iterable[Edit], gone: Iterable[Requirement]) -> Requirements:
        """Return the requirements after some were eased, and others given up for good.

        Parameters
        ----------
        edits : iterable of Edit
            What eases them, in the instance in plain form; with none of them more is asked than before.
        gone : iterable of Requirement
        """
        gone = tuple(gone)
        always = (*edits, *(edit for requirement in gone for edit in requirement.edits))
        return self._with(always, frozenset(requirement.key for requirement in gone))

    def _with(self, edits: tuple[Edit, ...], gone: frozenset[Key]) -> Requirements:
        eased = copy(self)
        eased.__dict__.pop("unbound", None)
        eased.__dict__.pop("bounds", None)
        eased._eased, eased._gone = edits, gone
        eased.all = tuple(requirement for requirement in self.all if requirement.key not in gone)
        return eased

    def keeping(self, kept: Collection[Requirement]) -> Instance:
        """Return the instance without all other requirements.

        What leaves a schedule goes on leaving one when fewer requirements are kept.
        """
        whose = self._whose(kept)
        return tidied(whose._instance, whose._rest(kept))

    def needed(self, kept: Collection[Requirement]) -> Instance:
        """Return :meth:`keeping`, less what makes no difference to whether there is a schedule."""
        whose = self._whose(kept)
        return tidied(whose._instance, lean(whose._rest(kept)))

    def _whose(self, kept: Collection[Requirement]) -> Requirements:
        return self if any(requirement.kind in FAIRNESS for requirement in kept) else self.unbound

    def _rest(self, kept: Collection[Requirement]) -> Instance:
        keys = {requirement.key for requirement in kept}
        dropped = [requirement for requirement in self.all if requirement.key not in keys]
        edits = [edit for requirement in dropped for edit in requirement.edits]
        return rewritten(self._plain, [*self._eased, *edits])


def requirements(instance: Instance) -> tuple[Requirement, ...]:
    """Return what the organiser wrote and could take back, in the order of kinds and of the instance.

    What concerns only activities that need not take place is left out where no bound of fairness is set: it
    can be in nobody's way. What nobody could take back is no requirement: that a person is in one place at a
    time, that a room holds one session at a time, who meets whom and for how long, the dates and the grid.
    """
    return Requirements(instance).all


def keeping(instance: Instance, kept: Collection[Requirement]) -> Instance:
    """Return an instance without all requirements but some of its own."""
    return Requirements(instance).keeping(kept)
