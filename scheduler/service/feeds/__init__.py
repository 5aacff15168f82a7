"""Calendars by their secret addresses, without a key: ``GET /feeds/{secret}.ics``."""
