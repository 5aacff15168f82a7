"""``serve``: the application on uvicorn, with the runner of jobs in the same process."""

from __future__ import annotations

import gc
import socket
from collections.abc import Callable
from types import FrameType

import uvicorn
from fastapi import FastAPI

from scheduler.service.app import create_app
from scheduler.service.connections import BoundedProtocol
from scheduler.service.jobs.engines import refuse_missing
from scheduler.service.settings import Settings
from scheduler.service.state import Service
from scheduler.service.store import usable_store

_BACKLOG = 2048
_GRACE_SECONDS = 3
"""What requests under way, and streams of events, have to end when the service is told to."""


def serve(settings: Settings, tell: Callable[[str], None]) -> None:
    """Serve until the process is told to end.

    Parameters
    ----------
    settings : Settings
    tell : callable
        Takes what whoever has started the service should know, a line at a time.

    Raises
    ------
    OSError
        If the address cannot be listened on.
    ValueError
        If the database is of a kind that is not known, or of a later version, or cannot be reached, or no
        cluster is there to run jobs on.
    """
    refuse_missing(settings)
    _prepare(settings, tell)
    listening = _listen(settings.host, settings.port)
    host, port = listening.getsockname()[:2]
    tell(f"Serving at http://{f'[{host}]' if ':' in host else host}:{port}")
    app = create_app(settings)
    config = uvicorn.Config(
        app,
        http=BoundedProtocol,
        log_level="warning",
        timeout_graceful_shutdown=_GRACE_SECONDS,
        access_log=False,
        server_header=False,
    )
    _settle()
    _Server(config, app).run(sockets=[listening])


class _Server(uvicorn.Server):
    """A server that tells streams of events to end when it is told to, rather than to wait for them."""

    def __init__(self, config: uvicorn.Config, app: FastAPI) -> None:
        super().__init__(config)
        self._app = app

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Take a signal to end."""
        service: Service | None = getattr(self._app.state, "service", None)
        if service is not None:
            service.closing.set()
        super().handle_exit(sig, frame)


def _settle() -> None:
    """Take what has been made so far for what stays.

    The collector of garbage would look at all of it again and again, and all answers wait for it: a tenth of
    a second each time.
    """
    gc.collect()
    gc.freeze()


def _listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens, so that an address that is taken is told of before anything starts."""
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listening = socket.socket(family, kind, protocol)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(address)
        listening.listen(_BACKLOG)  # nobody is refused from now on, though the application is still starting
    except OSError:
        listening.close()
        raise
    return listening


def _prepare(settings: Settings, tell: Callable[[str], None]) -> None:
    """See to the store before anything else starts; make a key if there is none, which is shown this once."""
    store = usable_store(settings.database)
    try:
        text = store.keys.add_first() if settings.auth else None
        if text is not None:
            tell(f"A key for everything, shown only now: {text}")
    finally:
        store.close()
