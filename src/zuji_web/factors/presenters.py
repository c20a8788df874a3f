"""The trail of factors, in words."""

from django.utils.translation import gettext_lazy as _

from zuji_web.audit.presenters import say

say("factor.create", _("made the factor “%(name)s” (%(code)s, version %(version)s)"))
