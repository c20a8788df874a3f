"""Appointments to the province's work areas, for whoever gives and revokes them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zuji.errors import ZujiError
from zuji_web.accounts import queries
from zuji_web.accounts.actions import appointments as acting
from zuji_web.accounts.appointment_forms import AppointmentForm, RevocationForm
from zuji_web.accounts.guards import actor_of, needs
from zuji_web.accounts.permissions import PERMISSION_NAMES, WORK_AREAS, Permission
from zuji_web.accounts.views.navigation import tabs
from zuji_web.accounts.views.refusals import show_as_message, show_in_form


@require_GET
@needs(Permission.APPOINTMENT_MANAGE)
def appointments(request: HttpRequest) -> HttpResponse:
    """Who holds which work area, and who held one before."""
    by = actor_of(request)
    rows = [(each, WORK_AREAS[each.area].name) for each in queries.appointments(by=by)]
    context = {
        "held": [row for row in rows if row[0].in_force],
        "ended": [row for row in rows if not row[0].in_force],
        "own": by.user.pk if by.user else None,
        "tabs": tabs(request, "appointments"),
        "areas": [
            (area.name, [PERMISSION_NAMES[right] for right in sorted(area.permissions)])
            for area in WORK_AREAS.values()
            if area.permissions
        ],
    }
    return render(request, "accounts/appointments.html", context)


@require_http_methods(["GET", "POST"])
@needs(Permission.APPOINTMENT_MANAGE)
def appoint(request: HttpRequest) -> HttpResponse:
    """Appoints a member of any organisation; never oneself."""
    by = actor_of(request)
    form = AppointmentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        membership = queries.member_by(email=given.pop("email"), credit_code=given.pop("credit_code"), by=by)
        if membership is None:
            form.add_error("email", _("Nobody with this address is a member of that organisation."))
        else:
            try:
                acting.appoint(membership=membership, by=by, **given)
            except ZujiError as error:
                show_in_form(error, form)
            else:
                messages.success(request, _("%(name)s is appointed") % {"name": membership.user})
                return redirect("accounts:appointments")
    status = 422 if form.errors else 200
    context = {"form": form, "tabs": tabs(request, "appointments")}
    return render(request, "accounts/appoint.html", context, status=status)


@require_POST
@needs(Permission.APPOINTMENT_MANAGE)
def revoke_appointment(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    """Ends an appointment now, for a reason."""
    by = actor_of(request)
    appointment = queries.appointment(appointment_id, by=by)
    form = RevocationForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why the appointment ends, or by which document."))
        return redirect("accounts:appointments")
    try:
        acting.revoke(appointment=appointment, reason=form.cleaned_data["reason"], by=by)
    except ZujiError as error:
        show_as_message(error, request)
    else:
        messages.success(request, _("The appointment of %(name)s has ended") % {"name": appointment.user})
    return redirect("accounts:appointments")
