"""How allauth behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse

from zuji_web.accounts.models import User

INVITATION_KEY = "invitation"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Registration is open; whoever belongs to no organisation is asked for one after it."""

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """An invitation that waits comes first, then the registration of an organisation."""
        if token := request.session.get(INVITATION_KEY):
            return reverse("accounts:join", args=[token])
        if isinstance(request.user, User) and not request.user.memberships.exists():
            return reverse("accounts:register")
        return str(super().get_login_redirect_url(request))

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return self.get_login_redirect_url(request)
