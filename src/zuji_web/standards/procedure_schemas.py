"""What the API takes and says of the way of a standard, and of what a newer one sets off."""

import datetime as dt
from typing import Any, Literal
from uuid import UUID

from ninja import Field, Schema
from pydantic import Base64Bytes

from zuji.errors import InvalidInput
from zuji.formats.standards import tree
from zuji.model.standards import StandardKind, StandardLevel
from zuji_web.gateway import ProblemDetail
from zuji_web.standards import refusals
from zuji_web.standards.actions.procedures import Proposal
from zuji_web.standards.forms import region_choices
from zuji_web.standards.models import Comment
from zuji_web.standards.schemas import Names, StandardRow


class ProposalIn(Schema):
    """A proposal: what, for which products (`scheme:code`), where, and why.

    `converted_from` is the number of the group standard that is to become this one.
    """

    name: str = Field(max_length=300)
    name_en: str = Field("", max_length=300)
    level: StandardLevel
    kind: StandardKind = StandardKind.PRODUCT
    scope: list[str] = Field([], max_length=100)
    region: str = Field("", max_length=12)
    converted_from: str = Field("", max_length=80)
    purpose: str = Field(max_length=4000)

    def proposal(self) -> Proposal:
        """Raises `InvalidInput` for a code that the tree does not know, and an unknown province."""
        regions = [key for key, _name in region_choices()]
        if self.region not in regions:
            raise InvalidInput(refusals.unknown_choice("region", self.region, filter(None, regions)))
        return Proposal(
            name=self.name,
            name_en=self.name_en,
            level=self.level,
            kind=self.kind,
            scope=tuple(dict.fromkeys(tree().parse(code) for code in self.scope)),
            region=self.region if self.level is StandardLevel.LOCAL else "",
            converted_from=self.converted_from.strip(),
            purpose=self.purpose,
        )


class OpenStandardStepOut(Schema):
    """A step that the caller may take; `blocks` hold it back now whatever is brought with it.

    `facts` are the fields that it fixes.
    """

    after: str
    name: Names
    facts: list[str]
    needs_reason: bool
    blocks: list[ProblemDetail]


class StandardStepIn(Schema):
    """A step: where to, why, on which document or file (base64), and what it fixes.

    `comments_until` belongs to `consultation`, number and dates to `issued`, `withdrawn` to `withdrawn`.
    """

    after: str = Field(max_length=40)
    reason: str = Field("", max_length=4000)
    document: str = Field("", max_length=300)
    number: str = Field("", max_length=80)
    issued: dt.date | None = None
    in_force: dt.date | None = None
    withdrawn: dt.date | None = None
    comments_until: dt.date | None = None
    file_name: str = Field("", max_length=200)
    file: Base64Bytes | None = None

    def paper(self) -> tuple[str, bytes] | None:
        return None if self.file is None else (self.file_name, self.file)


class StandardCommentIn(Schema):
    """A comment on a draft, on a clause of it where one is named, with the wording or value proposed."""

    text: str = Field(max_length=4000)
    clause: str = Field("", max_length=80)
    proposal: str = Field("", max_length=4000)


class StandardAnswerIn(Schema):
    """What becomes of a comment, and why."""

    answer: Literal["accepted", "partly", "refused"]
    reason: str = Field(max_length=4000)


class StandardCommentOut(Schema):
    """A comment with its answer, which everybody reads."""

    id: int
    organisation: str
    clause: str
    text: str
    proposal: str
    made_at: dt.datetime
    answer: str
    answer_reason: str
    answered_at: dt.datetime | None

    @staticmethod
    def resolve_organisation(comment: Comment) -> str:
        return str(comment.organisation.name)


class GoverningChangeOut(Schema):
    """From `day` on another standard governs a product in a region; numbers, empty for none."""

    product: str
    region: str
    day: dt.date
    before: str
    after: str


class WithdrawalTaskOut(Schema):
    """An older standard that is to go, and by when; done where that was decided."""

    standard: StandardRow
    due: dt.date | None
    done: bool

    @staticmethod
    def resolve_standard(task: Any) -> Any:
        return task.record


class StandardEffectsOut(Schema):
    """What a standard changes and sets off. `preview`: it is no law, and nothing was set off.

    `displaced` lie wholly in its scope, `to_examine` in part; `blocks` where new local proposals are refused
    there, `stopped` are those under way. `studies_told` counts the open studies of everybody.
    """

    standard: UUID
    preview: bool
    blocks: bool
    changes: list[GoverningChangeOut]
    displaced: list[StandardRow]
    to_examine: list[StandardRow]
    withdrawals: list[WithdrawalTaskOut]
    stopped: list[StandardRow]
    studies_told: int
