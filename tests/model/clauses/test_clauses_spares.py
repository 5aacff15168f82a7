"""Processes are ready before they are needed, go from one to the next, and none is left behind."""

import pytest

from scheduler.model.clauses import spares
from scheduler.model.clauses.packing import packed, unpacked

needs_sat = pytest.mark.skipif(not spares.available(), reason="needs the extra: pip install 'scheduler[sat]'")


@needs_sat
def test_those_started_early_are_taken_over():
    spares.dismiss()
    spares.prepare(1)
    spares.prepare(1)
    (early,) = spares._early
    waiting = spares.Spares(1)
    assert waiting.take() is early
    waiting.give_back(early)
    waiting.close()
    spares.settle()
    assert early.returncode is not None


@needs_sat
def test_those_that_nobody_needs_are_ended():
    spares.prepare(1)
    (early,) = spares._early
    spares.settle()
    assert early.returncode is not None
    assert spares._early == []


def test_clauses_come_out_of_bytes_as_they_went_in():
    clauses = [[1, -2], [], [3]]
    assert list(unpacked(packed(clauses))) == clauses
