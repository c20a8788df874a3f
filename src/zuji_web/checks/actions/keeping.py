"""Keeping what a check found."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from zuji.model.category_rules import ProductCategoryRule
from zuji.model.conformity import Severity
from zuji_web.checks.models import StudyCheck
from zuji_web.checks.queries.checking import Checked, Registry
from zuji_web.checks.queries.outcomes import as_dict
from zuji_web.factors.queries import Library
from zuji_web.products.models import ProductStudy

_TOGETHER = 100
_RENEWED = (
    "digest", "revision", "on", "at", "passed", "errors", "warnings", "notes", "total", "outcome",
)  # fmt: skip


def digest(row: ProductStudy, rule: ProductCategoryRule, using: Library, registry: Registry) -> str:
    """SHA-256 of everything that a check of a study looks at: the same digest, the same answer."""
    parts = (
        json.dumps(row.document, sort_keys=True, ensure_ascii=False),
        registry.digest_of(rule),
        using.digest,
        registry.state,
        registry.on.isoformat(),
    )
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def row_of(study: ProductStudy, checked: Checked, state: str) -> StudyCheck:
    """The row that keeps a check, not yet written."""
    conformity, footprint = checked.conformity, checked.examined.footprint
    return StudyCheck(
        study=study,
        rule=checked.rule.key,
        digest=state,
        revision=study.revision,
        on=checked.on,
        at=timezone.now(),
        passed=conformity.passed,
        errors=conformity.count(Severity.ERROR),
        warnings=conformity.count(Severity.WARNING),
        notes=conformity.count(Severity.NOTE),
        total=footprint.total if footprint is not None else None,
        outcome=as_dict(conformity),
    )


def keep(rows: Iterable[StudyCheck]) -> None:
    """Writes checks, each in place of the one kept before for the same study and rule."""
    listed: list[Any] = list(rows)
    StudyCheck.objects.bulk_create(
        listed,
        batch_size=_TOGETHER,
        update_conflicts=True,
        unique_fields=["study", "rule"],
        update_fields=_RENEWED,
    )
