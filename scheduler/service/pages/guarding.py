"""Who is looking at the pages: sessions in cookies, forms that nobody forges, heads that keep others out.

A session is a signed cookie that names a key; it lasts twelve hours, and ends when the key is revoked. Every
form carries a token that follows from the session, so that no other site can send it.
"""

from __future__ import annotations

import hmac
import secrets
import time
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated
from urllib.parse import quote, urlsplit

from fastapi import Depends, Request
from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Send
from starlette.types import Scope as AsgiScope

from scheduler.service.access import Caller, Scope, scope_named
from scheduler.service.problems import ProblemError
from scheduler.service.state import Served, Service

COOKIE = "scheduler_session"
FIELD = "csrf"
HEADER = "x-csrf-token"
_SECONDS = 12 * 3600
_NOBODY = "-"
_HEADS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class LoginNeededError(Exception):
    """Nobody has logged in, or the session is over."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody who looks at pages.

    Attributes
    ----------
    cookie : str
        The session, as the cookie holds it.
    caller : Caller or None
        What they may do; None: they have not logged in.
    csrf : str
        The token of their forms.
    is_new : bool
        Whether the cookie has to be set.
    """

    cookie: str
    caller: Caller | None
    csrf: str
    is_new: bool = False

    def may(self, scope: Scope) -> bool:
        """Whether they may do so much."""
        return self.caller is not None and self.caller.scope >= scope


def begun(service: Service, key: str = _NOBODY) -> Visit:
    """Return a new session, of a key or of nobody."""
    value = f"{key}.{int(time.time()) + _SECONDS}.{secrets.token_hex(12)}"
    cookie = f"{value}.{_signed(service, 'session', value)}"
    return Visit(cookie, _caller(service, key), _signed(service, "form", cookie), is_new=True)


def visit_of(request: Request, service: Served) -> Visit:
    """Return who looks, whether they have logged in or not."""
    cookie = request.cookies.get(COOKIE, "")
    value, _, signature = cookie.rpartition(".")
    if value.count(".") != 2 or not hmac.compare_digest(
        signature.encode(), _signed(service, "session", value).encode()
    ):
        return begun(service)
    key, expiry, _ = value.split(".")
    if int(expiry) < time.time():
        return begun(service)
    return Visit(cookie, _caller(service, key), _signed(service, "form", cookie))


def _caller(service: Service, key: str) -> Caller | None:
    if not service.settings.auth:
        return Caller("", Scope.ADMIN)
    found = service.store.keys.get(key)
    return None if found is None else Caller(found.id, scope_named(found.scope), found.programme)


def _signed(service: Service, what: str, text: str) -> str:
    key = service.store.secrets.session_key()
    return hmac.new(key, f"pages-{what}:{text}".encode(), sha256).hexdigest()


def keep(response: Response, request: Request, visit: Visit) -> Response:
    """Have the browser keep a session."""
    if visit.is_new:
        response.set_cookie(
            COOKIE,
            visit.cookie,
            max_age=_SECONDS,
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
        )
    return response


# -- dependencies ------------------------------------------------------------------------------------

Anybody = Annotated[Visit, Depends(visit_of)]


def _logged_in(visit: Anybody) -> Caller:
    if visit.caller is None:
        raise LoginNeededError
    return visit.caller


def _may_plan(caller: Annotated[Caller, Depends(_logged_in)]) -> Caller:
    if caller.scope < Scope.PLAN:
        raise ProblemError(403, "this needs a key with the scope plan")
    return caller


Looking = Annotated[Caller, Depends(_logged_in)]
Planning = Annotated[Caller, Depends(_may_plan)]


async def form_is_own(request: Request, visit: Anybody, service: Served) -> None:
    """Refuse what was not sent from one of our own pages.

    Raises
    ------
    ProblemError
    """
    origin = request.headers.get("origin")
    if origin not in (None, "null") and urlsplit(origin or "").netloc != request.headers.get("host"):
        raise ProblemError(403, "this was sent from another site")
    sent = request.headers.get(HEADER)
    if sent is None:
        files = service.settings.limits.files
        form = await request.form(max_files=files, max_fields=100)
        sent = str(form.get(FIELD, ""))
    if not hmac.compare_digest(sent.encode(), visit.csrf.encode()):
        raise ProblemError(403, "this form is too old, or was sent from elsewhere: load the page again")


OwnForm = Depends(form_is_own)


def next_of(request: Request) -> str:
    """Return the address of the login, which leads back to what was asked for."""
    back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return f"/login?next={quote(back if request.method == 'GET' else '/', safe='/')}"


def is_own_path(path: str) -> bool:
    """Return whether a path leads to this site and nowhere else."""
    return path.startswith("/") and not path.startswith("//") and "\\" not in path and path.isprintable()


class Heads:
    """Puts on every page what keeps other sites, and scripts that are not ours, out of it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: AsgiScope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http" or scope["path"].startswith(("/api/", "/feeds/")):
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                heads = MutableHeaders(scope=message)
                for name, value in _HEADS.items():
                    heads.setdefault(name, value)
                if not scope["path"].startswith("/static/"):
                    heads.setdefault("Cache-Control", "no-store")
            await send(message)

        await self._app(scope, receive, guarded)
