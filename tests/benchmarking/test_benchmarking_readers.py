from __future__ import annotations

import pytest

from scheduler.benchmarking.readers import Measured, Order, answering, run


def test_readers_measure_what_they_are_answered() -> None:
    with answering(1000) as url:
        measured = run(Order(url, ("/feeds/a.ics", "/feeds/b.ics"), readers=5, seconds=0.3))
        paced = run(Order(url, ("/",), readers=5, seconds=0.3, pause=0.1))
    for found in (measured, paced):
        count = len(found.seconds)
        assert count
        assert found.statuses == {"200": count}
        assert found.size == 1000 * count
        assert 0 < found.at(0.5) <= found.at(0.99) <= found.at(1.0) == max(found.seconds)
        assert found.rate == pytest.approx(count / found.took)
        assert found.processor > 0
    assert len(paced.seconds) < len(measured.seconds)


def test_readers_whom_nobody_answers_say_so() -> None:
    with answering(10) as url:
        pass
    with pytest.raises(RuntimeError, match="the readers have failed"):
        run(Order(url, ("/",), readers=1, seconds=0.1))


def test_shares_of_answers() -> None:
    measured = Measured(seconds=[float(n) for n in range(100, 0, -1)])
    assert (measured.at(0.5), measured.at(0.99), measured.at(1.0), measured.at(0.0)) == (50, 99, 100, 1)
