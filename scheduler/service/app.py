"""The application: what answers requests, and the runner that works beside it."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool

from scheduler.service.api import PREFIX, routers
from scheduler.service.documented import documented
from scheduler.service.editing import Editing
from scheduler.service.feeds.answers import add_feeds
from scheduler.service.feeds.reader import FeedReader
from scheduler.service.guard import Guard
from scheduler.service.instances import Instances
from scheduler.service.jobs.engines import engine_of
from scheduler.service.jobs.runner import Runner
from scheduler.service.limits import BodyLimit
from scheduler.service.pages import add_pages
from scheduler.service.problems import add_handlers
from scheduler.service.readers import Readers
from scheduler.service.repeating import Repeats
from scheduler.service.settings import Settings, program_version
from scheduler.service.state import Service
from scheduler.service.store import open_store

_ABOUT = "Schedules programmes that travel: who meets whom, where and when."


def create_app(settings: Settings) -> FastAPI:
    """Return the application; it opens its store, and begins to run jobs, when it is started.

    Parameters
    ----------
    settings : Settings
    """
    app = FastAPI(
        title="scheduler",
        version=program_version(),
        description=_ABOUT,
        openapi_url=f"{PREFIX}/openapi.json",
        docs_url=None,  # what shows them takes its scripts from elsewhere
        redoc_url=None,
        lifespan=_lifespan(settings),
    )
    for router in routers():
        app.include_router(router, prefix=PREFIX)
    add_feeds(app)
    add_pages(app)
    add_handlers(app)
    app.add_middleware(Repeats, prefix=f"{PREFIX}/")
    app.add_middleware(BodyLimit, limits=settings.limits)
    app.add_middleware(Guard, prefix=PREFIX, auth=settings.auth)
    app.openapi = lambda: documented(app)  # type: ignore[method-assign]
    return app


def _lifespan(settings: Settings) -> Any:
    @asynccontextmanager
    async def running(app: FastAPI) -> AsyncIterator[None]:
        store = await run_in_threadpool(
            open_store,
            settings.database,
            lease=settings.lease,
            attempts=settings.attempts,
            lapses=settings.lapses,
        )
        runner = Runner(store, engine_of(settings), settings) if settings.jobs else None
        instances, readers = Instances(store), Readers(settings.limits)
        app.state.service = Service(
            settings,
            store,
            instances,
            readers,
            runner,
            threading.Event(),
            FeedReader(store),
            Editing(store, instances),
        )
        if runner is not None:
            runner.start()
        try:
            yield
        finally:
            app.state.service.closing.set()
            if runner is not None:
                await run_in_threadpool(runner.close)
            readers.close()
            store.close()

    return running
