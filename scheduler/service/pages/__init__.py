"""The pages of the service, made here and sent whole: no script or style comes from anywhere else.

``guarding`` knows who looks, ``routing`` shows what goes wrong, ``rendering`` fills templates; ``board`` lays
a schedule against time; the others are the pages.
"""

from __future__ import annotations

from fastapi import FastAPI, Response
from fastapi.staticfiles import StaticFiles

from scheduler.exports.site.pages import ASSETS
from scheduler.service.pages import agenda, boards, jobs, logins, programmes, publishing
from scheduler.service.pages.guarding import Heads
from scheduler.service.pages.rendering import HERE

_PARTS = (logins, programmes, jobs, boards, publishing, agenda)
_KEEP = {"Cache-Control": "public, max-age=3600"}


def add_pages(app: FastAPI) -> None:
    """Have an application show pages."""
    app.state.editions = agenda.Editions()
    for part in _PARTS:
        app.include_router(part.router)

    @app.get("/static/site.css", include_in_schema=False)
    def site_css() -> Response:
        return Response((ASSETS / "site.css").read_bytes(), media_type="text/css", headers=_KEEP)

    @app.get("/static/icon.svg", include_in_schema=False)
    def icon() -> Response:
        return Response((ASSETS / "icon.svg").read_bytes(), media_type="image/svg+xml", headers=_KEEP)

    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    app.add_middleware(Heads)
