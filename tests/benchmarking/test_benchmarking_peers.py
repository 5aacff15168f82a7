"""The other solvers of a benchmark agree with trying everything, on forums of a few meetings."""

import json
import random
import subprocess
import sys
from importlib.util import find_spec
from itertools import product

import pytest

from scheduler.benchmarking.published import judge, read
from scheduler.benchmarking.solvers import PEERS

LIBRARIES = {"naive_cpsat": "ortools", "linear_cpsat": "ortools", "highs": "highspy", "rc2": "pysat"}


def written(path, seed, *, alone):
    """Write a random forum; with ``alone`` somebody has no break whatever happens."""
    chance = random.Random(seed)
    people, slots = 5, 5
    among = range(2 if alone else 1, people + 1)
    pairs = [sorted(chance.sample(among, 2)) for _ in range(7)]
    requested = "".join(f"|{a},{b},{chance.choice((1, 2, 3, 3, 3))},\n" for a, b in pairs)
    forbidden = ", ".join(f"{{{chance.choice((0, 0, 1, 3, 5))}}}" for _ in range(people))
    fixed = ",".join(str(chance.choice((0,) * 9 + (2, 3))) for _ in pairs)
    before = ", ".join(
        f"{{{chance.randint(1, m)}}}" if m and chance.random() < 0.2 else "{}" for m in range(7)
    )
    path.write_text(
        f"nBusiness = {people};\nnMeetings = {len(pairs)};\nnTables = 2;\nnTotalSlots = {slots};\n"
        f"nMorningSlots = 3;\nrequested = [{requested}|];\nforbidden = [{forbidden}];\n"
        f"fixed = [{fixed}];\nprecedences = [{before}];\n"
    )
    return path


def fewest_breaks(forum):
    """Return the optimum, by trying everything; None if there is no schedule."""
    judged = (judge(forum, slots) for slots in product(*forum.domains))
    return min((one.breaks for one in judged if not one.faults), default=None)


@pytest.mark.parametrize("name", LIBRARIES)
@pytest.mark.parametrize(
    ("seed", "alone"), [(1, True), (36, True), (2, False), (4, False), (5, False), (14, False)]
)
def test_a_solver_finds_the_optimum(name, seed, alone, tmp_path):
    agrees(name, written(tmp_path / "forum.dzn", seed, alone=alone))


# The first two meet in every second slot: three breaks each. The others must have one at least.
TORN = """
nBusiness = 4; nMeetings = 6; nTables = 2; nTotalSlots = 7; nMorningSlots = 7;
requested = [|1,2,3, |1,2,3, |1,2,3, |1,2,3, |3,4,3, |3,4,3, |];
forbidden = [{0}, {0}, {0}, {0}]; fixed = [1,3,5,7,1,LAST]; precedences = [{}, {}, {}, {}, {}, {}];
"""


@pytest.mark.parametrize("name", LIBRARIES)
@pytest.mark.parametrize("last", ["0", "2"])
def test_a_solver_is_fair(name, last, tmp_path):
    path = tmp_path / "forum.dzn"
    path.write_text(TORN.replace("LAST", last))
    agrees(name, path)


def agrees(name, path):
    """Run a solver, and hold what it finds against the optimum."""
    if find_spec(LIBRARIES[name]) is None:
        pytest.skip(f"{LIBRARIES[name]} is not installed: pip install 'scheduler[benchmark]'")
    forum = read(path)
    command = [sys.executable, str(PEERS / f"{name}.py"), str(path), "--limit", "30", "--workers", "1"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout.splitlines()[-1])
    best = fewest_breaks(forum)
    if best is None:
        assert said["status"] == "infeasible"
    else:
        assert (said["status"], said["value"], said["bound"]) == ("optimal", best, best)
        judged = judge(forum, said["slots"])
        assert (judged.breaks, judged.faults) == (best, ())
