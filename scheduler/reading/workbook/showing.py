"""How cells are shown to people: as a spreadsheet would show them."""

from __future__ import annotations

import datetime as dt

from scheduler.reading.workbook.pages import Cell


def shown(cell: Cell) -> str:
    """Return what a cell says, as text; of an empty one nothing."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.isoformat(sep=" ", timespec="minutes" if not cell.second else "seconds")
    if isinstance(cell, dt.time):
        return cell.isoformat(timespec="minutes" if not cell.second else "seconds")
    if isinstance(cell, dt.timedelta):
        minutes = round(cell.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    return str(cell)
