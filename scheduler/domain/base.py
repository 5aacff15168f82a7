"""The one base of every value of the domain."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """A frozen value that refuses fields it does not know."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        populate_by_name=True,
        coerce_numbers_to_str=True,
        # Most programs use few of the values by themselves, and all wait for the rest to be built.
        defer_build=True,
    )
