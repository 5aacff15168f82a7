"""What an application holds while it runs."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from scheduler.service.editing import Editing
from scheduler.service.feeds.reader import FeedReader
from scheduler.service.instances import Instances
from scheduler.service.jobs.runner import Runner
from scheduler.service.readers import Readers
from scheduler.service.settings import Settings
from scheduler.service.store import Store


@dataclass(frozen=True, slots=True)
class Service:
    """The parts of a running service."""

    settings: Settings
    store: Store
    instances: Instances
    readers: Readers
    runner: Runner | None
    closing: threading.Event
    feeds: FeedReader
    editing: Editing


def service_of(request: Request) -> Service:
    """Return the service that a request has come to."""
    service: Service = request.app.state.service
    return service


Served = Annotated[Service, Depends(service_of)]
"""A parameter of operations: the service."""
