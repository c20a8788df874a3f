"""The trail of rules, in words."""

from django.utils.translation import gettext_lazy

from zuji_web.audit.presenters import say

say("rules.load", gettext_lazy("loaded the shipped accounting rules (%(added)s new)"))
say("rule.create", gettext_lazy("began the accounting rule “%(name)s” (%(key)s)"))
say("rule.edit", gettext_lazy("edited the accounting rule “%(name)s” (%(key)s, revision %(revision)s)"))
say("rule.delete", gettext_lazy("deleted the draft of the accounting rule “%(name)s” (%(key)s)"))
say("rule.adopt", gettext_lazy("adopted the accounting rule “%(name)s” (%(key)s): %(reason)s"))
say("rule.withdraw", gettext_lazy("withdrew the accounting rule “%(name)s” (%(key)s): %(reason)s"))
