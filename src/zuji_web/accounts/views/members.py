"""Members and invitations."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zuji.errors import ZujiError
from zuji_web.accounts import mail, queries
from zuji_web.accounts.actions import invitations
from zuji_web.accounts.actions import members as membership_actions
from zuji_web.accounts.adapter import INVITATION_KEY
from zuji_web.accounts.forms import InvitationForm, ProfileForm, RoleForm
from zuji_web.accounts.guards import actor_of, needs, signed_in
from zuji_web.accounts.middleware import ORGANISATION_KEY
from zuji_web.accounts.permissions import ROLES, Permission, Role
from zuji_web.accounts.views.navigation import tabs
from zuji_web.accounts.views.refusals import show_as_message, show_in_form


def _page(
    request: HttpRequest, form: InvitationForm | None = None, link: str = "", *, mailed: bool = False
) -> HttpResponse:
    actor = actor_of(request)
    may_manage = actor.may(Permission.MEMBER_MANAGE)
    rows = [
        {
            "membership": membership,
            "role": ROLES[Role(membership.role)],
            "own": actor.user is not None and membership.user_id == actor.user.pk,
            "form": RoleForm(by=actor, initial={"role": membership.role}, auto_id=f"id_{membership.pk}_%s"),
            "may_change": may_manage and (membership.role != Role.OWNER or actor.role == Role.OWNER),
        }
        for membership in queries.members(by=actor)
    ]
    invited = queries.invitations(by=actor) if may_manage else []
    context = {
        "rows": rows,
        "may_manage": may_manage,
        "form": form or InvitationForm(by=actor, initial={"role": Role.DATA_CLERK}),
        "invitations": [(item, ROLES[Role(item.role)].name) for item in invited],
        "link": link,
        "mailed": mailed,
        "tabs": tabs(request, "members"),
    }
    refused = form is not None and bool(form.errors)
    response = render(request, "accounts/members.html", context, status=422 if refused else 200)
    if link:
        response["Cache-Control"] = "no-store"
    return response


@require_GET
@needs(Permission.MEMBER_VIEW)
def members(request: HttpRequest) -> HttpResponse:
    """Who belongs to the organisation."""
    return _page(request)


@require_POST
@needs(Permission.MEMBER_MANAGE)
def change_role(request: HttpRequest, membership_id: int) -> HttpResponse:
    """Gives a member another role."""
    actor = actor_of(request)
    membership = queries.membership(membership_id, by=actor)
    form = RoleForm(request.POST, by=actor)
    if not form.is_valid():
        messages.error(request, _("This role cannot be given"))
        return redirect("accounts:members")
    try:
        changed = membership_actions.change_role(
            membership=membership, role=Role(form.cleaned_data["role"]), by=actor
        )
    except ZujiError as error:
        show_as_message(error, request)
    else:
        messages.success(request, _("The role of %(name)s is changed") % {"name": changed.user})
    return redirect("accounts:members")


@require_POST
@needs(Permission.MEMBER_MANAGE)
def remove(request: HttpRequest, membership_id: int) -> HttpResponse:
    """Ends a membership."""
    actor = actor_of(request)
    membership = queries.membership(membership_id, by=actor)
    try:
        membership_actions.remove(membership=membership, by=actor)
    except ZujiError as error:
        show_as_message(error, request)
    else:
        messages.success(request, _("%(name)s is no longer a member") % {"name": membership.user})
    return redirect("accounts:members")


@require_POST
@needs(Permission.MEMBER_VIEW)
def leave(request: HttpRequest) -> HttpResponse:
    """Ends one's own membership."""
    actor = actor_of(request)
    try:
        membership_actions.leave(membership=queries.own_membership(by=actor), by=actor)
    except ZujiError as error:
        show_as_message(error, request)
        return redirect("accounts:members")
    messages.success(request, _("You have left the organisation"))
    return redirect("portal:home")


@require_POST
@needs(Permission.MEMBER_MANAGE)
def invite(request: HttpRequest) -> HttpResponse:
    """Invites somebody, and shows the link this once."""
    actor = actor_of(request)
    form = InvitationForm(request.POST, by=actor)
    if not form.is_valid():
        return _page(request, form)
    try:
        invitation, token = invitations.invite(
            organisation=actor.require(Permission.MEMBER_MANAGE),
            email=form.cleaned_data["email"],
            role=Role(form.cleaned_data["role"]),
            by=actor,
        )
    except ZujiError as error:
        show_in_form(error, form)
        return _page(request, form)
    link = request.build_absolute_uri(reverse("accounts:join", args=[token]))
    return _page(request, link=link, mailed=mail.send_invitation(invitation=invitation, link=link))


@require_POST
@needs(Permission.MEMBER_MANAGE)
def revoke_invitation(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """Takes an invitation back."""
    actor = actor_of(request)
    invitation = invitations.revoke(invitation=queries.invitation(invitation_id, by=actor), by=actor)
    messages.success(request, _("The invitation for %(email)s is revoked") % {"email": invitation.email})
    return redirect("accounts:members")


@require_GET
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Where an invitation's link leads: who invites, as what; a visitor signs up or in first."""
    invitation = queries.invitation_of(token)
    if invitation is None:
        return render(request, "accounts/join_over.html", status=410)
    # Sign-up may take a detour through the mailbox; the invitation waits in the session meanwhile.
    request.session[INVITATION_KEY] = token
    context = {"invitation": invitation, "role": ROLES[Role(invitation.role)], "token": token}
    response = render(request, "accounts/join.html", context)
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_POST
@signed_in
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Joins."""
    invitation = queries.invitation_of(token)
    if invitation is None:
        return render(request, "accounts/join_over.html", status=410)
    try:
        membership = invitations.accept(invitation=invitation, by=actor_of(request))
    except ZujiError as error:
        show_as_message(error, request)
        return redirect("portal:home")
    request.session.pop(INVITATION_KEY, None)
    request.session[ORGANISATION_KEY] = str(membership.organisation_id)
    messages.success(request, _("You have joined %(name)s") % {"name": membership.organisation})
    return redirect("products:list")


@require_http_methods(["GET", "POST"])
@signed_in
def profile(request: HttpRequest) -> HttpResponse:
    """The person: name, and the way to password, second factor and sessions."""
    actor = actor_of(request)
    form = ProfileForm(request.POST or None, instance=actor.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved"))
        return redirect("accounts:profile")
    return render(request, "accounts/profile.html", {"form": form})
