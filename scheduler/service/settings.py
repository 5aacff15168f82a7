"""How a service is run: everything that can be set, in one frozen value."""

from __future__ import annotations

import ipaddress
import os
import re
from dataclasses import dataclass, field
from enum import StrEnum
from importlib.metadata import version

MEBIBYTE = 1024 * 1024
_WEB = re.compile(r"https?://[\w.:\[\]-]+(/[\w./~-]*)?", re.ASCII)


class EngineName(StrEnum):
    """Where jobs run."""

    LOCAL = "local"
    """In child processes of the service."""
    RAY = "ray"
    """On a Ray cluster."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request, one job and one key may take.

    Attributes
    ----------
    body : int
        Bytes of a request's body.
    small_body : int
        Bytes of a request's body where no file is uploaded.
    bodies : int
        Bytes of the bodies of all requests that are under way.
    body_seconds : float
        How long a body may take to come.
    unpacked : int
        Bytes of all files of an upload, archives unpacked.
    files : int
        Files of an upload, archives unpacked.
    activities : int
        Activities of a programme.
    queue : int
        Jobs of one key that are queued or running.
    seconds : float
        The longest time limit of a job.
    usual_seconds : float
        The time limit of a job that names none.
    memory : int
        Bytes of data that the process of a job may hold.
    readers : int
        Uploads that are read at a time.
    reading : float
        Seconds of processor time to read an upload.
    reading_memory : int
        Bytes of data that the process that reads it may hold.
    """

    body: int = 10 * MEBIBYTE
    small_body: int = MEBIBYTE
    bodies: int = 200 * MEBIBYTE
    body_seconds: float = 60.0
    unpacked: int = 40 * MEBIBYTE
    files: int = 20
    activities: int = 50_000
    queue: int = 100
    seconds: float = 3600.0
    usual_seconds: float = 60.0
    memory: int = 4096 * MEBIBYTE
    readers: int = 2
    reading: float = 30.0
    reading_memory: int = 2048 * MEBIBYTE


@dataclass(frozen=True, slots=True)
class Settings:
    """How a service is run.

    Attributes
    ----------
    database : str
        A URL of SQLAlchemy: ``sqlite:///FILE`` or ``postgresql+psycopg://...``.
    host, port : str, int
        Where it listens; port 0: any that is free.
    auth : bool
        Whether requests need a key; without, only addresses of this machine may be listened on.
    engine : EngineName
    ray_address : str or None
        Of the cluster's head; None: what ``RAY_ADDRESS`` names, or one of this machine alone.
    jobs : int
        How many jobs this process runs at a time; 0: none, it only serves.
    lease : float
        Seconds after which a job of a server that no longer answers is run by another.
    heartbeat : float
        Seconds between two signs of life; well below ``lease``.
    poll : float
        Seconds between two looks for new jobs and events.
    grace : float
        Seconds that a job has to end by itself after it was told to, or after its time is over.
    attempts : int
        How often a job is begun whose process dies.
    lapses : int
        How often a job is begun whose server dies: that is not the job's fault, unless it happens each time.
    niceness : int
        How far child processes with jobs stand back behind the server, from 0 to 19.
    base_url : str
        How the outside calls this service, for links; empty: as the request says.
    limits : Limits
    """

    database: str = "sqlite:///scheduler.db"
    host: str = "127.0.0.1"
    port: int = 8000
    auth: bool = True
    engine: EngineName = EngineName.LOCAL
    ray_address: str | None = None
    jobs: int = field(default_factory=lambda: os.cpu_count() or 1)
    lease: float = 10.0
    heartbeat: float = 2.0
    poll: float = 0.25
    grace: float = 15.0
    attempts: int = 5
    lapses: int = 20
    niceness: int = 10
    base_url: str = ""
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        if not self.auth and not is_loopback(self.host):
            raise ValueError(
                f"without keys (--no-auth) only this machine may be served, and {self.host} can be "
                "reached from others: listen on 127.0.0.1"
            )
        if self.base_url and not _WEB.fullmatch(self.base_url):
            raise ValueError(
                f"{self.base_url!r} is no address of a service: write it whole, as in https://meetings.example.org"
            )
        if self.heartbeat * 2 > self.lease:
            raise ValueError("a lease has to last for two heartbeats at the least")


def program_version() -> str:
    """Return which version of the program this is."""
    return version("scheduler")


def is_loopback(host: str) -> bool:
    """Return whether an address is one of this machine alone; of names only ``localhost`` is."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
