"""Requests with an idempotency key: made again, they are answered as they were, and nothing is done twice.

Whoever gets no answer to a ``POST`` does not know whether it was done. With a key of its own for each thing
that it wants, a client may simply ask again: the answer that something was done is kept for a day, by caller
and key. What was refused has done nothing, and is looked at anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, TypeVar

from fastapi.concurrency import run_in_threadpool
from sqlalchemy.exc import OperationalError
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from scheduler.service.access import FRESH, caller_with
from scheduler.service.problems import ProblemError, responses, store_away
from scheduler.service.state import Service
from scheduler.service.store.idempotency import Entry

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
_KEY = re.compile(r"[!-~]{1,200}")
_BOUNDARY = re.compile(r'boundary="?([^";,]+)"?', re.IGNORECASE)
_MOST = 4 * 1024 * 1024
"""Bytes of an answer that is kept."""
_RETRY_SECONDS = 1
_NOT_KEPT = ("date", "server", "set-cookie")
_R = TypeVar("_R")


class Repeats:
    """Answers ``POST`` requests that are made again with the same idempotency key as they were answered.

    Parameters
    ----------
    app : ASGIApp
    prefix : str
        Of the paths where it does.
    """

    def __init__(self, app: ASGIApp, prefix: str) -> None:
        self._app = app
        self._prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if not self._has_key(scope):
            await self._app(scope, receive, send)
            return
        try:
            messages = await self._answer(scope, receive)
        except ProblemError as problem:
            await problem.response()(scope, receive, send)
            return
        for message in messages:
            await send(message)

    def _has_key(self, scope: Scope) -> bool:
        return (
            scope["type"] == "http"
            and scope["method"] == "POST"
            and scope["path"].startswith(self._prefix)
            and HEADER in Headers(scope=scope)
        )

    async def _answer(self, scope: Scope, receive: Receive) -> list[Message]:
        service: Service = scope["app"].state.service
        headers = Headers(scope=scope)
        key = headers[HEADER].strip()
        if not _KEY.fullmatch(key):
            raise ProblemError(422, f"an {HEADER} has 1 to 200 letters, digits and signs, and no spaces")
        caller = await _stored(lambda: caller_with(service, headers.get("authorization", "")).owner)
        body = await _body(receive)
        if body is None:
            return []  # whoever asked has gone
        kept = _Kept(service, caller, key)
        entry, is_mine = await _stored(lambda: kept.begin(_fingerprint(scope, headers, body)))
        if not is_mine:
            return _again(entry)
        scope.setdefault("state", {})[FRESH] = entry.fresh
        return await self._first(kept, scope, _giving(body, receive))

    async def _first(self, kept: _Kept, scope: Scope, receive: Receive) -> list[Message]:
        """Have a request answered for the first time."""
        messages: list[Message] = []

        async def collected(message: Message) -> None:
            messages.append(message)

        try:
            await self._app(scope, receive, collected)
        except Exception:
            await run_in_threadpool(kept.drop)
            raise
        await _stored(lambda: kept.end(messages))
        return messages


@dataclass(frozen=True, slots=True)
class _Kept:
    """The answer to the requests of one caller with one key."""

    service: Service
    caller: str
    key: str

    def begin(self, fingerprint: str) -> tuple[Entry, bool]:
        """Note that a request is being answered; return its entry, if it is not another request's."""
        entry, is_mine = self.service.store.idempotency.begin(self.caller, self.key, fingerprint)
        if entry.fingerprint != fingerprint:
            raise ProblemError(422, f"another request had the same {HEADER}")
        return entry, is_mine

    def end(self, messages: list[Message]) -> None:
        """Keep an answer, if something was done."""
        start, *rest = messages
        status: int = start["status"]
        headers = {
            name.decode("latin-1").lower(): value.decode("latin-1") for name, value in start["headers"]
        }
        body = b"".join(each.get("body", b"") for each in rest)
        if status >= 400 or len(body) > _MOST:
            self.drop()
            return
        if "no-store" in headers.get("cache-control", ""):  # it tells a secret
            status, headers, body = _told_once()
        told = {name: value for name, value in headers.items() if name not in _NOT_KEPT}
        self.service.store.idempotency.end(self.caller, self.key, status, told, body)

    def drop(self) -> None:
        """Keep nothing."""
        self.service.store.idempotency.drop(self.caller, self.key)


def _told_once() -> tuple[int, dict[str, str], bytes]:
    """Return what is told in place of an answer that was for the first who got it."""
    answer = ProblemError(409, "this was done already, and what was answered is told only once").response()
    return answer.status_code, dict(answer.headers), bytes(answer.body)


def _again(entry: Entry) -> list[Message]:
    """Return the answer that was given.

    Raises
    ------
    ProblemError
        If there is none yet.
    """
    if entry.status is None:
        retry = {"Retry-After": str(_RETRY_SECONDS)}
        raise ProblemError(409, f"the request with this {HEADER} is still being answered", headers=retry)
    headers = {**(entry.headers or {}), REPLAYED.lower(): "true"}
    raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    return [
        {"type": "http.response.start", "status": entry.status, "headers": raw},
        {"type": "http.response.body", "body": entry.body or b""},
    ]


async def _stored(call: Callable[[], _R]) -> _R:
    """Call something that asks the store.

    Raises
    ------
    ProblemError
        If the store does not answer.
    """
    try:
        return await run_in_threadpool(call)
    except OperationalError as error:
        raise store_away(error) from None


async def _body(receive: Receive) -> bytes | None:
    """Return the body of a request; None if whoever sends it has gone."""
    parts: list[bytes] = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            return b"".join(parts)


def _giving(body: bytes, receive: Receive) -> Receive:
    """Return what gives a body that was read already, and then what still comes."""
    given = False

    async def giving() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return giving


def _fingerprint(scope: Scope, headers: Headers, body: bytes) -> str:
    """Return a digest of a request; forms are the same whatever separates their parts."""
    kind = headers.get("content-type", "")
    if found := _BOUNDARY.search(kind):
        body = body.replace(found[1].encode("latin-1"), b"")
        kind = kind.replace(found[1], "")
    digest = sha256()
    for part in (scope["path"].encode(), scope["query_string"], kind.encode("latin-1"), body):
        digest.update(f"{len(part)}:".encode() + part)
    return digest.hexdigest()


# -- what the documentation says ---------------------------------------------------------------------


def document(paths: dict[str, Any]) -> None:
    """Say in an OpenAPI document that each ``POST`` takes an idempotency key."""
    for operations in paths.values():
        if "post" in operations:
            _document(operations["post"])


def _document(operation: dict[str, Any]) -> None:
    operation.setdefault("parameters", []).append(
        {
            "name": HEADER,
            "in": "header",
            "required": False,
            "description": "Made again with the same key, a request is answered as it was, for a day.",
            "schema": {"type": "string", "maxLength": 200, "pattern": "^[!-~]+$"},
        }
    )
    told = operation["responses"]
    for status, response in responses(409, 422).items():
        told.setdefault(str(status), response)
    for status, response in told.items():
        if int(status) < 400:
            response.setdefault("headers", {})[REPLAYED] = {
                "description": "That this was answered before.",
                "schema": {"type": "string", "enum": ["true"]},
            }
