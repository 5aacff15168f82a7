"""``solve --certify`` and ``scheduler certificate check``: proofs that stand beside a schedule."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.cli.console import Terminal
from scheduler.cli.outcome import ExitCode, Refused

if TYPE_CHECKING:
    from scheduler.domain import Instance
    from scheduler.problem.slotted import Slotted
    from scheduler.search import Result
    from scheduler.search.certificates.files import Entry

_SECONDS = 300.0
"""For each proof, and again for its trimming."""


def certifiable(instance: Instance) -> Slotted:
    """Return a programme as equal slots, ready to be certified.

    Raises
    ------
    Refused
        If it is more than that, or something that certificates need is not installed.
    """
    from scheduler.problem import discretise
    from scheduler.problem.slotted import slotted
    from scheduler.search.certificates.proving import missing

    if lacking := missing():
        raise Refused(
            f"certificates need {' and '.join(lacking)}: install the extra, pip install 'scheduler[certify]'"
        )
    slots = slotted(discretise(instance))
    if slots is None:
        raise Refused("certificates exist only for programmes of meetings in equal slots of one area")
    return slots


def certify(instance_file: Path, slots: Slotted, result: Result, folder: Path) -> ExitCode:
    """Prove again what was proven, keep the proofs, and say what became of them."""
    from scheduler.search.certificates.files import claims_of, write

    claims = claims_of(slots, result.status, result.levels)
    terminal = Terminal()
    terminal.heading("Certificates")
    if not claims:
        terminal.print("  none: nothing was proven")
        return ExitCode.DONE
    ending = _told(terminal, write(slots, claims, folder, _SECONDS))
    terminal.print(f"  {folder}", soft_wrap=True)
    terminal.print(f"  To check: scheduler certificate check {folder} {instance_file}", soft_wrap=True)
    return ending


def run_check(folder: Path, instance_file: Path) -> ExitCode:
    """Check a folder of certificates against an instance."""
    from scheduler.reading import load
    from scheduler.search.certificates.checking import RefusedError
    from scheduler.search.certificates.files import check_folder

    slots = certifiable(load(instance_file))
    try:
        return _told(Terminal(), check_folder(slots, folder, _SECONDS))
    except RefusedError as error:
        raise Refused(str(error)) from None


def _told(terminal: Terminal, entries: Iterable[Entry]) -> ExitCode:
    """Print what became of each claim."""
    good = True
    for entry in entries:
        terminal.print(f"  {entry.name}: {entry.said}", soft_wrap=True)
        good = good and entry.good is not False
    return ExitCode.DONE if good else ExitCode.BROKEN
