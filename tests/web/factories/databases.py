"""Databases for tests, imported by the same action and job as people's."""

from dataclasses import replace
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.lci.worlds import world
from zuji.formats import inventories
from zuji.model.lci.package import Package
from zuji.model.lci.processes import Process
from zuji_web.accounts.actors import Actor
from zuji_web.databases.actions import imports
from zuji_web.databases.models import DatabaseVersion, InventoryDatabase
from zuji_web.jobs import runner
from zuji_web.jobs.models import Job


def package(made: Package | None = None, format: str = "jsonld") -> bytes:  # noqa: A002
    """A small world as a file."""
    return inventories.dump(made or world(), format).content


def upload(content: bytes | None = None, name: str = "world.zip") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, package() if content is None else content)


def wanted(**values: Any) -> imports.Wanted:
    return imports.Wanted(**{"name": "World", "licence": "Free for tests", "source": "Tests", **values})


def imported(
    *, by: Actor, made: Package | None = None, database: InventoryDatabase | None = None, **values: Any
) -> DatabaseVersion:
    """A version that a job has imported."""
    job = imports.begin(wanted=wanted(**values), by=by, upload=upload(package(made)), database=database)
    if job.state == "queued":
        runner.run(str(job.pk))
        job.refresh_from_db()
    assert job.state == "done", job.problems
    return version_of(job)


def version_of(job: Job) -> DatabaseVersion:
    return DatabaseVersion.objects.select_related("database__organisation", "package").get(job=job.pk)


def scaled(made: Package, process: str, times: float) -> Package:
    """The package with what a process exchanges with nature multiplied."""

    def changed(one: Process) -> Process:
        if one.heading.id != process:
            return one
        return replace(
            one,
            exchanges=tuple(
                each if each.reference else replace(each, amount=(each.amount or 0.0) * times, spread=None)
                for each in one.exchanges
            ),
        )

    return replace(made, processes=tuple(map(changed, made.processes)))


def without(made: Package, process: str) -> Package:
    """The package without one process."""
    return replace(made, processes=tuple(one for one in made.processes if one.heading.id != process))


def index(version: DatabaseVersion, dataset: str) -> int:
    """The index of the product of a data set."""
    from zuji_web.databases.queries.opened import opened

    return list(opened(version).network.processes.id).index(dataset)
