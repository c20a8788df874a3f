"""The registry: one row for each standard, from the proposal to the withdrawal.

A row becomes `zuji.model.standards.Standard` and comes from it without loss, so that every question is
answered by the library over the rows as they stand.
"""

import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any, NoReturn

import rfc8785
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zuji.model.standards import (
    Certainty,
    DraftingBody,
    DraftingRole,
    ProductCode,
    Standard,
    StandardKind,
    StandardLevel,
)
from zuji.rules.classification import code_of


def digest_of(standard: Standard) -> str:
    """SHA-256 over the canonical JSON (RFC 8785) of a standard as a document."""
    plain = columns(standard) | {"bodies": list(map(asdict, standard.bodies))}
    for name in ("issued", "in_force", "withdrawn"):
        plain[name] = plain[name].isoformat() if plain[name] else ""
    return hashlib.sha256(rfc8785.dumps(plain)).hexdigest()


class StandardRecord(models.Model):
    """A standard, or the procedure that is to become one.

    `number` is empty until it is issued; `working_number` names the procedure until then. `state` is where it
    stands in the table of `zuji.rules.lifecycle`; what follows from dates alone is computed (`state_on`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(_("number"), max_length=80, blank=True)
    working_number = models.CharField(_("working number"), max_length=20, blank=True)
    name = models.CharField(_("name"), max_length=300)
    name_en = models.CharField(_("English name"), max_length=300, blank=True)
    level = models.CharField(_("level"), max_length=16)
    kind = models.CharField(_("kind"), max_length=24)
    # Product codes as `scheme:code`.
    scope = models.JSONField(default=list)
    region = models.CharField(_("region"), max_length=12, blank=True)
    issued = models.DateField(_("issued"), null=True, blank=True)
    in_force = models.DateField(_("in force from"), null=True, blank=True)
    withdrawn = models.DateField(_("withdrawn on"), null=True, blank=True)
    # Numbers of the standards that it replaces.
    replaces = models.JSONField(default=list)
    converted_from = models.CharField(_("converted from"), max_length=80, blank=True)
    rule = models.CharField(_("machine-readable rule"), max_length=160, blank=True)
    source = models.TextField(_("source"))
    certainty = models.CharField(_("certainty"), max_length=16)
    demonstration = models.BooleanField(_("demonstration"), default=False)
    note = models.TextField(_("note"), blank=True)

    state = models.CharField(_("state"), max_length=40)
    # The shipped entry that this row was loaded from, as a digest; empty for what the platform brought.
    shipped = models.CharField(max_length=64, blank=True)
    # Of a proposal: who made it, and why the standard is needed.
    submitter = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    submitted_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    purpose = models.TextField(_("why it is needed"), blank=True)
    # The last day on which the public comments.
    comments_until = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["number", "working_number"]
        constraints = [
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="one_row_per_standard"),
            models.UniqueConstraint(
                fields=["working_number"], condition=~Q(working_number=""), name="one_row_per_procedure"
            ),
            models.CheckConstraint(
                condition=~Q(number="") | ~Q(working_number=""), name="standard_has_a_number"
            ),
            models.CheckConstraint(
                condition=Q(level__in=[item.value for item in StandardLevel]), name="known_standard_level"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[item.value for item in StandardKind]), name="known_standard_kind"
            ),
            models.CheckConstraint(
                condition=Q(certainty__in=[item.value for item in Certainty]), name="known_certainty"
            ),
        ]
        indexes = [models.Index(fields=["state"], name="standards_state")]

    def __str__(self) -> str:
        return f"{self.label} {self.name}"

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise PermissionError("A standard is never deleted; it is withdrawn.")

    @property
    def label(self) -> str:
        """The number by which people name it."""
        return self.number or self.working_number

    @property
    def codes(self) -> tuple[ProductCode, ...]:
        return tuple(map(code_of, self.scope))

    def to_standard(self) -> Standard:
        """The document that the library reads; before it has a number it goes by its working number."""
        return Standard(
            number=self.label,
            name=self.name,
            name_en=self.name_en,
            level=StandardLevel(self.level),
            kind=StandardKind(self.kind),
            scope=self.codes,
            region=self.region,
            issued=self.issued,
            in_force=self.in_force,
            withdrawn=self.withdrawn,
            replaces=tuple(self.replaces),
            converted_from=self.converted_from,
            bodies=tuple(body.to_body() for body in self.bodies.all()),
            rule=self.rule,
            source=self.source,
            certainty=Certainty(self.certainty),
            demonstration=self.demonstration,
            note=self.note,
        )

    def take(self, standard: Standard) -> None:
        """The document's facts into the columns; bodies are rows of their own (`StandardBody.write`)."""
        for name, value in columns(standard).items():
            setattr(self, name, value)

    def holds(self, on: date) -> bool:
        """Whether it is in force on a day."""
        begun = self.in_force is not None and self.in_force <= on
        return begun and (self.withdrawn is None or on < self.withdrawn)


def columns(standard: Standard) -> dict[str, Any]:
    """A document's facts as columns of `StandardRecord`."""
    return {
        "number": standard.number,
        "name": standard.name,
        "name_en": standard.name_en,
        "level": standard.level.value,
        "kind": standard.kind.value,
        "scope": [str(code) for code in standard.scope],
        "region": standard.region,
        "issued": standard.issued,
        "in_force": standard.in_force,
        "withdrawn": standard.withdrawn,
        "replaces": list(standard.replaces),
        "converted_from": standard.converted_from,
        "rule": standard.rule,
        "source": standard.source,
        "certainty": standard.certainty.value,
        "demonstration": standard.demonstration,
        "note": standard.note,
    }


class StandardBody(models.Model):
    """A body that wrote a standard: leading or taking part, and where this is said."""

    record = models.ForeignKey(StandardRecord, on_delete=models.CASCADE, related_name="bodies")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=200)
    role = models.CharField(_("role"), max_length=8)
    region = models.CharField(_("region"), max_length=12, blank=True)
    credit_code = models.CharField(max_length=18, blank=True)
    evidence = models.TextField(_("evidence"), blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["record", "position"], name="one_body_per_position"),
            models.CheckConstraint(
                condition=Q(role__in=[item.value for item in DraftingRole]), name="known_drafting_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.role})"

    def to_body(self) -> DraftingBody:
        return DraftingBody(
            name=self.name,
            role=DraftingRole(self.role),
            region=self.region,
            credit_code=self.credit_code,
            evidence=self.evidence,
        )

    @staticmethod
    def write(record: StandardRecord, bodies: Iterable[DraftingBody]) -> None:
        """The bodies of a standard, in place of those it had."""
        record.bodies.all().delete()
        StandardBody.objects.bulk_create(
            StandardBody(
                record=record,
                position=position,
                name=body.name,
                role=body.role.value,
                region=body.region,
                credit_code=body.credit_code,
                evidence=body.evidence,
            )
            for position, body in enumerate(bodies)
        )
