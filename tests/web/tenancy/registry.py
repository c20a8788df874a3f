"""What a route's parameter stands for, so that every route with one can be called with a stranger's object.

An app that brings routes with a parameter adds a line to MAKERS: `(namespace, parameter): maker`. A maker
makes an object of the given organisation and returns what stands in the address; `made` holds the parameters
before it, for objects inside objects. Parameters that name nothing anybody owns stand in PUBLIC, with why.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from tests.web.factories import accounts, checks, databases, grades, products, standards
from zuji_web.accounts.actions import invitations
from zuji_web.accounts.models import Membership, Organisation
from zuji_web.accounts.permissions import Role
from zuji_web.databases.actions import files
from zuji_web.jobs.models import Job
from zuji_web.products.actions import reviews, snapshots, studies
from zuji_web.products.models import (
    ProductStudy,
    ReviewComment,
    StudyDisclosure,
    StudyReview,
    VerificationOpinion,
)

Maker = Callable[[Organisation, Mapping[str, object]], object]


def _job(of: Organisation, _made: Mapping[str, object]) -> object:
    owner = accounts.owner(of)
    return Job.objects.create(organisation=of, kind="test.work", title="Work", created_by=owner.user).pk


def _membership(of: Organisation, _made: Mapping[str, object]) -> object:
    actor = accounts.member(Role.VIEWER, of=of)
    return Membership.objects.get(user=actor.user, organisation=of).pk


def _invitation(of: Organisation, _made: Mapping[str, object]) -> object:
    made, _token = invitations.invite(
        organisation=of, email="guest@example.com", role=Role.VIEWER, by=accounts.owner(of)
    )
    return made.pk


def _client(of: Organisation, _made: Mapping[str, object]) -> object:
    return accounts.api_client(of=of)[0].pk


def _study(of: Organisation, _made: Mapping[str, object]) -> object:
    """A draft with one line, `L1`."""
    return products.study(by=accounts.owner(of)).pk


def _frozen(of: Organisation, _made: Mapping[str, object]) -> object:
    owner = accounts.owner(of)
    study = products.study(by=owner)
    snapshots.freeze(study=study, by=owner)
    return study.pk


def _continued(of: Organisation, made: Mapping[str, object]) -> object:
    """A second version."""
    first = ProductStudy.objects.get(pk=str(_frozen(of, made)))
    return studies.new_version(study=first, by=accounts.owner(of)).pk


def _submitted(of: Organisation, _made: Mapping[str, object]) -> object:
    owner = accounts.owner(of)
    study = products.study(by=owner)
    reviews.submit(study=study, by=owner)
    return study.pk


def _comment(of: Organisation, made: Mapping[str, object]) -> object:
    """A comment on the study that stands before it, past the review that would take three people."""
    study = ProductStudy.objects.get(pk=str(made.get("study_id") or _study(of, made)))
    review = StudyReview.objects.create(
        study=study,
        number=9,
        submitter="A",
        submitter_id="user:0",
        revision=0,
        digest="",
        conclusion="recalled",
    )
    return ReviewComment.objects.create(study=study, review=review, weight="must", text="?", author="B").pk


def _opinion(of: Organisation, made: Mapping[str, object]) -> object:
    return VerificationOpinion.objects.create(
        study_id=str(made.get("study_id") or _study(of, made)),
        kind="verification",
        body="B",
        date=date(2026, 1, 1),
        conclusion="positive",
        content=b"%PDF-%%EOF",
        size=10,
        sha256="",
        name="opinion.pdf",
    ).pk


def _disclosed(of: Organisation, made: Mapping[str, object]) -> object:
    """The number of a study that nobody else may read."""
    study = ProductStudy.objects.get(pk=str(_frozen(of, made)))
    return StudyDisclosure.objects.create(
        study=study, number=f"PCF-{study.pk.hex[:8]}", audience="limited"
    ).number


def _database(of: Organisation, _made: Mapping[str, object]) -> object:
    """A database with a version, whose first product is coal; a loop in it eats itself."""
    owner = accounts.owner(of)
    version = databases.imported(by=owner, made=databases.world(sick=True), name=of.name)
    files.keep(version=version, format="jsonld", content=b"{}", ledger={})
    return version.database_id


def _notice(of: Organisation, _made: Mapping[str, object]) -> object:
    return standards.notice(of=of).pk


def _verified(of: Organisation, _made: Mapping[str, object]) -> object:
    return grades.verified(of=of).pk


def _lent(of: Organisation, _made: Mapping[str, object]) -> object:
    return grades.lent(grades.verified(of=of)).pk


def _lending(of: Organisation, _made: Mapping[str, object]) -> object:
    """A study that is lent as a sample."""
    study = grades.verified(of=of)
    grades.lent(study)
    return study.pk


def _recheck(of: Organisation, _made: Mapping[str, object]) -> object:
    return checks.recheck(accounts.owner(of)).pk


MAKERS: dict[tuple[str, str], Maker] = {
    ("jobs", "job_id"): _job,
    ("api", "job_id"): _job,
    ("accounts", "membership_id"): _membership,
    ("accounts", "invitation_id"): _invitation,
    ("accounts", "client_id"): _client,
    ("products", "study_id"): _study,
    ("api", "study_id"): _study,
    ("products", "comment_id"): _comment,
    ("products", "number"): _disclosed,
    ("api", "comment_id"): _comment,
    ("products", "opinion_id"): _opinion,
    ("api", "opinion_id"): _opinion,
    ("databases", "database_id"): _database,
    ("api", "database_id"): _database,
    ("standards", "notice_id"): _notice,
    ("checks", "study_id"): _study,
    ("checks", "recheck_id"): _recheck,
    ("api", "recheck_id"): _recheck,
    ("grades", "study_id"): _verified,
    ("grades", "sample_id"): _lent,
}

# Routes that need another object of the kind: (route, parameter).
SPECIAL: dict[tuple[str, str], Maker] = dict.fromkeys(
    (
        ("products:snapshot", "study_id"),
        ("products:verify", "study_id"),
        ("products:snapshot_json", "study_id"),
        ("products:new_version", "study_id"),
        ("api:begin_version", "study_id"),
        ("api:snapshot", "study_id"),
        ("api:verify", "study_id"),
    ),
    _frozen,
)
SPECIAL |= {
    (route, "study_id"): _submitted
    for route in (
        "products:review_assign",
        "products:review_recall",
        "api:ask_reviewer",
        "api:recall_study",
    )
}
SPECIAL |= {
    ("api:lend_sample", "study_id"): _verified,
    ("api:read_loan", "study_id"): _lending,
    ("api:revoke_loan", "study_id"): _lending,
    ("api:read_differences", "study_id"): _continued,
    ("databases:package_file", "format"): lambda _of, _made: "jsonld",
    ("databases:order_file", "format"): lambda _of, _made: "ecospold2",
    ("api:download_file", "format"): lambda _of, _made: "jsonld",
}

# A body, or for GET a query, with which the request is well-formed and so reaches the object.
BODIES: dict[tuple[str, str], dict[str, Any]] = {
    ("api:ask_reviewer", "post"): {"email": "reviewer@example.com"},
    ("api:declare_interest", "post"): {"conflict": False},
    ("api:add_comment", "post"): {"text": "Which meter?"},
    ("api:answer_comment", "post"): {"text": "Meter 7"},
    ("api:conclude_review", "post"): {"conclusion": "return", "reasons": "Say which meter"},
    ("api:recall_study", "post"): {"reason": "A line was forgotten"},
    ("api:attach_opinion", "post"): {
        "kind": "verification",
        "body": "Body",
        "standard": "ISO 14064-3:2019",
        "date": "2026-01-01",
        "conclusion": "positive",
        "text": "Fine",
        "independent": True,
        "file_name": "opinion.pdf",
        "file": "JVBERi0lJUVPRg==",
    },
    ("api:lend_sample", "post"): {"agreed": True, "purpose": "thresholds"},
    ("api:revoke_loan", "post"): {"reason": "No more"},
    ("api:file_study", "post"): {"document": "SC-1"},
    ("api:disclose_study", "post"): {"audience": "public"},
    ("api:withdraw_study", "post"): {"reason": "Wrong"},
    ("api:replace_study", "put"): {"document": products.document(products.line())},
    ("api:change_study", "patch"): {"note": "changed"},
    ("api:add_line", "post"): {"line": {"item": "Steam", "stage": "manufacturing", "quantity": "1 kg"}},
    ("api:change_line", "patch"): {"note": "changed"},
    ("api:edit_study", "post"): {"operations": [{"op": "set", "path": ["note"], "value": "changed"}]},
    ("api:read_candidates", "get"): {"line": "L1"},
    ("api:describe_database", "patch"): {"source": "changed"},
    ("api:offer_product", "post"): {"kind": "product_footprint"},
    ("api:order_file", "post"): {"format": "ecospold2"},
    ("api:read_changes", "get"): {"since": 1},
    ("api:compare_rules", "get"): {"rule": "gbt24067@1"},
    ("api:confirm_matches", "post"): {"choices": [{"line": "L1", "factor": "elec_cf_national_2024"}]},
}

# (namespace, parameter): why no organisation owns what it names.
PUBLIC: dict[tuple[str, str], str] = {
    (
        "accounts",
        "appointment_id",
    ): "the province's, for whoever appoints; tested in accounts/test_appointment_pages.py",
    ("accounts", "token"): "an invitation's link is for whoever holds it; tested in accounts/test_pages.py",
    ("standards", "standard_id"): "the registry is public; proposals in standards/test_procedures.py",
    ("api", "standard_id"): "the registry is public; proposals in tests/web/standards/test_api.py",
    ("standards", "after"): "a state of the table",
    ("checks", "rule_id"): "rights are appointed, not owned; drafts in tests/web/checks/test_previews.py",
    ("rulebook", "key"): "adopted rules are public; drafts are not reached by key",
    ("api", "key"): "adopted rules are public; drafts in tests/web/rulebook/test_api.py",
    ("rulebook", "rule_id"): "rights are appointed, not owned; drafts in tests/web/rulebook/test_pages.py",
    ("rulebook", "other_id"): "a version beside another; drafts in tests/web/rulebook/test_pages.py",
    ("standards", "format"): "a file format",
    ("standards", "year"): "the yearly selection is public",
    ("standards", "candidate_id"): "a candidate of the public selection",
    ("standards", "comment_id"): "comments on a public draft",
    ("standards", "review_id"): "reviews of a public draft; tested in standards/test_procedures.py",
    ("standards", "paper_id"): "papers of a public draft; proposals in standards/test_procedures.py",
    ("factors", "code"): "the factor library is public",
    ("factors", "version"): "the factor library is public",
    ("api", "factor_id"): "the factor library is public",
    ("api", "line"): "a line of the study that stands before it in the address",
    ("products", "format"): "a file format",
    ("databases", "number"): "a version of the database that stands before it in the address",
    ("databases", "index"): "a product of the version that stands before it in the address",
    ("databases", "table"): "a part of the ledger",
    ("databases", "format"): "a file format",
    ("api", "number"): "a version of the database that stands before it in the address",
    ("api", "index"): "a product of the version that stands before it in the address",
    ("api", "format"): "a file format",
    ("grades", "set_id"): "thresholds are public; those in preparation in tests/web/grades/test_rights.py",
    ("api", "set_id"): "thresholds are public; those in preparation in tests/web/grades/test_api.py",
    ("api", "remark_id"): "a comment on public thresholds or a public draft that stands before it",
    ("api", "stored_id"): "the sample store, for officers; tested in tests/web/grades/test_procedure_api.py",
    ("grades", "after"): "a state of the table",
    ("grades", "comment_id"): "comments on public thresholds",
    ("grades", "paper_id"): "papers of public thresholds; others in tests/web/grades/test_rights.py",
    ("grades", "stored_id"): "the sample store, for officers; tested in tests/web/grades/test_rights.py",
}

# Routes of allauth: their parameters are secrets, or objects of the person who is signed in.
LIBRARIES = ("account_", "mfa_", "usersessions_", "idp:")
