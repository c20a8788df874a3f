from django.urls import path

from zuji_web.accounts.views import appointments, clients, members, organisation, trail

app_name = "accounts"
urlpatterns = [
    path("", organisation.overview, name="organisation"),
    path("register/", organisation.register, name="register"),
    path("edit/", organisation.edit, name="edit"),
    path("switch/", organisation.switch, name="switch"),
    path("roles/", organisation.roles, name="roles"),
    path("members/", members.members, name="members"),
    path("members/<int:membership_id>/role/", members.change_role, name="change_role"),
    path("members/<int:membership_id>/remove/", members.remove, name="remove_member"),
    path("leave/", members.leave, name="leave"),
    path("invitations/", members.invite, name="invite"),
    path("invitations/<uuid:invitation_id>/revoke/", members.revoke_invitation, name="revoke_invitation"),
    path("join/<str:token>/", members.join, name="join"),
    path("join/<str:token>/accept/", members.accept, name="accept"),
    path("clients/", clients.clients, name="clients"),
    path("clients/<uuid:client_id>/revoke/", clients.revoke, name="revoke_client"),
    path("appointments/", appointments.appointments, name="appointments"),
    path("appointments/new/", appointments.appoint, name="appoint"),
    path(
        "appointments/<uuid:appointment_id>/revoke/",
        appointments.revoke_appointment,
        name="revoke_appointment",
    ),
    path("trail/", trail.trail, name="trail"),
    path("me/", members.profile, name="profile"),
]
