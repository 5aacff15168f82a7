from __future__ import annotations

from pathlib import Path

import pytest
from support.hand_made import hand_made, hand_placed

from scheduler.exports import export
from scheduler.exports.site.codes import base_of, subscription


@pytest.mark.parametrize(
    ("given", "base"),
    [
        ("", ""),
        ("https://forum.example", "https://forum.example/"),
        ("https://forum.example/2026/", "https://forum.example/2026/"),
        ("http://localhost:8000/a b/ü", "http://localhost:8000/a%20b/%C3%BC/"),
    ],
)
def test_the_base_ends_with_a_slash(given: str, base: str) -> None:
    assert base_of(given) == base


@pytest.mark.parametrize(
    "address",
    ["forum.example", "ftp://forum.example", "https://", "https://a.example/?x=1", "/site", "https://a#b"],
)
def test_what_is_no_address_of_a_site_is_refused(address: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"should be like https://forum\.example/2026/, and not"):
        export(hand_made(), hand_placed(), "site", directory=tmp_path / "out", address=address)
    assert not (tmp_path / "out").exists()


def test_subscriptions_have_a_scheme_of_their_own() -> None:
    assert subscription("https://a.example/x.ics") == "webcal://a.example/x.ics"
