"""QR codes of addresses, as SVG that stands in a page."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

QUIET = 4
"""Modules of white around a code, which readers need (ISO/IEC 18004)."""


def svg_of(address: str) -> str:
    """Return a QR code of an address: black on white, whatever colours the page has.

    All its masks can be read alike; to try which one is the prettiest would take most of the time.
    """
    import segno

    code = segno.make_qr(address, error="m", mask=0)
    return code.svg_inline(
        border=QUIET, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None
    )


def base_of(address: str) -> str:
    """Return the address of a site with a slash at its end; empty stays empty.

    Raises
    ------
    ValueError
        If it is no address of the web, or has a query or a fragment.
    """
    if not address:
        return ""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise ValueError(
            f"the address of a site should be like https://forum.example/2026/, and not {address!r}"
        )
    path = quote(parts.path, safe="/%~!$&'()*+,;=:@")
    return f"{parts.scheme}://{parts.netloc}{path.rstrip('/')}/"


def subscription(address: str) -> str:
    """Return the address by which calendar programs subscribe to a calendar rather than copy it."""
    return "webcal:" + address.partition(":")[2]
