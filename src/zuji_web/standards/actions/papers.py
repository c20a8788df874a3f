"""Papers of a procedure: drafts, minutes and decisions as they came."""

import hashlib
from pathlib import PurePath

from django.utils.translation import gettext_noop as _

from zuji.errors import InvalidInput, Place
from zuji_web.accounts.actors import Actor
from zuji_web.standards.models import StandardDocument, StandardRecord
from zuji_web.wording import said, told

MOST_BYTES = 10 * 1024 * 1024
ENDINGS = (".pdf", ".docx", ".doc", ".odt", ".xlsx", ".txt")


def keep(*, record: StandardRecord, name: str, content: bytes, by: Actor) -> StandardDocument:
    """The paper with its digest, inside the transaction of the step that rests on it."""
    short = PurePath(name.replace("\\", "/")).name[-200:]
    if not short.lower().endswith(ENDINGS) or not content or len(content) > MOST_BYTES:
        raise InvalidInput(
            told(
                "paper-refused",
                said(_("“%(name)s” is empty, too large or of another kind"), name=short),
                said(
                    _("Hand in one file of at most %(most)s MB: %(endings)s"),
                    most=MOST_BYTES // 1024 // 1024,
                    endings=" ".join(ENDINGS),
                ),
                Place(field="file"),
            )
        )
    digest = hashlib.sha256(content).hexdigest()
    return StandardDocument.objects.create(
        record=record, name=short, content=content, size=len(content), sha256=digest, added_by=by.user
    )
