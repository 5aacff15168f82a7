"""A calendar as it is sent: everything that an answer needs is worked out once."""

from __future__ import annotations

import datetime as dt
import gzip
from dataclasses import dataclass
from email.utils import format_datetime, parsedate_to_datetime
from functools import cached_property

from starlette.datastructures import Headers

from scheduler.service.store.publications import Content

Head = list[tuple[bytes, bytes]]
"""The fields of an answer."""
SAFE = {
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
}
"""What all answers about secret addresses say."""
_AGE_SECONDS = 60
"""For so long programs need not ask again."""


@dataclass(frozen=True)
class Calendar:
    """A calendar as it is sent.

    Attributes
    ----------
    stem : str
        What its file is called, without the ending.
    data : bytes
    digest : str
        Of the data.
    changed : datetime
        When it came to say this.
    """

    stem: str
    data: bytes
    digest: str
    changed: dt.datetime

    @classmethod
    def of(cls, stem: str, content: Content) -> Calendar:
        """Return a published file as it is sent; packed at once, while nobody waits in the same thread."""
        made = cls(stem, content.data, content.file.sha256, content.file.changed.replace(microsecond=0))
        assert made.packed
        return made

    @cached_property
    def packed(self) -> bytes:
        """The data, compressed."""
        return gzip.compress(self.data, mtime=0)

    @property
    def size(self) -> int:
        """How much memory it takes, in bytes."""
        return len(self.data) + len(self.packed)

    def tag(self, *, packed: bool) -> str:
        """Return the entity tag: another one where other bytes are sent."""
        return f'"{self.digest[:32]}{"-gzip" if packed else ""}"'

    @cached_property
    def heads(self) -> dict[bool, Head]:
        """The fields of an answer, by whether it is compressed; without those that say how long it is."""
        return {packed: self._head(packed) for packed in (False, True)}

    def _head(self, packed: bool) -> Head:
        fields = {
            "ETag": self.tag(packed=packed),
            "Last-Modified": format_datetime(self.changed, usegmt=True),
            "Cache-Control": f"private, max-age={_AGE_SECONDS}",
            "Vary": "Accept-Encoding",
            **SAFE,
        }
        return _encoded(fields)

    @cached_property
    def bodies(self) -> dict[bool, Head]:
        """The fields that say what a body is, by whether it is compressed."""
        method = "; method=PUBLISH" if b"\r\nMETHOD:PUBLISH\r\n" in self.data[:400] else ""
        return {
            packed: _encoded(
                {
                    "Content-Type": f"text/calendar; charset=utf-8{method}",
                    "Content-Disposition": f'inline; filename="{self.stem}.ics"',
                    "Content-Length": str(len(self.packed if packed else self.data)),
                    **({"Content-Encoding": "gzip"} if packed else {}),
                }
            )
            for packed in (False, True)
        }

    def is_known(self, headers: Headers) -> bool:
        """Return whether a request says that it has this already (RFC 9110, 13.2.2)."""
        tags = headers.get("if-none-match")
        if tags is not None:
            named = {each.strip().removeprefix("W/") for each in tags.split(",")}
            return not named.isdisjoint({"*", self.tag(packed=False), self.tag(packed=True)})
        since = _moment(headers.get("if-modified-since"))
        return since is not None and self.changed <= since


def _moment(text: str | None) -> dt.datetime | None:
    """Return an HTTP date; None for what is none."""
    try:
        found = parsedate_to_datetime(text or "")
    except ValueError:
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=dt.UTC)


def _encoded(fields: dict[str, str]) -> Head:
    return [(name.lower().encode(), value.encode()) for name, value in fields.items()]
