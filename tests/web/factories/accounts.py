"""People and organisations for tests, made as the platform makes them."""

from itertools import count
from typing import Any

from django.test import Client as Browser

from zuji.model.organisations import check_character
from zuji_web.accounts.actions import appointments, clients, organisations
from zuji_web.accounts.actors import Actor, of_client, of_user
from zuji_web.accounts.models import ApiClient, Membership, Organisation, User
from zuji_web.accounts.permissions import Role
from zuji_web.gateway import SCOPES

PASSWORD = "correct horse battery staple"
_numbers = count(1)


def credit_code(number: int | None = None) -> str:
    """A well-formed code that belongs to nobody: 91510000 and a running number."""
    value = next(_numbers) if number is None else number
    organisation_code = f"MA{value:06d}"
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(letter, 36) * weight for letter, weight in zip(organisation_code, weights, strict=True))
    body = f"91510000{organisation_code}{'0123456789X'[-total % 11]}"
    return body + check_character(body)


def user(email: str = "", *, display_name: str = "", password: str = PASSWORD) -> User:
    """A person with a confirmed address who belongs to nothing."""
    from allauth.account.models import EmailAddress

    number = next(_numbers)
    made = User.objects.create_user(
        email or f"person{number}@example.com", password, display_name=display_name or f"Person {number}"
    )
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    return made


def organisation(name: str = "", *, owner: User | None = None, **particulars: Any) -> Organisation:
    """A registered organisation with an owner."""
    return organisations.register(
        credit_code=particulars.pop("credit_code", "") or credit_code(),
        name=name or f"Organisation {next(_numbers)}",
        kind=particulars.pop("kind", "enterprise"),
        region=particulars.pop("region", "CN-SC"),
        by=Actor(user=owner or user()),
        **particulars,
    )


def owner(of: Organisation) -> Actor:
    """The organisation's first owner."""
    membership = Membership.objects.filter(organisation=of, role=Role.OWNER).order_by("created_at")[0]
    return of_user(membership.user, str(of.pk))


def member(
    role: Role = Role.MODELLER, *, of: Organisation | None = None, person: User | None = None
) -> Actor:
    """Somebody acting in an organisation with `role`."""
    home = of or organisation()
    person = person or user()
    Membership.objects.create(user=person, organisation=home, role=role)
    return of_user(person, str(home.pk))


def appointed(area: str, *, of: Organisation | None = None, role: Role = Role.VIEWER) -> Actor:
    """A member of a department who holds a work area."""
    home = of or organisation(kind="department")
    person = member(role, of=home).user
    assert person is not None
    membership = Membership.objects.get(user=person, organisation=home)
    appointments.appoint(
        membership=membership, area=area, reason="Letter of appointment", by=appointments.OPERATOR
    )
    return of_user(person, str(home.pk))


def api_client(
    role: Role = Role.MODELLER, *, of: Organisation | None = None, scopes: list[str] | None = None
) -> tuple[ApiClient, str]:
    """An API client and its secret."""
    home = of or organisation()
    return clients.create(
        organisation=home,
        name="ERP",
        role=role,
        scopes=list(SCOPES) if scopes is None else scopes,
        by=owner(home),
    )


def client_actor(role: Role = Role.MODELLER, *, of: Organisation | None = None) -> Actor:
    """The actor that an API client is, with every scope."""
    return of_client(api_client(role, of=of)[0], frozenset(SCOPES))


def browser(actor: Actor | User | None = None, **options: Any) -> Browser:
    """A test browser, signed in as somebody and acting in their organisation; a visitor without."""
    client = Browser(**options)
    person = actor.user if isinstance(actor, Actor) else actor
    if person is not None:
        client.force_login(person)
        if isinstance(actor, Actor) and actor.organisation is not None:
            session = client.session
            session["organisation"] = str(actor.organisation.pk)
            session.save()
    return client


def token(client: ApiClient, secret: str, *, scope: str = "") -> str:
    """An access token got from the token endpoint, as a system does."""
    form = {"grant_type": "client_credentials", "client_id": client.client_id, "client_secret": secret}
    answer = Browser().post("/identity/o/api/token", form | ({"scope": scope} if scope else {}))
    assert answer.status_code == 200, answer.content
    return str(answer.json()["access_token"])


def caller(actor_token: str) -> Browser:
    """A test client that sends the token with every request."""
    return Browser(headers={"authorization": f"Bearer {actor_token}"})
