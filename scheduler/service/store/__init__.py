"""What the service knows: programmes, jobs, schedules and keys, in SQLite or PostgreSQL by the same code."""

from scheduler.service.store.store import Store, open_store, usable_store

__all__ = ["Store", "open_store", "usable_store"]
