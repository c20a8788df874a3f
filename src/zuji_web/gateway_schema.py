"""The API's description (OpenAPI 3.1) and its reference page, which needs nothing from elsewhere."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase
from ninja.openapi.schema import OpenAPISchema


class ReferencePage(DocsBase):
    """The reference, rendered on the server from the description."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        document = api.get_openapi_schema(path_params=kwargs)
        return render(request, "api/reference.html", {"api": document, "routes": _routes(document)})


def _routes(document: dict[str, Any]) -> list[dict[str, Any]]:
    """One entry a route, in the order of the description."""
    return [
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


def _schema_name(holder: dict[str, Any]) -> str:
    for media_type, content in holder.get("content", {}).items():
        schema = content.get("schema", {})
        reference = schema.get("$ref") or schema.get("items", {}).get("$ref", "")
        return str(reference.rsplit("/", 1)[-1] or schema.get("title", "") or media_type)
    return ""


class DocumentedAPI(NinjaAPI):
    """Says of a problem document what it is: `application/problem+json`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(docs=ReferencePage(), **options)

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        document = super().get_openapi_schema(**options)
        document["info"]["description"] = str(document["info"]["description"])
        for operations in document["paths"].values():
            for operation in operations.values():
                for status, answer in operation["responses"].items():
                    content = answer.get("content", {})
                    if int(status) >= 400 and "application/json" in content:
                        answer["content"] = {"application/problem+json": content["application/json"]}
        return document
