"""Numbers with their units, as a reader says them."""

from __future__ import annotations

from scheduler.exports.in_words import percent
from scheduler.reporting.indicators import share


def hours(minutes: float) -> str:
    """Return minutes as ``45 min``, ``2 h``, ``1 h 30 min``; from a hundred hours on, whole hours."""
    whole = round(minutes)
    if whole >= 100 * 60:
        return f"{round(whole / 60):,} h".replace(",", "\N{NARROW NO-BREAK SPACE}")
    full, rest = divmod(whole, 60)
    parts = ([f"{full} h"] if full else []) + ([f"{rest} min"] if rest or not full else [])
    return " ".join(parts)


def decimal(value: float) -> str:
    """Return a number with one decimal, if that says anything."""
    return f"{value:.1f}".removesuffix(".0")


def of(part: int, whole: int) -> str:
    """Return ``125 of 134 (93%)``; of nothing, that it is nothing."""
    ratio = share(part, whole)
    return "none" if ratio is None else f"{part} of {whole} ({percent(ratio)})"
