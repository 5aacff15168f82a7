"""RC2 of PySAT on clauses in the manner of the paper's MaxSAT model, its implied constraints among them.

Variables: x(m, t), meeting m is in slot t; used(p, t), participant p is in a meeting in slot t; held(p, t), p
has been in a meeting by slot t; endHole(p, t), a break of p ends with slot t, whose absence is a soft clause.
Implied: each participant uses as many slots as they have meetings, and no slot has more than twice as many of
them as tables. Meetings that share a participant are never at once, so that the tables of a slot are counted
over participants that cover the meetings.

Of PySAT's ways to count, its SAT solvers and RC2's options, these are the ones that were fastest
(docs/benchmarks.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise
from typing import Any

from common import Given, run, tell
from pysat.card import CardEnc, EncType
from pysat.examples.rc2 import RC2
from pysat.formula import WCNF

from scheduler.benchmarking.published import FAIRNESS, Forum

SOLVER = "cadical195"
COUNTING = EncType.totalizer


class Telling(RC2):
    """RC2 that tells of each core: the cost so far is a bound."""

    told = -1

    def process_core(self) -> None:
        """Tell, and go on."""
        super().process_core()
        if self.cost > self.told:
            self.told = self.cost
            tell(None, self.cost)


class Clauses:
    """The clauses of one forum, and what its variables stand for."""

    def __init__(self, forum: Forum) -> None:
        self.forum = forum
        self.wcnf = WCNF()
        self._hard = self.wcnf.hard
        self._top = 0
        self.at = [{slot: self._new() for slot in domain} for domain in forum.domains]
        self.everyone = forum.meetings_of()
        for own in self.at:
            self._exactly_one(list(own.values()))
        self.used = [self._add_used(meetings) for meetings in self.everyone]
        groups = covering(self.everyone)
        for slot in range(forum.slots):
            self._add_tables(slot, groups)
        for first, later in forum.before:
            self._add_order(self.at[first], self.at[later])
        self._hold_together([self._add_holes(own) for own in self.used])
        self.wcnf.nv = self._top

    def _new(self) -> int:
        self._top += 1
        return self._top

    def _exactly_one(self, literals: list[int]) -> None:
        self._hard.append(literals)
        self._at_most_one(literals)

    def _at_most_one(self, literals: list[int]) -> None:
        self._hard.extend([-one, -other] for one, other in combinations(literals, 2))

    def _either(self, literals: list[int]) -> int:
        """Return a variable that is true when one of some literals is."""
        if len(literals) == 1:
            return literals[0]
        whole = self._new()
        self._hard.extend([-literal, whole] for literal in literals)
        self._hard.append([-whole, *literals])
        return whole

    def _count(self, encode: Any, literals: list[int], bound: int) -> None:
        made = encode(lits=literals, bound=bound, top_id=self._top, encoding=COUNTING)
        self._top = max(self._top, made.nv)
        self._hard.extend(made.clauses)

    def _at_most(self, literals: list[int], bound: int) -> None:
        if len(literals) > bound:
            self._count(CardEnc.atmost, literals, bound)

    def _add_used(self, meetings: list[int]) -> dict[int, int]:
        """Return the variables that say in which slots a participant is in a meeting."""
        used = {}
        for slot in range(self.forum.slots):
            if then := [self.at[m][slot] for m in meetings if slot in self.at[m]]:
                self._at_most_one(then)
                used[slot] = self._either(then)
        if len(used) < len(meetings):
            self._hard.append([])
        elif len(used) == len(meetings):
            self._hard.extend([literal] for literal in used.values())
        else:
            self._count(CardEnc.equals, list(used.values()), len(meetings))
        return used

    def _add_tables(self, slot: int, groups: list[list[int]]) -> None:
        busy = [[self.at[m][slot] for m in group if slot in self.at[m]] for group in groups]
        self._at_most([self._either(group) for group in busy if group], self.forum.tables)
        self._at_most([own[slot] for own in self.used if slot in own], 2 * self.forum.tables)

    def _add_order(self, first: dict[int, int], later: dict[int, int]) -> None:
        for slot, then in later.items():
            self._hard.append([-then, *(literal for s, literal in first.items() if s < slot)])
            self._hard.extend([-then, -literal] for s, literal in first.items() if s >= slot)

    def _add_holes(self, used: dict[int, int]) -> list[int]:
        """Return the variables that say that a break of a participant ends, each with a soft clause."""
        holes = []
        slots = sorted(used)
        held = used[slots[0]] if slots else 0
        for before, slot in pairwise(slots):
            hole = self._new()
            adjacent = before == slot - 1
            # held by the slot before the last: without a meeting in the last one, that is a break
            self._hard.append([hole, -held, -used[slot], *([used[before]] if adjacent else [])])
            self._hard.extend([[-hole, held], [-hole, used[slot]]])
            if adjacent:
                self._hard.append([-hole, -used[before]])
            holes.append(hole)
            held = self._either([held, used[slot]])
        for hole in holes:
            self.wcnf.append([-hole], weight=1)
        return holes

    def _hold_together(self, holes: Sequence[list[int]]) -> None:
        """Keep the numbers of breaks of any two participants together."""
        if min(map(len, holes)) == 0:  # somebody can have none
            for own in holes:
                self._at_most(own, FAIRNESS)
            return
        counts = [self._counted(own) for own in holes]
        for number in range(max(map(len, counts)) - FAIRNESS):
            # one more than number + FAIRNESS for somebody: more than number for everybody
            everybody = self._new()
            for count in counts:
                self._hard.append([-everybody, *count[number : number + 1]])
                self._hard.extend([-more, everybody] for more in count[number + FAIRNESS :][:1])

    def _counted(self, literals: list[int]) -> list[int]:
        """Return variables that say that at least 1, 2, ... of some literals are true."""
        count: list[int] = []
        for literal in literals:
            grown = []
            for number, enough in enumerate([*count, None]):
                both = literal if number == 0 else self._both(literal, count[number - 1])
                grown.append(both if enough is None else self._either([enough, both]))
            count = grown
        return count

    def _both(self, one: int, other: int) -> int:
        whole = self._new()
        self._hard.extend([[-whole, one], [-whole, other], [whole, -one, -other]])
        return whole


def covering(everyone: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return the meetings in groups, each of meetings of one participant; who has most left goes first."""
    left = [set(meetings) for meetings in everyone]
    groups = []
    while largest := max(left, key=len):
        group = sorted(largest)
        groups.append(group)
        for meetings in left:
            meetings.difference_update(group)
    return groups


def solve(given: Given) -> dict[str, Any]:
    """Encode and solve; the search has no limit of its own."""
    clauses = Clauses(given.forum)
    with Telling(clauses.wcnf, solver=SOLVER) as search:
        model = search.compute()
        if model is None:
            return {"status": "infeasible"}
        true = set(model)
        slots = [next(s for s, literal in own.items() if literal in true) for own in clauses.at]
        return {"status": "optimal", "value": search.cost, "bound": search.cost, "slots": slots}


if __name__ == "__main__":
    run(solve)
