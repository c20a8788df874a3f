"""Refusals of reviewing, freezing and publishing, in words."""

from django.utils.translation import gettext_noop as _

from zuji.errors import Place, Problem
from zuji_web.wording import said, told


def in_review() -> Problem:
    return told(
        "study-in-review",
        said(_("The study is in internal review and cannot be changed")),
        said(_("Wait until it is returned, or take it back out of review")),
    )


def musts_unanswered(count: int) -> Problem:
    return told(
        "comments-unanswered",
        said(_("%(count)s comments that must be settled have no answer"), count=count),
        said(_("Answer each: what was corrected, or why nothing was")),
    )


def musts_open(count: int) -> Problem:
    return told(
        "comments-open",
        said(_("%(count)s comments that must be settled are open"), count=count),
        said(_("Settle them, or return the study")),
    )


def not_eligible(name: str) -> Problem:
    return told(
        "reviewer-not-eligible",
        said(_("%(name)s cannot review this study"), name=name),
        said(
            _(
                "Ask a member who may review, who neither submitted nor edited the study or a version before "
                "it, and who is not yourself"
            )
        ),
        Place(field="reviewer"),
    )


def author_reviews() -> Problem:
    return told(
        "author-reviews",
        said(_("Whoever submitted or edited a study does not review it")),
        said(_("Somebody else has to be asked")),
    )


def nobody_assigned() -> Problem:
    return told(
        "no-reviewer",
        said(_("Nobody is asked to review this study yet")),
        said(_("A reviewer is asked by somebody else, never by themselves")),
    )


def concluded_already() -> Problem:
    return told(
        "no-open-review",
        said(_("No review of this study is going on")),
        said(_("Submit it for review first; a review that ended stays as it is")),
    )


def not_declared() -> Problem:
    return told(
        "interest-not-declared",
        said(_("The reviewer has not declared to be free of conflicts of interest")),
        said(_("Declare it first; with a conflict somebody else has to be asked")),
    )


def digest_moved() -> Problem:
    return told(
        "result-moved",
        said(_("The result is no longer the one that was submitted: a factor has changed meanwhile")),
        said(_("Return the study, or take it back, and submit it again")),
    )


def not_met_unexplained() -> Problem:
    return told(
        "unmet-unexplained",
        said(_("The conformity check has items that are not met")),
        said(_("Return the study, or say why it may be frozen all the same")),
        Place(field="reasons"),
    )


def not_passed() -> Problem:
    return told(
        "review-not-passed",
        said(_("The review of this study has not passed")),
        said(_("Wait for its conclusion, or take the study back to freeze it without review")),
    )


def sibling_frozen(version: int) -> Problem:
    return told(
        "version-frozen",
        said(
            _("Another version %(version)s that continues the same study is frozen already"), version=version
        ),
        said(_("Continue that one with a new version, or withdraw it first")),
    )


def not_reviewed() -> Problem:
    return told(
        "not-reviewed",
        said(_("The study was frozen without internal review")),
        said(
            _(
                "Such a study is neither verified, filed nor disclosed: begin a new version and have it "
                "reviewed by another person before it is frozen"
            )
        ),
    )


def correction_demanded() -> Problem:
    return told(
        "correction-demanded",
        said(_("The opinion on this study demands a correction")),
        said(_("Correct it in a new version")),
    )


def expired(day: object) -> Problem:
    return told(
        "study-expired",
        said(_("The study expired on %(day)s"), day=day),
        said(_("Freeze a version for a new period")),
    )


def not_conforming() -> Problem:
    return told(
        "not-conforming",
        said(_("The conformity check that was stored on freezing has items that are not met")),
        said(_("Only a study that meets every item is filed or disclosed: correct it in a new version")),
    )


def body_is_owner() -> Problem:
    return told(
        "body-is-owner",
        said(_("The body is the organisation whose study it is")),
        said(_("An opinion comes from a body that is independent of the owner")),
        Place(field="body"),
    )


def unknown_readers(codes: str) -> Problem:
    return told(
        "unknown-readers",
        said(_("No organisation with the code %(codes)s is registered"), codes=codes),
        said(_("Compare the codes; readers register first")),
        Place(field="readers"),
    )


def no_successor() -> Problem:
    return told(
        "no-successor",
        said(_("No later version of this study is frozen")),
        said(_("Freeze the new version first; it then takes this one's place")),
    )


def later_not_reviewed(version: int) -> Problem:
    return told(
        "successor-not-reviewed",
        said(
            _(
                "Version %(version)s was frozen without internal review, so it does not replace "
                "a reviewed one"
            ),
            version=version,
        ),
        said(
            _(
                "This version stays as it is until a later one has been reviewed: continue version "
                "%(version)s with a new version and have that one reviewed"
            ),
            version=version,
        ),
    )


def later_not_disclosable(version: int) -> Problem:
    return told(
        "successor-not-disclosable",
        said(
            _(
                "Version %(version)s cannot be disclosed, so it does not replace one that is filed "
                "or disclosed"
            ),
            version=version,
        ),
        said(
            _(
                "This version stays as it is; the page of review and versions of version %(version)s says "
                "what stands in its way"
            ),
            version=version,
        ),
    )


def already_disclosed(number: str) -> Problem:
    return told(
        "already-disclosed",
        said(_("The study is disclosed already, under the number %(number)s"), number=number),
        said(_("It keeps this number and its readers; a new version is disclosed under a number of its own")),
    )
