"""The sample store: lent by consent, confirmed by somebody else, taken back; few firms show nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.web.factories import accounts, grades, results
from tests.web.grades.test_procedure import codes
from zuji.errors import InvalidInput
from zuji_web.accounts.permissions import Denied, Role
from zuji_web.audit.models import AuditEvent
from zuji_web.gateway import Conflict
from zuji_web.grades.actions import samples, sets
from zuji_web.grades.models import Purpose, StoredSample
from zuji_web.grades.queries import samples as reading
from zuji_web.grades.queries import sets as thresholds
from zuji_web.products.actions import publishing
from zuji_web.products.actions import studies as editing

pytestmark = pytest.mark.django_db


@pytest.fixture
def offices() -> grades.Offices:
    return grades.Offices()


def counting() -> int:
    return reading.usable(grades.RULE, grades.PRODUCT, timezone.localdate()).count()


def test_a_verified_study_is_lent_under_aliases_without_its_inventory(offices: grades.Offices) -> None:
    home = accounts.organisation("Distillery of Tests")
    study = grades.verified(2.0, of=home)
    sample = grades.lent(study)
    assert (sample.rule, sample.product) == (grades.RULE, grades.PRODUCT)
    kept = reading.read([sample])[0]
    assert kept.result.value == pytest.approx(2 * 0.5777)
    assert kept.result.verification == "limited"
    text = str(sample.content)
    for secret in (home.name, home.credit_code, study.name, str(study.pk), "elec_cf_national_2024"):
        assert secret not in text
    assert sample.digest == samples.digest_of(sample.content)
    assert AuditEvent.objects.get(action="grades.sample.offer").payload["alias"] == sample.alias


def test_two_samples_of_one_maker_share_its_alias(offices: grades.Offices) -> None:
    home = accounts.organisation()
    lent = grades.lent(grades.verified(of=home))
    entered = offices.entered(firm=home.credit_code)
    assert lent.firm == entered.firm
    assert home.credit_code not in (lent.firm.alias, lent.alias)


def test_only_frozen_verified_studies_are_lent() -> None:
    draft = results.tray()
    owner = accounts.owner(draft.organisation)
    with pytest.raises(Conflict) as refused:
        samples.offer(study=draft, purpose="trials", until=None, production=None, by=owner)
    assert codes(refused) == {"not-frozen"}
    frozen = grades.frozen()
    with pytest.raises(InvalidInput) as caught:
        grades.lent(frozen)
    assert codes(caught) == {"not-verified"}


def test_a_consent_cannot_end_before_it_begins_and_names_a_purpose() -> None:
    study = grades.verified()
    with pytest.raises(InvalidInput) as caught:
        grades.lent(study, purpose="everything", until=timezone.localdate() - timedelta(days=1))
    assert codes(caught) == {"unknown-choice", "day-out-of-bounds"}
    with pytest.raises(InvalidInput) as caught:
        grades.lent(study, tonnes=-1.0)
    assert codes(caught) == {"not-a-number"}


@pytest.mark.parametrize("role", [Role.MODELLER, Role.REVIEWER, Role.VIEWER])
def test_consent_is_given_and_revoked_by_signatories_only(role: Role) -> None:
    study = grades.verified()
    member = accounts.member(role, of=study.organisation)
    with pytest.raises(Denied):
        samples.offer(study=study, purpose="trials", until=None, production=None, by=member)
    sample = grades.lent(study)
    with pytest.raises(Denied):
        samples.revoke(sample=sample, reason="", by=member)


def test_a_product_counts_once_whatever_its_version() -> None:
    study = grades.verified()
    sample = grades.lent(study)
    with pytest.raises(Conflict) as caught:
        grades.lent(study)
    assert codes(caught) == {"offered-already"}
    owner = accounts.owner(study.organisation)
    samples.revoke(sample=sample, reason="", by=owner)
    again = grades.lent(study)
    assert again.alias != sample.alias


def test_a_sample_counts_when_somebody_else_confirmed_its_verification(offices: grades.Offices) -> None:
    sample = offices.entered()
    assert counting() == 0
    with pytest.raises(Conflict) as caught:
        samples.examine(sample=sample, confirmed=True, reason="Mine", by=offices.deriver)
    assert codes(caught) == {"own-sample"}
    with pytest.raises(InvalidInput):
        samples.examine(sample=sample, confirmed=True, reason=" ", by=offices.second)
    grades.confirm(offices, sample)
    assert counting() == 1
    samples.examine(sample=sample, confirmed=False, reason="Struck off.", by=offices.second)
    assert counting() == 0
    with pytest.raises(Denied):
        samples.examine(sample=sample, confirmed=True, reason="x", by=offices.approver)


def test_a_declaration_needs_its_source_and_its_verification(offices: grades.Offices) -> None:
    broken = grades.declared(firm="123", source=" ", value=float("nan"), stages=(), score=9.0)
    with pytest.raises(InvalidInput) as caught:
        samples.enter(declared=broken, by=offices.deriver)
    fields = {problem.place.field for problem in caught.value.problems}
    assert {"firm_code", "source", "value", "stages", "score"} <= fields
    assert StoredSample.objects.count() == 0
    offices.entered(firm=(code := accounts.credit_code()))
    same = grades.declared(firm=code, evidence=grades.evidence(StoredSample.objects.get().number))
    with pytest.raises(Conflict):
        samples.enter(declared=same, by=offices.deriver)


def test_consent_ends_by_date_by_revocation_and_with_the_study(offices: grades.Offices) -> None:
    today = timezone.localdate()
    sample = grades.lent(until=today)
    grades.confirm(offices, sample)
    rows = [reading.usable(grades.RULE, grades.PRODUCT, today + timedelta(days=days)) for days in (0, 1)]
    assert [each.count() for each in rows] == [1, 0]
    study = sample.study
    assert study is not None
    owner = accounts.owner(study.organisation)
    publishing.withdraw(study=study, reason="A meter was wrong.", by=owner)
    assert counting() == 0
    samples.revoke(sample=sample, reason="", by=owner)
    with pytest.raises(Conflict) as caught:
        grades.lent(study)
    assert codes(caught) == {"taken-back"}


def test_a_revoked_consent_stops_a_proposal_and_leaves_what_is_published(offices: grades.Offices) -> None:
    offices.eleven()
    sample = grades.lent()
    grades.confirm(offices, sample)
    old = offices.published()
    held = thresholds.derivation_of(old)
    new = offices.over(offices.begun())
    owner = accounts.owner(sample.organisation)  # type: ignore[arg-type]
    assert reading.effects(sample) == ([new], [old])
    samples.revoke(sample=sample, reason="We changed our mind.", by=owner)
    with pytest.raises(InvalidInput) as caught:
        offices.take(new, "published", in_force=timezone.localdate() + timedelta(days=1))
    assert "samples-no-longer-count" in codes(caught)
    assert sample.alias in caught.value.problems[0].what.en
    offices.take(new, "proposed")
    offices.take(new, "sampled")
    again = sets.derive_again(one=new, by=offices.deriver)
    assert sample.alias not in {use.sample.alias for use in again.uses.select_related("sample")}
    kept = thresholds.derivation_of(old)
    assert held is not None
    assert kept is not None
    assert (kept.sha256, thresholds.recomputed(kept).same) == (held.sha256, True)
    with pytest.raises(Conflict):
        samples.revoke(sample=sample, reason="", by=owner)


def test_values_of_two_firms_are_shown_to_nobody(offices: grades.Offices) -> None:
    firm = accounts.credit_code()
    for value in (1.0, 1.1, 1.2):
        offices.confirmed(value, firm=firm)
    offices.confirmed(2.0)
    today = timezone.localdate()
    rows, shown = reading.anonymous(grades.RULE, grades.PRODUCT, today)
    assert not shown
    assert all(row.sample is None and row.share is None for row in rows)
    found = reading.collected(today)[0]
    assert (found.counting, found.firms, found.middle) == (4, 2, None)
    offices.confirmed(1.4, tonnes=600.0)
    rows, shown = reading.anonymous(grades.RULE, grades.PRODUCT, today)
    assert shown
    assert sorted(row.share for row in rows if row.share is not None) == [0.1, 0.1, 0.1, 0.1, 0.6]
    assert reading.collected(today)[0].middle == 1.2


def test_samples_lent_for_thresholds_alone_are_not_tried(offices: grades.Offices) -> None:
    sample = grades.lent(purpose="thresholds")
    grades.confirm(offices, sample)
    today = timezone.localdate()
    assert reading.usable(grades.RULE, grades.PRODUCT, today).count() == 1
    assert reading.usable(grades.RULE, grades.PRODUCT, today, purpose=Purpose.TRIALS).count() == 0


def test_a_later_version_of_a_lent_study_is_the_same_product() -> None:
    study = grades.verified()
    sample = grades.lent(study)
    owner = accounts.owner(study.organisation)
    later = editing.new_version(study=study, by=owner)
    assert samples._lineage(later) == sample.lineage
