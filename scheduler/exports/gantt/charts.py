"""All pictures of a schedule by what they are made for."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain import Instance, Solution
from scheduler.exports.agenda import Agendas
from scheduler.exports.gantt.chart import Chart
from scheduler.exports.gantt.people import People
from scheduler.exports.gantt.places import Places
from scheduler.exports.views import By


def charts_of(instance: Instance, solution: Solution, by: By) -> Iterator[Chart]:
    """Yield the pictures of a kind: of places against time, or of people's days.

    Raises
    ------
    ValueError
        If the solution does not speak of this instance.
    """
    agendas = Agendas(instance, solution)
    maker = People(agendas) if by in (By.DELEGATION, By.PARTICIPANT) else Places(agendas)
    return maker.charts(by)
