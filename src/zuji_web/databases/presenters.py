"""The trail of databases, in words."""

from django.utils.translation import gettext_lazy as _

from zuji_web.audit.presenters import say

say("database.import", _("imported version %(number)s of the database “%(name)s” from %(file)s"))
say("database.repair", _("repaired the database “%(name)s” as version %(number)s (%(repairs)s repairs)"))
say("database.describe", _("changed the particulars of the database “%(name)s” (%(visibility)s)"))
