"""From files to instances: YAML, CSV tables and published benchmarks, with every error at its place."""

from scheduler.reading.b2b import load_b2b
from scheduler.reading.errors import InputError, InputFault
from scheduler.reading.files import instance_from, load, load_solution
from scheduler.reading.schema import schema
from scheduler.reading.text import MAX_BYTES

__all__ = [
    "MAX_BYTES",
    "InputError",
    "InputFault",
    "instance_from",
    "load",
    "load_b2b",
    "load_solution",
    "schema",
]
