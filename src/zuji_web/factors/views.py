"""Pages of the factor library; anybody may read them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET


@require_GET
def dataset_list(request: HttpRequest) -> HttpResponse:
    """The library with search and filters."""
    return render(request, "ui/base.html")
