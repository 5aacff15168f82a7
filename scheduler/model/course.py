"""The course of one person's day as a path: first engagement, follow on or break, and so on to the last."""

from __future__ import annotations

from scheduler.model.logic import Literal, Logic


class Course:
    """A path through a person's day, one unit of flow in a network.

    Each start is the first one, or follows on from an end at most ``tolerance`` before it, or resumes
    after a break; each end is the last one, or is followed on from, or begins a break. For given
    engagements there is exactly one path, so breaks are counted exactly; and for one person the linear
    relaxation is tight (a network matrix is totally unimodular), which is what bounds the breaks of all.

    Attributes
    ----------
    moments : list of int
        All minutes at which an engagement may start or end.
    resumes : dict of int to Literal
        Whether a break ends with a start then.
    waits : dict of int to Literal
        Whether a break runs from the moment before to this one.
    """

    def __init__(
        self, logic: Logic, starts: dict[int, Literal], ends: dict[int, Literal], tolerance: int
    ) -> None:
        self._logic = logic
        self.moments = sorted(starts.keys() | ends.keys())
        follows = {
            (end, start): logic.literal()
            for end in ends
            for start in starts
            if end <= start <= end + tolerance
        }
        first = {start: logic.literal() for start in starts}
        earliest_end = min(ends, default=0)
        self.resumes = {start: logic.literal() for start in starts if start > earliest_end + tolerance}
        for start, literal in starts.items():
            into = [follow for (_, to), follow in follows.items() if to == start]
            resumed = [self.resumes[start]] if start in self.resumes else []
            logic.cp.add_exactly_one([~literal, first[start], *resumed, *into])
        pauses: dict[int, Literal] = {}
        for end, literal in ends.items():
            out = [follow for (came, _), follow in follows.items() if came == end]
            pauses[end] = logic.literal()
            logic.cp.add_exactly_one([~literal, logic.literal(), pauses[end], *out])
            for start in starts:
                if end <= start <= end + tolerance:
                    logic.exclusive([pauses[end], starts[start]])
        self._begin_once(first)
        self.waits = self._wait(pauses)

    def _begin_once(self, first: dict[int, Literal]) -> None:
        """Let only one start be the first, and none stand before it."""
        self._logic.exclusive(first.values())

    def _wait(self, pauses: dict[int, Literal]) -> dict[int, Literal]:
        """Let each break that begins end with the start that resumes."""
        cp, waits = self._logic.cp, {}
        waiting: Literal = self._logic.false
        for moment in self.moments:
            waits[moment] = waiting
            pause = pauses.get(moment, self._logic.false)
            resume = self.resumes.get(moment, self._logic.false)
            after = self._logic.literal()
            cp.add(waiting + pause == after + resume)
            waiting = after
        self._logic.require(~waiting)
        return waits
