"""What keeps browsers from being turned against the service, whatever it answers."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from scheduler.service.problems import ProblemError
from scheduler.service.settings import is_loopback

_HEADS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
"""For answers of the programming interface: none is a page, and many tell what is not for everybody."""


class Guard:
    """Puts heads on what the programming interface answers, and without keys serves this machine alone.

    Where no keys are asked for, a page of another site that is open in a browser here must not get in: not by
    a name of its own that it has pointed at this machine, nor by a form that it sends.

    Parameters
    ----------
    app : ASGIApp
    prefix : str
        Of the programming interface.
    auth : bool
        Whether keys are asked for.
    """

    def __init__(self, app: ASGIApp, prefix: str, *, auth: bool) -> None:
        self._app = app
        self._prefix = f"{prefix}/"
        self._auth = auth

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if not self._auth and (refusal := _refusal(Headers(scope=scope))):
            await ProblemError(403, refusal).response()(scope, receive, send)
            return
        if not scope["path"].startswith(self._prefix):  # pages and feeds have heads of their own
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                heads = MutableHeaders(scope=message)
                for name, value in _HEADS.items():
                    heads.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, guarded)


def _refusal(heads: Headers) -> str:
    """Return why a request does not come from this machine; empty if it does."""
    host, origin = heads.get("host", ""), heads.get("origin")
    if not is_loopback(_name(host)):
        return "without keys this is served to this machine alone: use 127.0.0.1"
    if origin is not None and _split(origin).netloc.lower() != host.lower():
        return "this was sent from another site"
    return ""


def _name(host: str) -> str:
    return _split(f"//{host}").hostname or ""


def _split(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError:
        return SplitResult("", "", "", "", "")
