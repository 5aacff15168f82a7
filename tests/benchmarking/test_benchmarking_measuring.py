import os
import sys
import time

import pytest

from scheduler.benchmarking.measuring import measure

BUSY = """
import time
held = bytearray(60_000_000)
end = time.process_time() + 0.3
while time.process_time() < end:
    pass
"""


def python(code):
    return [sys.executable, "-S", "-c", code]


def test_what_a_process_uses_is_measured(tmp_path):
    found = measure(python(BUSY + "\nprint('said')"), 60, tmp_path / "run")
    assert found.exit_code == 0
    assert not found.killed
    assert 0.3 <= found.processor <= found.wall + 0.1
    assert 60 < found.megabytes < 200
    assert abs(found.began - time.time()) < 60
    assert (tmp_path / "run.out").read_text() == "said\n"


@pytest.mark.skipif(not os.path.exists("/proc/self/statm"), reason="this system does not tell")  # noqa: PTH110
def test_children_count_too(tmp_path):
    code = (
        "import subprocess, sys\n"
        f"child = [sys.executable, '-S', '-c', {BUSY!r}]\n"
        "run = [subprocess.Popen(child) for _ in range(2)]\n"
        "[one.wait() for one in run]"
    )
    found = measure(python(code), 60, tmp_path / "run")
    assert found.processor >= 0.6
    assert found.megabytes > 120


def test_an_ending_by_itself_is_told(tmp_path):
    found = measure(python("import sys; sys.exit('amiss')"), 60, tmp_path / "run")
    assert found.exit_code == 1
    assert (tmp_path / "run.err").read_text() == "amiss\n"


def test_a_process_that_takes_too_long_is_killed_with_all_that_it_started(tmp_path):
    code = (
        "import subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-S', '-c', 'import time; time.sleep(600)'])\n"
        "print(child.pid, flush=True)\n"
        "time.sleep(600)"
    )
    found = measure(python(code), 0.5, tmp_path / "run")
    assert found.killed == "time"
    assert found.exit_code < 0
    child = int((tmp_path / "run.out").read_text())
    assert ended(child)


@pytest.mark.skipif(not os.path.exists("/proc/self/statm"), reason="this system does not tell")  # noqa: PTH110
def test_a_process_that_takes_too_much_memory_is_killed(tmp_path):
    code = "import time; held = bytearray(150_000_000); time.sleep(600)"
    found = measure(python(code), 60, tmp_path / "run", most=100)
    assert found.killed == "memory"
    assert found.megabytes > 100
    assert found.wall < 60


def ended(pid):
    """Return whether a process is gone, or dead and only not yet buried."""
    for _ in range(50):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        state = f"/proc/{pid}/stat"
        if os.path.exists(state) and open(state).read().split()[2] == "Z":  # noqa: PTH110, PTH123, SIM115
            return True
        time.sleep(0.1)
    return False
