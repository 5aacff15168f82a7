"""What a schedule is like, in numbers and as a page to read."""

from scheduler.reporting.indicators import Indicators
from scheduler.reporting.measure import indicators
from scheduler.reporting.render import report, report_of

__all__ = ["Indicators", "indicators", "report", "report_of"]
