import contextlib
import signal

import pytest

from scheduler.cli.stopping import stoppable


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_first_signal_asks_and_the_second_ends(number):
    announced = []
    with stoppable(lambda: announced.append(True)) as stop:
        assert not stop.is_set()
        signal.raise_signal(number)
        assert stop.is_set()
        assert announced == [True]
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(number)
    assert announced == [True]


def test_afterwards_signals_do_what_they_did_before():
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    inside = []
    with contextlib.suppress(KeyError), stoppable(lambda: None):
        inside = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
        raise KeyError
    assert not set(inside) & set(before)
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before
