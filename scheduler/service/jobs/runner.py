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
from collections.abc import Callable
from uuid import uuid4

from sqlalchemy import exc

from scheduler.service.jobs.held import Held
from scheduler.service.jobs.orders import Data, DiedError, Engine, News, NewsKind, Order, Running
from scheduler.service.settings import Settings
from scheduler.service.store import Store
from scheduler.service.store.queue import Ending, LostError
from scheduler.service.store.records import Job, State

_LOG = logging.getLogger(__name__)
_TEXTS = (".yaml", ".yml", ".json", ".csv")
_AWAY = (exc.InterfaceError, exc.OperationalError, exc.TimeoutError)
"""What a store says that is locked, full or out of reach; it may be there again in a while."""
_AGAIN_SECONDS = 0.5
_DETERMINISTIC_TIMES = 3
"""A deterministic search counts its steps instead of seconds, and may take so many times its limit."""


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
        self._held: set[Held] = set()
        self._wake = threading.Event()
        self._closing = threading.Event()
        self._threads: list[threading.Thread] = []
        self._renewed = time.monotonic()

    def start(self) -> None:
        """Begin to run jobs."""
        for target in (self._take_jobs, self._stay_alive):
            thread = threading.Thread(target=target, daemon=True)
            thread.start()
            self._threads.append(thread)

    def wake(self) -> None:
        """Look for jobs now rather than in a while."""
        self._wake.set()

    def close(self) -> None:
        """Take no more jobs; those that run are ended, and wait again for whoever takes them next."""
        with self._lock:
            self._closing.set()
            held, threads = list(self._held), list(self._threads)
        self._wake.set()
        for each in held:
            each.kill()
        until = time.monotonic() + self._settings.grace
        for thread in threads:
            thread.join(max(0.0, until - time.monotonic()))
        self._engine.close()

    # -- taking jobs -----------------------------------------------------------------------------

    def _take_jobs(self) -> None:
        while not self._closing.is_set():
            try:
                while self._has_room() and self._take_one():
                    continue
            except Exception:  # this thread has to go on, whatever it is
                _LOG.exception("no job could be taken; trying again")
            self._wake.wait(self._settings.poll)
            self._wake.clear()

    def _has_room(self) -> bool:
        """Return whether one more job can be taken.

        None is while the leases of those that run here could not be prolonged, or a result could not be
        entered: this server would take its own jobs from itself, as those of one that is gone.
        """
        with self._lock:
            held = list(self._held)
        is_alive = time.monotonic() - self._renewed < self._settings.lease / 2
        is_free = len(held) < self._settings.jobs and not any(each.ended for each in held)
        return is_free and (is_alive or not held) and not self._closing.is_set()

    def _take_one(self) -> bool:
        job = self._store.queue.claim(self.name)
        if job is None:
            return False
        if self._begin(Held(job)):
            return True
        self._store.queue.give_back(job, counts=False)
        return False

    def _begin(self, held: Held) -> bool:
        """Begin to run a job, unless this server is ending, or the system has no thread left."""
        thread = threading.Thread(target=self._see_through, args=(held,), daemon=True)
        with self._lock:
            if self._closing.is_set():
                return False
            try:
                thread.start()
            except RuntimeError:
                _LOG.exception("job %s cannot be begun", held.job.id)
                return False
            self._held.add(held)
            self._threads = [each for each in self._threads if each.is_alive()] + [thread]
        return True

    # -- one job ---------------------------------------------------------------------------------

    def _see_through(self, held: Held) -> None:
        """Run a job to its end, on a thread of its own."""
        try:
            self._run(held)
        except LostError:
            _LOG.warning("job %s has gone to another server, or is gone", held.job.id)
        except Exception:  # nobody else would give it up
            _LOG.exception("job %s cannot be seen through", held.job.id)
            self._give_up(held)
        finally:
            held.kill()
            with self._lock:
                self._held.discard(held)
            self._wake.set()

    def _give_up(self, held: Held) -> None:
        """End a job that the service fails; if even that cannot be entered, its lease runs out."""
        try:
            self._end(held, Ending(State.FAILED, message="the service has failed; its log says how"))
        except (LostError, exc.SQLAlchemyError):
            _LOG.exception("job %s cannot be ended; its lease will run out", held.job.id)

    def _run(self, held: Held) -> None:
        try:
            order = self._order(held.job)
            if order is None:
                self._end(held, Ending(State.FAILED, message="the programme or the schedule is gone"))
                return
            running = self._started(order)
            if running is None:
                self._give_back(held, counts=False)
                return
            held.runs(running, self._seconds(order) + self._settings.grace)
            for news in running.news():
                self._take_news(held, news)
        except (DiedError, *_AWAY) as error:
            self._died(held, str(error))

    def _started(self, order: Order) -> Running | None:
        """Return what runs a job; None, after a while, if the system has no room for it just now."""
        try:
            return self._engine.start(order)
        except OSError:
            _LOG.exception("job %s cannot be started", order.job)
            self._closing.wait(self._settings.heartbeat)
            return None

    def _seconds(self, order: Order) -> float:
        return order.time_limit * (_DETERMINISTIC_TIMES if order.request.get("deterministic") else 1)

    def _take_news(self, held: Held, news: News) -> None:
        if held.ended:
            return
        with held.entering():
            if news.kind is NewsKind.RESULT:
                held.ended = True
                state = State.CANCELLED if held.cancelled else State.DONE
                self._end(held, Ending(state, news.data.get("result"), _text(news.data.get("solution"))))
            elif news.kind is NewsKind.ERROR:
                held.ended = True
                self._end(held, Ending(State.FAILED, message=news.data["message"]))
            elif news.kind is NewsKind.WAITING:
                held.waits()
            elif news.kind is NewsKind.BEGUN:
                held.begins()
            else:
                self._tell(held, news)

    def _tell(self, held: Held, news: News) -> None:
        """Enter how a job gets on; while the store is away that is left out, but for the best schedule."""
        best = news.data["solution"] if news.kind is NewsKind.BEST else None
        told = news.data if best is None else _told(best)
        if best is not None:
            held.untold = best
        try:
            self._store.queue.tell(held.job, [(news.kind.value, told)], held.untold)
            held.untold = None
        except _AWAY:
            _LOG.exception("how job %s gets on could not be entered", held.job.id)

    def _died(self, held: Held, why: str) -> None:
        """Enter that what ran a job is dead: because it had to be killed, or for reasons of its own."""
        if held.lost or held.ended:
            return
        if self._closing.is_set():
            self._give_back(held, counts=False)
        elif held.cancelled:
            self._end(held, Ending(State.CANCELLED, solution=_text(held.untold)))
        elif held.killed:
            self._end(held, Ending(State.FAILED, message="it did not end when its time was over"))
        elif held.job.deaths + 1 < self._settings.attempts:
            _LOG.warning("job %s: %s; it is begun again", held.job.id, why)
            self._give_back(held, counts=True)
        else:
            self._end(held, Ending(State.FAILED, message=why))

    def _give_back(self, held: Held, *, counts: bool) -> None:
        self._enter(lambda: self._store.queue.give_back(held.job, counts=counts))

    def _end(self, held: Held, ending: Ending) -> None:
        self._enter(lambda: self._store.queue.end(held.job, ending))

    def _enter(self, write: Callable[[], None]) -> None:
        """Write what must not be lost: while the store is away, again and again until the job is lost."""
        while True:
            try:
                return write()
            except _AWAY:
                if self._closing.is_set():
                    raise
                _LOG.exception("the end of a job could not be entered; trying again")
            self._closing.wait(_AGAIN_SECONDS)

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
                held = list(self._held)
            try:
                self._look_after(held, beats=beats)
            except Exception:  # this thread has to go on, whatever it is
                _LOG.exception("no sign of life could be given")
            for each in held:
                each.hurry(self._settings.grace)

    def _look_after(self, held: list[Held], *, beats: bool) -> None:
        began = time.monotonic()
        mine = self._store.queue.still_held([each.job for each in held], renew=beats) if held else {}
        self._renewed = began if beats or not held else self._renewed
        for each in held:
            now = mine.get((each.job.id, each.job.token))
            if now is None:
                each.lost = True
                each.kill()
            elif now.cancel_asked and not each.cancelled:
                each.cancelled = True
                each.stop(self._settings.grace)


def _told(best: Data) -> Data:
    """Return what is told of a better schedule: not all of it, which is in the store."""
    return {"placements": len(best["placements"])}


def _text(solution: Data | None) -> str | None:
    return None if solution is None else json.dumps(solution)
