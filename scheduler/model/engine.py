"""Running a model with CP-SAT: one configuration, one objective, one outcome."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, NamedTuple

from ortools.sat.python import cp_model

from scheduler.model.logic import Linear, Literal, Variable

CpModel = cp_model.CpModel

"""Called with the incumbent's value (None before the first) and the proven bound."""

_POLL_SECONDS = 0.05
_ABANDON_SECONDS = 2.0


class EngineStatus(Enum):
    """What one run has shown."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Configuration:
    """How CP-SAT searches.

    Attributes
    ----------
    workers : int
    seed : int
    second_opinion : bool
        Search in another way: one worker, no presolve, no symmetry detection. Wrong answers reported of
        OR-Tools 9.15 came with presolve and many workers (google/or-tools issues 5274, 5293, 5295).
    relaxation : bool
        Whether a second opinion uses linear relaxations; without them it differs even more, and is often
        quicker, but sums of many literals may be beyond it.
    strong : bool
        Relax all constraints, not only those that are cheap: what is about counting is refuted soonest so.
    hinted : bool
        Keep every hinted variable at its hint, and only work out the others.
    deterministic : bool
        Limits count deterministic time; the same seed gives the same run.
    clauses : bool
        The model is of clauses alone: search as a SAT solver does, and raise the bound by cores.
    linear : bool
        One worker, with all that the linear relaxation has to offer: for models in which nearly everything
        asked for can be had at once.
    """

    workers: int
    seed: int = 0
    second_opinion: bool = False
    relaxation: bool = True
    strong: bool = False
    hinted: bool = False
    deterministic: bool = False
    clauses: bool = False
    linear: bool = False


class Values:
    """The values of a model's variables in one solution."""

    def __init__(self, values: Sequence[int]) -> None:
        self._values = values

    def __getitem__(self, literal: Literal) -> bool:
        return bool(self._number(literal))

    def _number(self, variable: Variable) -> int:
        index = variable.index
        return self._values[index] if index >= 0 else 1 - self._values[-index - 1]

    @property
    def true(self) -> list[int]:
        """The positions of the variables that are not 0."""
        return [position for position, value in enumerate(self._values) if value]

    def value(self, cost: Linear) -> int:
        """Return the value of a sum."""
        return cost.constant + sum(
            weight * self._number(variable)
            for variable, weight in zip(cost.variables, cost.weights, strict=True)
        )

    def knows(self, cost: Linear) -> bool:
        """Return whether the solution has all variables of a sum: it may be from before they were made."""
        return all(max(v.index, -v.index - 1) < len(self._values) for v in cost.variables)

    def hint(self, model: cp_model.CpModel) -> None:
        """Give the solution to a model as its hint, in place of any other."""
        model.clear_hints()  # type: ignore[no-untyped-call]
        hint = model.proto.solution_hint
        hint.vars.extend(range(len(self._values)))
        hint.values.extend(self._values)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one run has shown.

    Attributes
    ----------
    value, bound : int or None
        The objective of the best solution, and its proven lower bound; None without.
    values : Values or None
        The best solution.
    seconds : float
    effort : float
        CP-SAT's deterministic time: a count of steps that is the same on every machine.
    log : str
        CP-SAT's statistics.
    core : tuple of int
        Of a model with assumptions that is infeasible: indices of some that suffice for that.
    """

    status: EngineStatus
    value: int | None
    bound: int | None
    values: Values | None
    seconds: float
    effort: float
    log: str
    core: tuple[int, ...] = ()


class Incumbent(NamedTuple):
    """What a run has found and shown by some moment.

    Attributes
    ----------
    value : int or None
        The objective of the best solution; None before the first.
    bound : int
        Proven lower bound.
    values : Values or None
        The best solution, where it is new.
    """

    value: int | None
    bound: int
    values: Values | None = None


IncumbentListener = Callable[[Incumbent], None]


class _Listener(cp_model.CpSolverSolutionCallback):
    """Keeps the incumbent and the bound, and tells both to whoever listens."""

    def __init__(self, tell: IncumbentListener | None) -> None:
        super().__init__()
        self._tell = tell
        self._value: int | None = None
        self._bound: int | None = None
        self._lock = threading.Lock()

    def on_solution_callback(self) -> None:
        """Note a new incumbent."""
        self.note(round(self.objective_value), round(self.best_objective_bound), self._values)

    def on_bound(self, bound: float) -> None:
        """Note a new bound."""
        self.note(None, round(bound))

    def _values(self) -> Values:
        return Values(list(self.response_proto.solution))

    def note(self, value: int | None, bound: int, values: Callable[[], Values] | None = None) -> None:
        """Pass on what is better than what is known (news of several threads may come in any order)."""
        with self._lock:
            known = (self._value, self._bound)
            is_better = value is not None and (self._value is None or value < self._value)
            if is_better:
                self._value = value
            self._bound = bound if self._bound is None else max(bound, self._bound)
            if self._tell is not None and known != (self._value, self._bound):
                new = values() if values is not None and is_better else None
                self._tell(Incumbent(self._value, self._bound, new))


def run(
    model: cp_model.CpModel,
    objective: Linear | None,
    configuration: Configuration,
    *,
    limit: float | None = None,
    tell: IncumbentListener | None = None,
    stop: threading.Event | None = None,
) -> Outcome:
    """Minimise an objective (or find any solution) and return what was shown.

    Parameters
    ----------
    limit : float or None
        Seconds (deterministic ones, if so configured).
    stop : threading.Event or None
        Ends the run soon after it is set; the best solution so far is returned.
    """
    model.clear_objective()  # type: ignore[no-untyped-call]
    if objective is not None and not objective.is_constant:
        model.minimize(objective.expression())
    solver = _solver(configuration, limit)
    listener = _Listener(tell)
    solver.best_bound_callback = listener.on_bound
    began = time.perf_counter()
    status = _solve_in_thread(solver, model, listener, stop)
    seconds = time.perf_counter() - began
    return _outcome(solver, status, objective, seconds)


def _solver(configuration: Configuration, limit: float | None) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.num_workers = configuration.workers
    parameters.random_seed = configuration.seed
    parameters.catch_sigint_signal = False
    if configuration.second_opinion:
        parameters.num_workers = 1
        parameters.cp_model_presolve = False
        parameters.symmetry_level = 0
        parameters.linearization_level = 1 if configuration.relaxation else 0
    if configuration.strong:
        parameters.linearization_level = 2
    if configuration.hinted:
        parameters.num_workers = 1
        parameters.fix_variables_to_their_hinted_value = True
    if configuration.clauses:
        _as_sat_solver(parameters)
    if configuration.linear:
        parameters.num_workers = 1
        parameters.linearization_level = 2
    if limit is not None and configuration.deterministic:
        parameters.max_deterministic_time = limit
    elif limit is not None:
        parameters.max_time_in_seconds = limit
    return solver


def _as_sat_solver(parameters: Any) -> None:
    """Leave out what only costs time where all is clauses (measured: docs/model.md)."""
    parameters.num_workers = 1
    parameters.cp_model_presolve = False
    parameters.symmetry_level = 0
    parameters.linearization_level = 0
    parameters.optimize_with_core = True


def _solve_in_thread(
    solver: cp_model.CpSolver, model: cp_model.CpModel, listener: _Listener, stop: threading.Event | None
) -> int:
    """Solve in a thread of its own, so that this one can still take a Ctrl-C."""
    ended: list[int] = []
    failed: list[BaseException] = []

    def work() -> None:
        try:
            ended.append(int(solver.solve(model, listener)))
        except BaseException as error:  # handed on to the caller below
            failed.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        while thread.is_alive():
            thread.join(_POLL_SECONDS)
            if stop is not None and stop.is_set():
                solver.stop_search()
    except BaseException:  # such as a Ctrl-C that nobody turns into ``stop``: leave no search behind
        _abandon(solver, thread)
        raise
    if failed:
        raise failed[0]
    return ended[0]


def _abandon(solver: cp_model.CpSolver, thread: threading.Thread) -> None:
    """Stop a run that nobody waits for any more; not for long, should it not come to an end."""
    deadline = time.perf_counter() + _ABANDON_SECONDS
    while thread.is_alive() and time.perf_counter() < deadline:
        solver.stop_search()
        thread.join(_POLL_SECONDS)


def _outcome(solver: cp_model.CpSolver, status: int, objective: Linear | None, seconds: float) -> Outcome:
    if status == int(cp_model.MODEL_INVALID):
        raise AssertionError(f"CP-SAT refuses the model: {solver.response_proto.solution_info}")
    log, effort = solver.response_stats(), solver.response_proto.deterministic_time
    if status == int(cp_model.INFEASIBLE):
        core = tuple(solver.response_proto.sufficient_assumptions_for_infeasibility)
        return Outcome(EngineStatus.INFEASIBLE, None, None, None, seconds, effort, log, core)
    constant = objective is None or objective.is_constant
    if status == int(cp_model.UNKNOWN):
        bound = None if constant else round(solver.best_objective_bound)
        return Outcome(EngineStatus.UNKNOWN, None, bound, None, seconds, effort, log)
    values = Values(list(solver.response_proto.solution))
    if constant:
        value = objective.constant if objective is not None else 0
        return Outcome(EngineStatus.OPTIMAL, value, value, values, seconds, effort, log)
    proven = status == int(cp_model.OPTIMAL)
    value, bound = round(solver.objective_value), round(solver.best_objective_bound)
    found = EngineStatus.OPTIMAL if proven else EngineStatus.FEASIBLE
    return Outcome(found, value, bound, values, seconds, effort, log)
