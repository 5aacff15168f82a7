"""Values -> placements: where each task is, who was chosen, which table, which interpreter."""

from __future__ import annotations

from scheduler.domain import InterpreterSeat, Placement, PoolId
from scheduler.model.engine import Values
from scheduler.model.variables import Variables
from scheduler.problem import Option, Problem
from scheduler.problem.handing_out import hand_out


def placements(problem: Problem, variables: Variables, values: Values) -> tuple[Placement, ...]:
    """Return the placements of a solution, in the order of the instance."""
    placed = [o for task in problem.tasks for o in task.options if values[variables.at(o)]]
    tables = _tables(placed, variables, values)
    seats = _interpreters(problem, variables, values)
    return tuple(
        Placement(
            activity=option.task.activity.id,
            start=problem.clock.moment(option.start, option.place.zone),
            room=option.place.room.id,
            table=tables.get(option),
            attendees=tuple(
                person.id
                for person in option.task.candidates
                if values[variables.chosen(option.task, person)]
            ),
            interpreter=seats.get(option),
        )
        for option in placed
    )


def _tables(placed: list[Option], variables: Variables, values: Values) -> dict[Option, int]:
    """Hand out tables: the decided ones, the others beside these, and then those of what is later."""
    tables = {seated.option: seated.table for seated in variables.seated if values[seated.literal]}
    for place in {option.place for option in placed if option.place.room.is_area}:
        here = [option for option in placed if option.place is place]
        seats = [seated for seated in variables.seated if seated.option.place is place]
        decided = {seated.table for seated in seats}
        among = {seated.option for seated in seats}
        numbers = range(1, (place.room.tables or 0) + 1)
        early = [option for option in here if option in among or not decided]
        tables |= hand_out((o for o in early if o not in tables), [n for n in numbers if n not in decided])
        late = [option for option in here if option not in tables]
        tables |= hand_out(late, list(numbers), {option: tables[option] for option in early})
    return tables


def _interpreters(problem: Problem, variables: Variables, values: Values) -> dict[Option, InterpreterSeat]:
    working = [i for i in variables.interpreting if values[i.literal]]
    seats = {i.option: _seat(i.pool.id, i.unit) for i in working if i.unit is not None}
    for pool in problem.instance.interpreters:
        counted = [i.option for i in working if i.pool is pool and i.unit is None]
        units = hand_out(counted, list(range(1, pool.count + 1)))
        seats |= {option: _seat(pool.id, unit) for option, unit in units.items()}
    return seats


def _seat(pool: PoolId, unit: int) -> InterpreterSeat:
    return InterpreterSeat(pool=pool, unit=unit)
