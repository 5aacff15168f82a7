"""How a schedule is searched: exactly, level by level, and never written unchecked."""

from scheduler.search.result import Progress, ProgressListener, Result, SolveOptions

__all__ = ["Progress", "ProgressListener", "Result", "SolveOptions"]
