"""Bodies of requests: how large they may be, one and all together, and how long they may take to come."""

from __future__ import annotations

import asyncio
import re
import time

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from scheduler.service.problems import ProblemError
from scheduler.service.settings import Limits

_UPLOADS = re.compile(r"(/api/v1)?/programmes(/validate|/[^/]+/(versions|schedules|checks))?/?")
"""Where files are uploaded; all else that is sent is small, and read before anybody asks for a key."""
_CLOSE = {"Connection": "close"}
_LATER = {**_CLOSE, "Retry-After": "10"}


class BodyLimit:
    """Refuses bodies that are too large, by what their head says or when they turn out to be, or too slow.

    Parameters
    ----------
    app : ASGIApp
    limits : Limits
    """

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self._app = app
        self._limits = limits
        self._held = 0
        """Bytes of all bodies of requests that are under way."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = self._limits.body if _UPLOADS.fullmatch(scope["path"]) else self._limits.small_body
        said = dict(scope["headers"]).get(b"content-length", b"0")
        if not said.isdigit() or len(said) > 20 or int(said) > most:
            await _refused(413, _words(most)).response()(scope, receive, send)
            return
        body = _Body(receive, most, time.monotonic() + self._limits.body_seconds)
        began, held = False, 0

        async def counted() -> Message:
            nonlocal held
            message = await body.more()
            size = len(message.get("body", b""))
            held += size
            self._held += size
            if self._held > self._limits.bodies:
                raise HTTPException(503, "too much is being sent just now", _LATER)
            return message

        async def noted(message: Message) -> None:
            nonlocal began
            began = True
            await send(message)

        try:
            await self._app(scope, counted, noted)
        except HTTPException as error:
            if began:
                raise
            await _refused(error.status_code, str(error.detail)).response()(scope, receive, send)
        finally:
            self._held -= held


class _Body:
    """The body of one request."""

    def __init__(self, receive: Receive, most: int, until: float) -> None:
        self._receive = receive
        self._most = most
        self._until = until
        self._ended = False
        self._taken = 0

    async def more(self) -> Message:
        """Return the next piece; after the last one, whatever else there is to be told.

        Raises
        ------
        HTTPException
            If it is too large, or takes too long to come.
        """
        if self._ended:
            return await self._receive()
        try:
            message = await asyncio.wait_for(self._receive(), self._until - time.monotonic())
        except TimeoutError:
            raise HTTPException(408, "the body does not come to its end", _CLOSE) from None
        self._ended = not message.get("more_body", False)
        self._taken += len(message.get("body", b""))
        if self._taken > self._most:
            raise HTTPException(413, _words(self._most), _CLOSE)
        return message


def _refused(status: int, words: str) -> ProblemError:
    return ProblemError(status, words, headers=_CLOSE)


def _words(most: int) -> str:
    return f"a body may have {most} bytes at the most here"
