"""The documentation of a process, both ways."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from zuji.formats.jsonld.record import Record
from zuji.model.lci.processes import Documentation, Review
from zuji.model.lci.references import Kind, Ref
from zuji.model.lci.wording import Wording

_WORDINGS: Mapping[str, str] = {
    "timeDescription": "time",
    "geographyDescription": "geography",
    "technologyDescription": "technology",
    "inventoryMethodDescription": "method",
    "modelingConstantsDescription": "modelling_constants",
    "completenessDescription": "completeness",
    "dataSelectionDescription": "selection",
    "dataTreatmentDescription": "treatment",
    "samplingDescription": "sampling",
    "dataCollectionDescription": "collection",
    "useAdvice": "use_advice",
    "restrictionsDescription": "restrictions",
    "intendedApplication": "intended_use",
    "projectDescription": "project",
}
_DATES: Mapping[str, str] = {
    "validFrom": "valid_from",
    "validUntil": "valid_until",
    "creationDate": "created",
}
UNHELD = (
    "applicability",
    "method_principle",
    "method_approaches",
    "commissioner",
    "publication_status",
    "licence",
)
"""Fields that openLCA has no place for."""


def read_documentation(process: Record) -> Documentation:
    """What processDocumentation says; keys that no field holds stay with the process."""
    record = process.inner("processDocumentation")
    if record is None:
        return Documentation()
    fields: dict[str, Any] = {field: record.wording(key) for key, field in _WORDINGS.items()}
    fields |= {field: record.text(key) for key, field in _DATES.items()}
    generator = record.ref("dataGenerator", Kind.CONTACT)
    made = Documentation(
        **fields,
        sources=record.refs("sources", Kind.SOURCE),
        reviews=tuple(_review(one) for one in record.inners("reviews")),
        compliance=_compliance(record),
        generators=(generator,) if generator else (),
        documentor=record.ref("dataDocumentor", Kind.CONTACT),
        owner=record.ref("dataSetOwner", Kind.CONTACT),
        publication=record.ref("publication", Kind.SOURCE),
        copyrighted=record.flag("isCopyrightProtected"),
    )
    process.take_over(record, "processDocumentation")
    return made


def _review(record: Record) -> Review:
    return Review(
        type=record.text("reviewType"),
        details=record.wording("details"),
        reviewers=record.refs("reviewers", Kind.CONTACT),
        report=record.ref("report", Kind.SOURCE),
        extras=record.extras(),
    )


def _compliance(documentation: Record) -> tuple[Ref, ...]:
    found: list[Ref] = []
    for one in documentation.inners("complianceDeclarations"):
        system = one.ref("system", Kind.SOURCE)
        if system is None:
            documentation.keep_dropped("complianceDeclarations", one)
            continue
        documentation.take_over(one, "complianceDeclarations", len(found))
        found.append(system)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Pens:
    """How texts, references, and what a noun keeps beside its fields are written."""

    say: Callable[[Wording], str]
    refer: Callable[[Ref | None], dict[str, object]]
    restore: Callable[[dict[str, object], Any], dict[str, object]]


def write_documentation(made: Documentation, pens: Pens) -> dict[str, object]:
    """The object processDocumentation; empty where nothing is documented."""
    value: dict[str, object] = {key: getattr(made, field) for key, field in _DATES.items()}
    value |= {key: pens.say(getattr(made, field)) for key, field in _WORDINGS.items()}
    value |= {
        "dataGenerator": pens.refer(made.generators[0] if made.generators else None),
        "dataDocumentor": pens.refer(made.documentor),
        "dataSetOwner": pens.refer(made.owner),
        "publication": pens.refer(made.publication),
        "sources": [pens.refer(one) for one in made.sources],
        "reviews": [_write_review(one, pens) for one in made.reviews],
        "complianceDeclarations": [{"system": pens.refer(one)} for one in made.compliance],
    }
    value = {key: one for key, one in value.items() if one}
    if made.copyrighted is not None:
        value["isCopyrightProtected"] = made.copyrighted
    return {"@type": "ProcessDocumentation", **value} if value else {}


def _write_review(review: Review, pens: Pens) -> dict[str, object]:
    value: dict[str, object] = {
        "reviewType": review.type,
        "details": pens.say(review.details),
        "reviewers": [pens.refer(one) for one in review.reviewers],
        "report": pens.refer(review.report),
    }
    return pens.restore({key: one for key, one in value.items() if one}, review.extras)
