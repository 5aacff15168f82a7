"""What holds in every timetable, a file for each rule."""

from scheduler.model.clauses.rules import capacity, orders, people, placement

RULES = (placement.add, people.add, capacity.add, orders.add)
"""Each adds its clauses to a timetable's formula; fairness is a rule of the breaks, and follows them."""
