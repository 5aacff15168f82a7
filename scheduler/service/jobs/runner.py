"""The runner: takes jobs from the queue while there is room, has an engine run them, enters what comes of it.

One thread looks for jobs, one gives signs of life for all that run here, and each job has a thread that takes
its news. Nothing of a job is kept here that is not in the store: when the process is killed, the lease of its
jobs runs out, and another server (or this one, started again) begins them anew.
"""

from __future__ import annotations

import json
import logging
import socket
import threading
import time
from dataclasses import dataclass, field
from uuid import uuid4

from sqlalchemy.exc import SQLAlchemyError

from scheduler.service.jobs.orders import Data, DiedError, Engine, News, NewsKind, Order, Running
from scheduler.service.settings import Settings
from scheduler.service.store import Store
from scheduler.service.store.queue import Ending, LostError
from scheduler.service.store.records import Job, State

_LOG = logging.getLogger(__name__)
_TEXTS = (".yaml", ".yml", ".json", ".csv")


@dataclass
class _Held:
    """A job that runs here."""

    job: Job
    running: Running | None = None
    deadline: float = 0.0
    cancelled: bool = False
    lost: bool = False
    killed: bool = False
    ended: bool = field(default=False)


class Runner:
    """Runs jobs of a store.

    Parameters
    ----------
    store : Store
    engine : Engine
    settings : Settings
    """

    def __init__(self, store: Store, engine: Engine, settings: Settings) -> None:
        self.name = f"{socket.gethostname()[:40]}-{uuid4().hex[:12]}"
        self._store = store
        self._engine = engine
        self._settings = settings
        self._lock = threading.Lock()
        self._held: dict[str, _Held] = {}
        self._wake = threading.Event()
        self._closing = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Begin to run jobs."""
        for target in (self._take_jobs, self._stay_alive):
            thread = threading.Thread(target=target, daemon=True)
            thread.start()
            self._threads.append(thread)

    def wake(self) -> None:
        """Look for jobs, and for what is to be cancelled, now rather than in a while."""
        self._wake.set()

    def close(self) -> None:
        """Take no more jobs; those that run are ended, and wait again for whoever takes them next."""
        self._closing.set()
        self._wake.set()
        with self._lock:
            held = list(self._held.values())
        for each in held:
            self._kill(each)
        for thread in self._threads:
            thread.join(self._settings.grace)
        self._engine.close()

    # -- taking jobs -----------------------------------------------------------------------------

    def _take_jobs(self) -> None:
        while not self._closing.is_set():
            try:
                while self._has_room() and self._take_one():
                    continue
            except SQLAlchemyError:
                _LOG.exception("the store could not be asked for jobs; trying again")
            self._wake.wait(self._settings.poll)
            self._wake.clear()

    def _has_room(self) -> bool:
        with self._lock:
            return len(self._held) < self._settings.jobs and not self._closing.is_set()

    def _take_one(self) -> bool:
        job = self._store.queue.claim(self.name)
        if job is None:
            return False
        held = _Held(job)
        thread = threading.Thread(target=self._see_through, args=(held,), daemon=True)
        with self._lock:
            self._held[job.id] = held
            self._threads = [each for each in self._threads if each.is_alive()] + [thread]
        thread.start()
        return True

    # -- one job ---------------------------------------------------------------------------------

    def _see_through(self, held: _Held) -> None:
        """Run a job to its end, on a thread of its own."""
        try:
            self._run(held)
        except LostError:
            _LOG.warning("job %s has gone to another server, or is gone", held.job.id)
            self._kill(held)
        except SQLAlchemyError:
            _LOG.exception("job %s: the store cannot be written to; its lease will run out", held.job.id)
            self._kill(held)
        finally:
            with self._lock:
                self._held.pop(held.job.id, None)
            self._wake.set()

    def _run(self, held: _Held) -> None:
        order = self._order(held.job)
        if order is None:
            self._end(held, Ending(State.FAILED, message="the programme or the schedule is gone"))
            return
        held.deadline = time.monotonic() + order.time_limit + self._settings.grace
        try:
            held.running = self._engine.start(order)
            if self._closing.is_set() or held.cancelled:
                held.running.stop()
            for news in held.running.news():
                self._take_news(held, news)
        except (DiedError, OSError) as error:
            self._died(held, str(error))

    def _take_news(self, held: _Held, news: News) -> None:
        if held.ended:
            return
        if news.kind is NewsKind.RESULT:
            held.ended = True
            state = State.CANCELLED if held.cancelled else State.DONE
            solution = news.data.get("solution")
            text = None if solution is None else json.dumps(solution)
            self._end(held, Ending(state, news.data.get("result"), text))
        elif news.kind is NewsKind.ERROR:
            held.ended = True
            self._end(held, Ending(State.FAILED, message=news.data["message"]))
        elif news.kind is NewsKind.BEST:
            self._store.queue.tell(held.job, [("best", _told(news.data))], news.data["solution"])
        else:
            self._store.queue.tell(held.job, [(news.kind.value, news.data)])

    def _died(self, held: _Held, why: str) -> None:
        """Enter that what ran a job is dead: because it had to be killed, or for reasons of its own."""
        if held.lost:
            return
        if self._closing.is_set():
            self._store.queue.give_back(held.job, counts=False)
        elif held.cancelled:
            self._end(held, Ending(State.CANCELLED))
        elif held.killed:
            self._end(held, Ending(State.FAILED, message="it did not end when its time was over"))
        elif held.job.attempts < self._settings.attempts:
            _LOG.warning("job %s: %s; it is begun again", held.job.id, why)
            self._store.queue.give_back(held.job, counts=True)
        else:
            self._end(held, Ending(State.FAILED, message=why))

    def _end(self, held: _Held, ending: Ending) -> None:
        self._store.queue.end(held.job, ending)

    def _order(self, job: Job) -> Order | None:
        """Return what the engine is told; None if what the job is about is gone."""
        instance = self._store.programmes.instance(job.programme, job.version)
        schedule = job.request.get("schedule")
        solution = None if schedule is None else self._store.schedules.solution(schedule)
        if instance is None or (schedule is not None and solution is None):
            return None
        limits = self._settings.limits
        return Order(
            job=job.id,
            kind=job.kind,
            request=job.request,
            instance=json.loads(instance),
            files=self._texts(job),
            solution=None if solution is None else json.loads(solution),
            time_limit=min(job.request.get("time_limit") or limits.usual_seconds, limits.seconds),
            memory=limits.memory,
        )

    def _texts(self, job: Job) -> dict[str, str]:
        files = self._store.programmes.files(job.programme, job.version)
        if not all(file.name.endswith(_TEXTS) for file in files):
            return {}
        return {file.name: file.content.decode("utf-8-sig") for file in files}

    # -- signs of life ---------------------------------------------------------------------------

    def _stay_alive(self) -> None:
        """Prolong leases, and end what is to be cancelled, lost, or over its time."""
        last = 0.0
        while not self._closing.wait(min(self._settings.poll, self._settings.heartbeat)):
            beats = time.monotonic() - last >= self._settings.heartbeat
            last = time.monotonic() if beats else last
            with self._lock:
                held = list(self._held.values())
            for each in held:
                self._look_after(each, beats=beats)

    def _look_after(self, held: _Held, *, beats: bool) -> None:
        try:
            job = self._store.queue.renew(held.job) if beats else self._store.jobs.get(held.job.id)
        except LostError:
            held.lost = not held.ended
            self._kill(held)
            return
        except SQLAlchemyError:
            _LOG.exception("no sign of life could be given for job %s", held.job.id)
            return
        if job is not None and job.cancel_asked and not held.cancelled:
            held.cancelled = True
            held.deadline = time.monotonic() + self._settings.grace
            if held.running is not None:
                held.running.stop()
        if held.deadline and time.monotonic() > held.deadline:
            self._kill(held)

    def _kill(self, held: _Held) -> None:
        held.killed = True
        if held.running is not None:
            held.running.kill()


def _told(best: Data) -> Data:
    """Return what is told of a better schedule: not all of it, which is in the store."""
    return {"placements": len(best["solution"]["placements"])}
