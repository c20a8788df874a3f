"""How an event is told in words. Each app registers the sentences of its own actions.

    say("study.create", _("created the study “%(name)s”"))

Placeholders are keys of the event's payload; what is missing is shown as a dash.
"""

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from zuji_web.audit.models import AuditEvent

Presenter = Callable[[AuditEvent], str]
_presenters: dict[str, Presenter] = {}


class _Payload(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "–"


def presenter(action: str) -> Callable[[Presenter], Presenter]:
    """Registers a function that tells events of `action`."""

    def register(function: Presenter) -> Presenter:
        _presenters[action] = function
        return function

    return register


def say(action: str, message: str | Promise) -> None:
    """Registers a sentence for `action`, with placeholders from the payload."""
    _presenters[action] = lambda event: str(message) % _Payload(event.payload)


def sentence(event: AuditEvent) -> str:
    """What the actor did, in the language in force."""
    known = _presenters.get(event.action)
    if known:
        return known(event)
    return _("%(action)s on %(object)s %(id)s") % {
        "action": event.action,
        "object": event.object_type,
        "id": event.object_id,
    }


def told_actions() -> list[str]:
    """Every action that has words."""
    return sorted(_presenters)
