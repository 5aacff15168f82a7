"""Texts as formats other than ours can hold them."""

from __future__ import annotations

import re

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot hold (section 2.2), and the delete character."""
_BREAK = re.compile(r"\r\n?")


def fit(text: str) -> str:
    """Return a text with one kind of line break and without what XML cannot hold."""
    return _UNFIT.sub("", _BREAK.sub("\n", text))


def on_one_line(text: str) -> str:
    """Return a text as a name can be: fit, and with single spaces for line breaks and all other space."""
    return " ".join(fit(text).split())
