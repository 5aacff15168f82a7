"""Answers to requests for calendars, and what the documentation says of them."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from starlette.datastructures import Headers
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from scheduler.service.feeds.calendars import SAFE
from scheduler.service.feeds.reader import FeedReader
from scheduler.service.problems import not_found, responses

PATH = "/feeds/{secret}.ics"
_ROUTE = "/feeds/{secret:path}.ics"
"""What has a slash in it is no secret, and answered as any other that is none."""


class FeedAnswers:
    """Answers requests for feeds (an ASGI application): one answer takes a fraction of a millisecond.

    Secrets that are unknown, of an earlier generation, or revoked are answered alike.
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        reader: FeedReader = scope["app"].state.service.feeds
        calendar = await reader.calendar(scope["path_params"]["secret"])
        if calendar is None:
            await _nothing(scope, receive, send)
            return
        headers = Headers(scope=scope)
        packed = _takes_gzip(headers.get("accept-encoding", ""))
        head, body, status = calendar.heads[packed], b"", 304
        if not calendar.is_known(headers):
            head, status = head + calendar.bodies[packed], 200
            if scope["method"] != "HEAD":
                body = calendar.packed if packed else calendar.data
        await send({"type": "http.response.start", "status": status, "headers": head})
        await send({"type": "http.response.body", "body": body})


async def _nothing(scope: Scope, receive: Receive, send: Send) -> None:
    problem = not_found("calendar")
    problem.headers.update({"Cache-Control": "no-store", **SAFE})
    await problem.response()(scope, receive, send)


def _takes_gzip(accepted: str) -> bool:
    """Return whether a request takes gzip (RFC 9110, 12.5.3)."""
    weights = {}
    for each in accepted.lower().split(","):
        name, _, weight = each.partition(";")
        weights[name.strip()] = weight.replace(" ", "")
    said = weights.get("gzip", weights.get("*"))
    return said is not None and said not in ("q=0", "q=0.", "q=0.0", "q=0.00", "q=0.000")


def add_feeds(app: FastAPI) -> None:
    """Have an application give out calendars; before all else, since these are asked for most."""
    app.router.routes.insert(
        0, Route(_ROUTE, FeedAnswers(), methods=["GET", "HEAD"], include_in_schema=False)
    )


DOCUMENTED: dict[str, Any] = {
    "get": {
        "tags": ["feeds"],
        "summary": "Feed",
        "description": "Return a calendar, as the newest edition has it. The address is the key.",
        "operationId": "feed",
        "parameters": [
            {"name": "secret", "in": "path", "required": True, "schema": {"type": "string"}},
            *(
                {"name": name, "in": "header", "required": False, "schema": {"type": "string"}}
                for name in ("If-None-Match", "If-Modified-Since")
            ),
        ],
        "responses": {
            "200": {
                "description": "The calendar.",
                "content": {"text/calendar": {"schema": {"type": "string"}}},
            },
            "304": {"description": "It is as it was."},
            **{str(status): said for status, said in responses(404, 503).items()},
        },
    }
}
"""What the documentation says of them: their answers are made without what would document itself."""
