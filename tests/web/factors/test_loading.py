"""Editions are loaded once, add versions and never change what is there."""

from dataclasses import replace

import pytest

from tests.web.factories import factors
from zuji.errors import InvalidInput
from zuji.formats import reference
from zuji_web.audit.models import AuditEvent
from zuji_web.factors.actions import load_edition
from zuji_web.factors.models import FactorDataset, LibraryEdition
from zuji_web.factors.queries import factor, library

pytestmark = pytest.mark.django_db


def test_every_shipped_factor_comes_back_as_it_was() -> None:
    factors.load_shipped()
    data = reference.load()
    assert {row.code: row.factor() for row in FactorDataset.objects.all()} == {
        f.id: f for f in data.catalogue
    }
    edition = LibraryEdition.objects.get()
    assert sum(edition.counts.values()) == len(data.catalogue)


def test_loading_again_changes_nothing() -> None:
    factors.load(factors.factor())
    before = list(FactorDataset.objects.values())
    assert load_edition(data=factors.edition([factors.factor()]), by=factors.Loader())[1] == 0
    assert list(FactorDataset.objects.values()) == before
    assert AuditEvent.objects.filter(action="factors.load").count() == 1


def test_a_new_version_stands_beside_the_old_one() -> None:
    old = factors.factor()
    new = replace(old, version="1.1", value=3.0, totals=(3.0, 0.0, 0.0, 0.0, 0.0))
    factors.load(old)
    factors.load(old, new, name="2026.2")
    rows = {row.version: row for row in FactorDataset.objects.filter(code=old.id)}
    assert [rows["1.0"].current, rows["1.1"].current] == [False, True]
    assert rows["1.0"].factor() == old
    assert rows["1.0"].edition.edition == "2026.1"


def test_version_ten_is_newer_than_version_nine() -> None:
    factors.load(factors.factor(version="1.9"), factors.factor(version="1.10"))
    assert FactorDataset.objects.get(current=True).version == "1.10"


def test_a_changed_dataset_without_a_new_version_is_refused_and_nothing_is_loaded() -> None:
    factors.load(factors.factor())
    with pytest.raises(InvalidInput) as refusal:
        factors.load(factors.factor(value=9.0), factors.factor("mat_other"), name="2026.2")
    assert [problem.place.field for problem in refusal.value] == ["mat_test"]
    assert LibraryEdition.objects.count() == 1
    assert not FactorDataset.objects.filter(code="mat_other").exists()


def test_a_dataset_that_the_next_edition_leaves_out_stays_but_is_no_longer_current() -> None:
    factors.load(factors.factor(), factors.factor("mat_gone"))
    factors.load(factors.factor(), name="2026.2")
    assert not FactorDataset.objects.get(code="mat_gone").current


def test_the_library_also_hands_out_versions_that_were_replaced() -> None:
    factors.load(factors.factor(version="0.9"))
    factors.load_shipped()
    assert factor("mat_test", "0.9").value == 2.0
    shipped = next(iter(reference.load().catalogue))
    assert factor(shipped.id) == shipped


def test_before_anything_is_loaded_the_library_is_the_shipped_one() -> None:
    assert len(library().source) == len(reference.load().catalogue)


def test_the_library_costs_one_query(django_assert_num_queries: object) -> None:
    factors.load_shipped()
    library()
    with django_assert_num_queries(1):  # type: ignore[operator]
        library()


def test_datasets_are_never_deleted() -> None:
    factors.load(factors.factor())
    with pytest.raises(PermissionError):
        FactorDataset.objects.get().delete()


def test_the_digest_is_that_of_the_canonical_record() -> None:
    factors.load(factors.factor("mat_a"), factors.factor("mat_b"))
    first, second = FactorDataset.objects.all()
    assert first.sha256 != second.sha256
    assert len(first.sha256) == 64
