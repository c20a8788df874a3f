"""The API's description (OpenAPI 3.1) and its reference page, which needs nothing from elsewhere."""

import json
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase
from ninja.openapi.schema import OpenAPISchema


class ReferencePage(DocsBase):
    """The reference, rendered on the server from the description."""

    def __init__(self, *, token_path: str, scopes: dict[str, Any]) -> None:
        self.token_path = token_path
        self.scopes = scopes

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        document = api.get_openapi_schema(path_params=kwargs)
        context = {
            "api": document,
            "routes": _routes(document),
            "schemas": _schemas(document),
            "token_url": request.build_absolute_uri(self.token_path),
            "scopes": self.scopes.items(),
        }
        return render(request, "api/reference.html", context)


def _routes(document: dict[str, Any]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The routes by tag, in the order of the description."""
    routes = [
        {
            "method": method.upper(),
            "path": path,
            "tag": (operation.get("tags") or [""])[0],
            "body": _schema_name(operation.get("requestBody", {})),
            "answers": [
                {"status": status, "description": answer["description"], "schema": _schema_name(answer)}
                for status, answer in operation["responses"].items()
            ],
            **{
                key: operation.get(key, "") for key in ("operationId", "summary", "description", "parameters")
            },
        }
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    ]
    return [(tag, list(group)) for tag, group in groupby(routes, key=lambda route: str(route["tag"]))]


def _schemas(document: dict[str, Any]) -> list[tuple[str, dict[str, str]]]:
    return [
        (
            name,
            {
                "description": schema.get("description", "").splitlines()[0]
                if schema.get("description")
                else "",
                "text": json.dumps(schema, ensure_ascii=False, indent=2),
            },
        )
        for name, schema in sorted(document["components"]["schemas"].items())
    ]


def _schema_name(holder: dict[str, Any]) -> str:
    for media_type, content in holder.get("content", {}).items():
        schema = content.get("schema", {})
        reference = schema.get("$ref") or schema.get("items", {}).get("$ref", "")
        return str(reference.rsplit("/", 1)[-1] or schema.get("title", "") or media_type)
    return ""


# A visitor is no way of signing in; OpenAPI writes "or nothing at all" as an empty requirement.
PUBLIC: dict[str, list[str]] = {"Visitor": []}


class DocumentedAPI(NinjaAPI):
    """Says of a problem document what it is: `application/problem+json`."""

    def __init__(self, *, about: Promise, **options: Any) -> None:
        super().__init__(**options)
        self.about = about

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        document = super().get_openapi_schema(**options)
        document["info"]["description"] = str(self.about)
        for operations in document["paths"].values():
            for operation in operations.values():
                for status, answer in operation["responses"].items():
                    content = answer.get("content", {})
                    if int(status) >= 400 and "application/json" in content:
                        answer["content"] = {"application/problem+json": content["application/json"]}
                if PUBLIC in operation.get("security", ()):
                    operation["security"] = [way for way in operation["security"] if way != PUBLIC] + [{}]
        document["components"].get("securitySchemes", {}).pop("Visitor", None)
        return document
