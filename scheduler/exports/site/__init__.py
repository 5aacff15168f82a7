"""A schedule as a web site: files that work from a folder, without a server and without a network.

``words`` says dates and times in English, ``book`` knows how everything is called and where on the site it
is, ``lines`` makes of agendas what pages show, ``grid`` lays rooms against time, ``pages`` fills templates.
"""

from __future__ import annotations

from scheduler.exports.site.pages import files

__all__ = ["files"]
