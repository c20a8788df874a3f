"""The open Chinese database through the platform: imported, explained, repaired, read quickly."""

import time
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings

from tests.web.factories import accounts, databases
from zuji_web.databases.actions import imports, versions
from zuji_web.databases.queries import analysis, opened, products

PACKAGE = Path(django_settings.ROOT).parent / "shared/data/lci/tiangong-ilcd.zip"


@pytest.mark.django_db
def test_it_is_imported_explained_and_repaired(settings: Any) -> None:
    if not PACKAGE.exists():
        pytest.skip("the TianGong package is not beside the repository (shared/data/lci/tiangong-ilcd.zip)")
    settings.DATABASES_IMPORT_DIR = str(PACKAGE.parent)
    by = accounts.owner(accounts.organisation())
    job = imports.begin(wanted=databases.wanted(name="TianGong"), by=by, on_server=PACKAGE.name)
    assert job.state == "done", job.problems
    version = databases.version_of(job)
    assert version.numbers["processes"] > 4000
    assert version.numbers["unsolved"] > 0
    assert opened.health(version)["repairs"]
    mended = databases.version_of(versions.repair(version=version, by=by))
    assert mended.numbers["unsolved"] < version.numbers["unsolved"]
    values = opened.totals(mended)
    assert values is not None
    solved = [index for index, row in enumerate(values.sum(axis=1).tolist()) if row == row][:50]
    category = products.category(mended, "")
    analysis.around(mended, solved[0], category)
    begun = time.perf_counter()
    for index in solved[1:]:
        analysis.around(mended, index, category)
        analysis.parts(mended, index, category, "input")
    assert (time.perf_counter() - begun) / len(solved[1:]) < 0.5
