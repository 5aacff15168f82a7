"""The OpenAPI document: what the application knows of its operations, and what may happen to all of them."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from scheduler.service.feeds.answers import DOCUMENTED, PATH
from scheduler.service.problems import Problem, ProblemItem, responses
from scheduler.service.repeating import document

_EVERYWHERE = (408, 413, 503)
"""Bodies that are too slow or too large are refused before it is looked for whom they are."""
_WITHOUT_KEYS = (403,)
_WITH_BODY = (400,)
_UNUSED = ("HTTPValidationError", "ValidationError")


def documented(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI document of an application; it is made once."""
    if app.openapi_schema is None:
        made = get_openapi(
            title=app.title, version=app.version, description=app.description, routes=app.routes
        )
        schemas = made.setdefault("components", {}).setdefault("schemas", {})
        for kind in (Problem, ProblemItem):
            schema = kind.model_json_schema(ref_template="#/components/schemas/{model}")
            schema.pop("$defs", None)
            schemas[kind.__name__] = schema
        for unused in _UNUSED:
            schemas.pop(unused, None)
        document(made["paths"])
        made["paths"][PATH] = DOCUMENTED
        for operations in made["paths"].values():
            for operation in operations.values():
                _complete(operation)
        app.openapi_schema = made
    return app.openapi_schema


def _complete(operation: dict[str, Any]) -> None:
    """Add the problems that may come of any request."""
    also = (*_EVERYWHERE, *_WITHOUT_KEYS, *(_WITH_BODY if "requestBody" in operation else ()))
    for status, said in responses(*also).items():
        operation["responses"].setdefault(str(status), said)
