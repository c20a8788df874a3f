"""Standards over the API: anybody may read the registry and ask it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query

from zuji.formats.standards import tree
from zuji_web import gateway
from zuji_web.accounts.guards import actor_of
from zuji_web.standards import procedure_api
from zuji_web.standards.models import StandardRecord
from zuji_web.standards.queries import governing, overview, registry
from zuji_web.standards.schemas import (
    CoverageIn,
    CoverageOut,
    GoverningIn,
    GoverningOut,
    StandardDetail,
    StandardFilter,
    StandardRow,
    TargetsIn,
    TargetsOut,
    names,
)

router = gateway.router("standards", public=True)
router.add_router("", procedure_api.router)


@router.get("", response=list[StandardRow], summary="List standards")
@gateway.paged
def list_standards(request: HttpRequest, wanted: Query[StandardFilter]) -> Sequence[StandardRecord]:
    """Registered standards by their number; demonstrations only where they are asked for."""
    given = registry.Wanted(
        text=wanted.q,
        level=wanted.level or "",
        kind=wanted.kind or "",
        state=wanted.state,
        product=wanted.product,
        demonstrations=wanted.demonstrations,
    )
    return registry.found(given, by=actor_of(request))


@router.get("/governing", response=GoverningOut, summary="Ask which standard governs a product")
def read_governing(request: HttpRequest, asked: Query[GoverningIn]) -> dict[str, Any]:  # noqa: ARG001
    """Exactly one standard or none for a product on a day in a province, with the reason; past days too."""
    code, on = tree().parse(asked.product), asked.on or registry.today()
    found = governing.answer(code, on, asked.region, demonstrations=asked.demonstrations)
    return {
        "product": str(code),
        "on": on,
        "region": asked.region,
        "standard": found.record,
        "reason": names(found.governing.reason),
        "candidates": list(found.candidates),
        "general": found.general,
    }


@router.get("/coverage", response=CoverageOut, summary="Read the coverage of products by standards")
def read_coverage(request: HttpRequest, asked: Query[CoverageIn]) -> dict[str, Any]:  # noqa: ARG001
    """For each product of the tree and each of the four kinds what there is, and the gaps."""
    found = overview.matrix(asked.on or registry.today(), asked.region)
    return {
        "on": found.on,
        "region": found.region,
        "gaps": len(found.gaps),
        "rows": [
            {
                "product": str(row.node.code),
                "name": names(row.node.name),
                "cells": [
                    {
                        "kind": cell.kind,
                        "cover": cell.cover,
                        "standards": [each.number for each in cell.standards],
                    }
                    for cell in row.cells
                ],
            }
            for row in found.rows
        ],
    }


@router.get("/targets", response=TargetsOut, summary="Count rules toward a province's targets")
def read_targets(request: HttpRequest, asked: Query[TargetsIn]) -> dict[str, Any]:  # noqa: ARG001
    """Rules that bodies of a province led or joined, each with its evidence; what does not count, and why."""
    found = overview.count(asked.region, asked.on or registry.today())
    return {
        "region": found.region,
        "on": found.on,
        "standings": [
            {
                "name": names(each.target.name),
                "by": each.target.by,
                "number": each.target.number,
                "reached": each.reached,
                "missing": each.missing,
                "clause": each.target.clause,
                "source": each.target.source,
            }
            for each in found.standings
        ],
        "counted": [
            {
                "number": each.standard.number,
                "in_force": each.in_force,
                "led": each.led,
                "bodies": [
                    {"name": body.name, "role": body.role, "region": body.region, "evidence": body.evidence}
                    for body in each.bodies
                ],
            }
            for each in found.counted
        ],
        "not_counted": [
            {"number": each.standard.number, "because": names(each.because), "needs": names(each.needs)}
            for each in found.not_counted
        ],
        "unattributed": [each.number for each in found.unattributed],
    }


@router.get("/{uuid:standard_id}", response=StandardDetail, summary="Read a standard")
def read_standard(request: HttpRequest, standard_id: UUID) -> StandardRecord:
    """A standard or procedure with its bodies, source and history; 404 for a proposal of others."""
    return registry.record(standard_id, by=actor_of(request))
