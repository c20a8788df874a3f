"""What a route's parameter stands for, so that every route with one can be called with a stranger's object.

An app that brings routes with a parameter adds a line to MAKERS: `(namespace, parameter): maker`. A maker
makes an object of the given organisation and returns what stands in the address; `made` holds the parameters
before it, for objects inside objects. Parameters that name nothing anybody owns stand in PUBLIC, with why.
"""

from collections.abc import Callable, Mapping
from typing import Any

from tests.web.factories import accounts
from zuji_web.accounts.actions import invitations
from zuji_web.accounts.models import Membership, Organisation
from zuji_web.accounts.permissions import Role
from zuji_web.jobs.models import Job

Maker = Callable[[Organisation, Mapping[str, object]], object]


def _job(of: Organisation, _made: Mapping[str, object]) -> object:
    owner = accounts.owner(of)
    return Job.objects.create(organisation=of, kind="test.work", title="Work", created_by=owner.user).pk


def _membership(of: Organisation, _made: Mapping[str, object]) -> object:
    actor = accounts.member(Role.VIEWER, of=of)
    return Membership.objects.get(user=actor.user, organisation=of).pk


def _invitation(of: Organisation, _made: Mapping[str, object]) -> object:
    made, _token = invitations.invite(
        organisation=of, email="guest@example.com", role=Role.VIEWER, by=accounts.owner(of)
    )
    return made.pk


def _client(of: Organisation, _made: Mapping[str, object]) -> object:
    return accounts.api_client(of=of)[0].pk


MAKERS: dict[tuple[str, str], Maker] = {
    ("jobs", "job_id"): _job,
    ("api", "job_id"): _job,
    ("accounts", "membership_id"): _membership,
    ("accounts", "invitation_id"): _invitation,
    ("accounts", "client_id"): _client,
}

# A body with which the request is well-formed, so that it reaches the object: (route, method).
BODIES: dict[tuple[str, str], dict[str, Any]] = {}

# (namespace, parameter): why no organisation owns what it names.
PUBLIC: dict[tuple[str, str], str] = {
    ("accounts", "token"): "an invitation's link is for whoever holds it; tested in accounts/test_pages.py",
    ("factors", "code"): "the factor library is public",
    ("factors", "version"): "the factor library is public",
}

# Routes of allauth: their parameters are secrets, or objects of the person who is signed in.
LIBRARIES = ("account_", "mfa_", "usersessions_", "idp:")
