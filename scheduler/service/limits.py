"""The size of bodies: what is larger is not read to its end."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from scheduler.service.problems import ProblemError


class BodyLimit:
    """Refuses bodies that are too large: by what their head says, or when they turn out to be.

    Parameters
    ----------
    app : ASGIApp
    most : int
        Bytes.
    """

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app = app
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        said = dict(scope["headers"]).get(b"content-length", b"0")
        if not said.isdigit() or int(said) > self._most:
            await self._refusal()(scope, receive, send)
            return
        began, taken = False, 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self._most:
                raise HTTPException(413, self._words())
            return message

        async def noted(message: Message) -> None:
            nonlocal began
            began = True
            await send(message)

        try:
            await self._app(scope, counted, noted)
        except HTTPException:
            if began:
                raise
            await self._refusal()(scope, receive, send)

    def _refusal(self) -> ASGIApp:
        return ProblemError(413, self._words(), headers={"Connection": "close"}).response()

    def _words(self) -> str:
        return f"a body may have {self._most} bytes at the most"
