"""The one base of every value of the domain.

Modules that define values do not put annotations off (``from __future__ import annotations``): pydantic would
have to compile each of them from its text whenever a program starts.
"""

from typing import Self, cast

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """A frozen value that refuses fields it does not know."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        populate_by_name=True,
        coerce_numbers_to_str=True,
        # Few programs use all kinds of values, and to build what reads and writes one takes a while.
        defer_build=True,
    )

    @classmethod
    def blank(cls) -> Self:
        """Return the value in which everything is left out; as a default it costs no program its start."""
        return cast("Self", cls.model_construct())
