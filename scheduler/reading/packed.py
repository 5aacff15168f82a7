"""What reading a packed file (ZIP) may end with when it is damaged, whichever way it was packed."""

from __future__ import annotations

import zipfile
import zlib

try:
    from lzma import LZMAError
except ImportError:  # Python can be built without it; then such files are not implemented
    LZMAError = zlib.error  # type: ignore[misc, assignment]

DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    LZMAError,
    EOFError,
    NotImplementedError,
    RuntimeError,  # a password is needed
    OSError,
    ValueError,
)
