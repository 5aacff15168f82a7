"""An engine whose jobs do what a test says."""

from queue import SimpleQueue
from threading import Event
from time import monotonic, sleep

from scheduler.service.jobs.orders import DiedError, News, NewsKind

FOUND = {"programme": "forum", "status": "feasible", "placements": [{"activity": "a"}]}


class ScriptedRun:
    """A job that is under way until the test ends it."""

    def __init__(self, order):
        self.order = order
        self.stopped = Event()
        self.killed = Event()
        self._news = SimpleQueue()

    def news(self):
        while True:
            told = self._news.get()
            if isinstance(told, Exception):
                raise told
            if told is None:
                return
            yield told

    def stop(self):
        self.stopped.set()

    def kill(self):
        if not self.killed.is_set():
            self.killed.set()
            self.die("its process was ended by SIGKILL")

    # -- what a test has it do

    def tell(self, value=1):
        self._news.put(News(NewsKind.LEVEL, {"level": 1, "value": value}))

    def find(self, solution=FOUND):
        self._news.put(News(NewsKind.BEST, {"solution": solution}))

    def finish(self, solution=FOUND, **result):
        self._news.put(News(NewsKind.RESULT, {"result": result, "solution": solution}))
        self._news.put(None)

    def fail(self, message):
        self._news.put(News(NewsKind.ERROR, {"message": message}))
        self._news.put(None)

    def die(self, why="its process ended with code 1"):
        self._news.put(DiedError(why))


class ScriptedEngine:
    """Starts such jobs; ``runs`` are all that were started."""

    def __init__(self):
        self.runs = []
        self.refused = []
        self.closed = False

    def start(self, order):
        if self.refused:
            raise self.refused.pop()
        self.runs.append(ScriptedRun(order))
        return self.runs[-1]

    def close(self):
        self.closed = True

    def run(self, number=0):
        """Return the run of this number as soon as it has been started."""
        eventually(lambda: len(self.runs) > number)
        return self.runs[number]


def eventually(holds, seconds=30):
    """Wait until something holds, which has to be soon."""
    until = monotonic() + seconds
    while not holds():
        assert monotonic() < until, "it has not come to that"
        sleep(0.01)
