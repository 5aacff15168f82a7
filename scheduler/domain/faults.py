"""What cannot be said of an instance by the shape of its parts: names, cycles, lengths."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scheduler.domain.instance import Fault, Instance


def faults(instance: Instance) -> list[Fault]:
    """Return everything wrong with how an instance's parts fit together."""
    return []
