"""What a schedule is like, in numbers and as a page to read."""

from scheduler.reporting.indicators import Indicators
from scheduler.reporting.measure import indicators

__all__ = ["Indicators", "indicators"]
