"""From a file to its text: what is no readable text is refused here, whatever it holds."""

from __future__ import annotations

import codecs
import re
from pathlib import Path as FilePath

from scheduler.reading.errors import InputError, InputFault

MAX_BYTES = 50_000_000
"""The largest file that is read (an instance with 20,000 meetings takes about 4 MB)."""

_JSON = ".json"
_PAIR = re.compile(r"(?<!\\)((?:\\\\)*)\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")
"""A character of JSON that is escaped as two halves."""


def read_text(path: FilePath, name: str) -> str:
    """Return the text of a UTF-8 file, with or without a byte order mark.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    name : str
        How errors name it.

    Raises
    ------
    InputError
        If there is no such file, it is a folder, too large, empty, binary or in another encoding.
    """
    text = decoded(_read_bytes(path, name), name)
    return whole_characters(text) if path.suffix.lower() == _JSON else text


def decoded(data: bytes, name: str) -> str:
    """Return the text that the bytes of a UTF-8 file stand for, with or without a byte order mark.

    Raises
    ------
    InputError
        If it is empty, binary or in another encoding.
    """
    if b"\0" in data[:4] or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise _refused(name, "should be saved as UTF-8, not as UTF-16 or UTF-32", line=1, column=1)
    zero = data.find(b"\0")
    if zero >= 0:
        raise _refused(name, "is a binary file, not text", line=data.count(b"\n", 0, zero) + 1, column=1)
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line, column = _place(data, error.start)
        message = f"is not UTF-8 text (byte 0x{data[error.start]:02x}): save it as UTF-8"
        raise _refused(name, message, line=line, column=column) from None
    if not text.strip():
        raise _refused(name, "is empty")
    return text


def whole_characters(text: str) -> str:
    r"""Return a JSON text in which characters that are escaped as two halves are escaped as YAML does.

    JSON writes what has no place in 16 bits as ``\ud83d\ude80``, which YAML refuses; ``\U0001f680`` is
    almost as long, so that places in the text stay where they are, but for two columns.
    """
    return _PAIR.sub(_whole, text)


def _whole(found: re.Match[str]) -> str:
    high, low = int(found[2], 16), int(found[3], 16)
    return f"{found[1]}\\U{0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00):08x}"


def _read_bytes(path: FilePath, name: str) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise _refused(name, "does not exist") from None
    except IsADirectoryError:
        raise _refused(name, "is a folder, not a file") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise _refused(name, f"cannot be read: {reason}") from None
    if len(data) > MAX_BYTES:
        raise _refused(name, f"is too large: at most {MAX_BYTES // 1_000_000} MB are read")
    return data


def _place(data: bytes, offset: int) -> tuple[int, int]:
    """Return line and column, from 1, of a byte that everything before it leads to as UTF-8."""
    before = data[:offset].decode()
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def _refused(name: str, message: str, line: int = 0, column: int = 0) -> InputError:
    return InputError([InputFault(name, line, column, (), None, message)])
