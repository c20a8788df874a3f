"""Writing ILCD: valid against the schema, the same bytes twice, and equal when read again."""

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings

from tests.formats.ilcd import packages as generated
from zuji.formats.ilcd import check, dump, load
from zuji.formats.ilcd.collection import methods_of
from zuji.formats.ilcd.schema import schemas
from zuji.model.lci.package import Package


@cache
def need_schemas() -> None:
    if schemas() is None:
        pytest.skip("no package with the ILCD schemas is installed")


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(generated.packages)
def test_any_package_comes_back_equal(package: Package) -> None:
    package = replace(package, impact_methods=methods_of(package.impact_categories))
    written = dump(package)
    assert written.ledger.balanced
    loaded = load(written.content, name=package.name)
    assert loaded.ledger.balanced
    assert loaded.package == package
    assert dump(loaded.package).content == written.content


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(generated.packages)
def test_any_package_is_written_valid(package: Package) -> None:
    need_schemas()
    assert [str(one) for one in check(dump(package).content)] == []
