"""People, organisations, and who is what where."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zuji.model.credit_codes import credit_code_problems
from zuji_web.accounts.permissions import WORK_AREAS, Role


class UserManager(BaseUserManager["User"]):
    """People log in with their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **extra: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> "User":
        return self.create_user(email, password, is_superuser=True, **extra)


class User(AbstractUser):
    """A person. Rights come from memberships, never from the account itself."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail address"), unique=True)
    display_name = models.CharField(_("name"), max_length=80, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()  # type: ignore[misc, assignment]

    def __str__(self) -> str:
        return self.display_name or self.email


class OrganisationKind(models.TextChoices):
    """What an organisation is (reference: roles, dimension 1)."""

    ENTERPRISE = "enterprise", _("Enterprise")
    CHAIN_LEADER = "chain_leader", _("Chain leader")
    SUPPLIER = "supplier", _("Supplier")
    SERVICE_BODY = "service_body", _("Technical service body")
    CERTIFICATION_BODY = "certification_body", _("Certification body")
    VERIFICATION_BODY = "verification_body", _("Verification body")
    ASSOCIATION = "association", _("Industry association")
    RESEARCH = "research", _("Research institute")
    BANK = "bank", _("Bank")
    INVESTOR = "investor", _("Investor or rating body")
    PROCURER = "procurer", _("Procurer")
    RETAILER = "retailer", _("Retailer or e-commerce")
    INCLUSION_OPERATOR = "inclusion_operator", _("Carbon-inclusion operator")
    GRID_COMPANY = "grid_company", _("Grid company")
    DEPARTMENT = "department", _("Government department")
    CITY_BUREAU = "city_bureau", _("City bureau")


def _credit_code(value: str) -> None:
    if problems := credit_code_problems(value):
        language = get_language() or "zh"
        raise ValidationError(
            [f"{item.what.in_language(language)} {item.cure.in_language(language)}" for item in problems]
        )


class Organisation(models.Model):
    """A tenant. Everything business-like belongs to exactly one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=160, blank=True)
    credit_code = models.CharField(
        _("unified social credit code"), max_length=18, unique=True, validators=[_credit_code]
    )
    kind = models.CharField(
        _("kind"), max_length=24, choices=OrganisationKind.choices, default=OrganisationKind.ENTERPRISE
    )
    region = models.CharField(_("region"), max_length=12, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    demonstration = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person's role in an organisation."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=16, choices=[(role.value, role.value) for role in Role])
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation"], name="one_membership_each"),
            models.CheckConstraint(condition=Q(role__in=[role.value for role in Role]), name="known_role"),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.role} {self.organisation}"


class Appointment(models.Model):
    """Somebody's appointment to a work area, on behalf of the organisation they act for.

    It holds from `since` until `until` (not included) or until it is revoked; nothing is ever deleted.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="appointments")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="appointments")
    area = models.CharField(max_length=40, choices=[(key, key) for key in WORK_AREAS])
    reason = models.CharField(_("reason or document"), max_length=200)
    since = models.DateTimeField(auto_now_add=True)
    until = models.DateTimeField(null=True, blank=True)
    appointed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-since"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "area"],
                condition=Q(revoked_at=None),
                name="one_appointment_each",
            ),
            models.CheckConstraint(condition=Q(area__in=list(WORK_AREAS)), name="known_work_area"),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.area} {self.organisation}"

    @property
    def in_force(self) -> bool:
        """Whether it holds now."""
        return self.revoked_at is None and (self.until is None or self.until > timezone.now())


class Invitation(models.Model):
    """An invitation to join with a role; the token is stored hashed and expires."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=16, choices=[(role.value, role.value) for role in Role])
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.email} {self.organisation}"


class ApiClient(models.Model):
    """An OAuth2 client of an organisation; it acts with a role, like a member."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.OneToOneField(
        "allauth_idp_oidc.Client", on_delete=models.CASCADE, related_name="api_client"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="api_clients")
    role = models.CharField(max_length=16, choices=[(role.value, role.value) for role in Role])
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role]), name="known_client_role"
            )
        ]

    def __str__(self) -> str:
        return f"{self.client_id} {self.organisation}"
