"""Finds calendars by their secrets, quickly.

Programs that subscribe ask often, and mostly for what they have already. So what was asked for is kept as it
is sent, and as long as nothing was published or revoked (one query a second says so, whatever is asked for)
it is found without a look into the store and without another thread.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any, TypeVar

from anyio import CapacityLimiter, to_thread

from scheduler.service.feeds.calendars import Calendar
from scheduler.service.store import Store

_FRESH_SECONDS = 1.0
"""So long what is kept is taken to be right."""
_STALE_SECONDS = 2.0
"""So long it is still given out while it is being looked at again."""
_ROUNDS = 2
_KEPT_BYTES = 64 * 1024 * 1024
_THREADS = 4
"""So many look into the store at a time: whoever guesses addresses keeps nobody else from it."""
_T = TypeVar("_T")


class FeedReader:
    """Finds the calendars of secrets, and keeps those that were asked for.

    An answer says what was true two seconds ago at the most, wherever it was changed; what was changed
    through this very process it knows at once.

    Parameters
    ----------
    store : Store
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: OrderedDict[str, Calendar] = OrderedDict()
        self._bytes = 0
        self._revision = ""
        self._looked = float("-inf")
        self._asked_again = 0
        self._under_way: dict[str, asyncio.Task[Any]] = {}
        self._threads = CapacityLimiter(_THREADS)

    def look_again(self) -> None:
        """Have the next answer be of what is in the store now; may be called from any thread."""
        self._asked_again += 1
        self._looked = float("-inf")

    async def calendar(self, secret: str) -> Calendar | None:
        """Return the calendar that a secret leads to; None: nowhere.

        Raises
        ------
        sqlalchemy.exc.SQLAlchemyError
            If the store does not answer.
        """
        if self._age > _FRESH_SECONDS:
            looking = self._once("", self._look)
            for _ in range(_ROUNDS):  # the first may have been begun before something was changed
                if self._age > _STALE_SECONDS:
                    await asyncio.shield(looking)
                    looking = self._once("", self._look) if self._age > _STALE_SECONDS else looking
        found = self._kept.get(secret)
        if found is not None:
            self._kept.move_to_end(secret)
            return found
        return await asyncio.shield(self._once(f"{self._revision} {secret}", partial(self._load, secret)))

    @property
    def _age(self) -> float:
        return time.monotonic() - self._looked

    def _once(self, name: str, work: Callable[[], Coroutine[Any, Any, _T]]) -> asyncio.Task[_T]:
        """Begin something, unless it is under way for somebody else."""
        task: asyncio.Task[_T] | None = self._under_way.get(name)
        if task is None:
            task = asyncio.get_running_loop().create_task(work())
            self._under_way[name] = task
            task.add_done_callback(partial(self._done, name))
        return task

    def _done(self, name: str, task: asyncio.Task[Any]) -> None:
        del self._under_way[name]
        if not task.cancelled():
            task.exception()  # whoever waits is told; perhaps nobody does

    async def _look(self) -> None:
        asked, began = self._asked_again, time.monotonic()
        revision = await self._in_thread(self._store.feeds.revision)
        if revision != self._revision:
            self._kept.clear()
            self._bytes = 0
            self._revision = revision
        if asked == self._asked_again:
            self._looked = began

    async def _load(self, secret: str) -> Calendar | None:
        revision = self._revision
        found = await self._in_thread(partial(_find, self._store, secret))
        if found is not None and revision == self._revision:
            self._keep(secret, found)
        return found

    def _keep(self, secret: str, calendar: Calendar) -> None:
        self._kept[secret] = calendar
        self._bytes += calendar.size
        while self._bytes > _KEPT_BYTES:
            _, dropped = self._kept.popitem(last=False)
            self._bytes -= dropped.size

    async def _in_thread(self, work: Callable[[], _T]) -> _T:
        return await to_thread.run_sync(work, limiter=self._threads)


def _find(store: Store, secret: str) -> Calendar | None:
    feed = store.feeds.find(secret)
    content = None if feed is None else store.publications.calendar(feed)
    return None if feed is None or content is None else Calendar.of(feed.stem, content)
