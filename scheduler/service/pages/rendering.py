"""Pages from templates, with what all of them share."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import Request
from fastapi.responses import HTMLResponse

from scheduler.exports import in_words
from scheduler.exports.site import words
from scheduler.exports.site.book import link, links
from scheduler.exports.site.pages import HERE as SITE
from scheduler.service.access import Scope
from scheduler.service.pages.guarding import Visit, keep
from scheduler.service.settings import program_version

if TYPE_CHECKING:
    from jinja2 import Environment

HERE = Path(__file__).parent


def page(
    request: Request,
    visit: Visit,
    template: str,
    title: str,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **told: Any,
) -> HTMLResponse:
    """Return a page.

    Parameters
    ----------
    request : Request
    visit : Visit
        Who looks at it.
    template, title : str
    status : int
    headers : mapping of str to str, optional
    **told
        What the template is told besides.
    """
    text = rendered(
        template,
        title=title,
        visit=visit,
        may_plan=visit.may(Scope.PLAN),
        auth=request.app.state.service.settings.auth,
        **told,
    )
    made = HTMLResponse(text.encode(), status, headers=dict(headers or {}))
    keep(made, request, visit)
    return made


def rendered(template: str, **told: Any) -> str:
    """Return the text of a page."""
    return _environment().get_template(template).render(**told)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined
    from markupsafe import Markup

    def plain(value: Any) -> Any:
        """Take out of texts what HTML does not allow; markup is ours."""
        return words.clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value

    made = Environment(
        loader=ChoiceLoader(
            [
                FileSystemLoader(HERE / "templates"),
                PrefixLoader({"site": FileSystemLoader(SITE / "templates")}),
            ]
        ),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=plain,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals |= {"words": words, "in_words": in_words, "link": link, "links": links}
    made.globals["version"] = program_version()
    return made
