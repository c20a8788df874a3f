"""Jobs: importing a package, repairing a version, writing a package in another format."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.urls import reverse
from django.utils.translation import gettext as _

from zuji.lci.records import kept_results
from zuji_web.accounts.actors import Actor
from zuji_web.databases import storage
from zuji_web.databases.actions import files, imports, versions
from zuji_web.databases.models import DatabaseVersion, InventoryDatabase, Package
from zuji_web.databases.queries import databases as reading
from zuji_web.jobs.actions import author
from zuji_web.jobs.models import Job
from zuji_web.jobs.registry import Progress, job

if TYPE_CHECKING:
    from zuji.lci import Database


@job("databases.import", timeout=1700)
def import_package(job: Job, progress: Progress) -> str:
    """Reads, links, examines, solves and saves a package; whatever goes wrong, nothing of it stays."""
    made = versions.made_by(job.pk)
    if made is not None:
        return _page(made)
    package = Package.objects.get(pk=job.arguments["package"], organisation=job.organisation)
    try:
        return _page(_imported(job, package, author(job), progress))
    except BaseException:
        imports.discard(package)
        raise


def _imported(job: Job, package: Package, by: Actor, progress: Progress) -> DatabaseVersion:
    from zuji.formats import inventories
    from zuji.lca.network.linking import Allocation, LinkOptions
    from zuji.lci.loading import link_package

    given = job.arguments
    database = reading.own(by=by).get(pk=given["database"]) if given["database"] else None
    progress(0.02, _("Reading the package"))
    path = storage.package_path(package.pk)
    loaded = inventories.load(
        path,
        format=given["format"] or None,
        name=package.name,
        progress=_while_reading(progress, 0.02, 0.4),
    )
    progress(0.4, _("Linking %(number)s processes") % {"number": len(loaded.package.processes)})
    allocation = Allocation(given["allocation"])
    about = {
        "name": database.name if database else given["name"],
        "version": given["label"],
        "source": given["source"],
        "licence": given["licence"],
        "digest": package.digest,
    }
    linked = link_package(loaded, options=LinkOptions(allocation=allocation), about=about)
    home = database or InventoryDatabase(
        organisation=package.organisation,
        name=given["name"][:200],
        source=given["source"][:300],
        licence=given["licence"],
        visibility=given["visibility"],
        created_by=by.user,
    )
    version = DatabaseVersion(
        database=home,
        label=given["label"][:60],
        year=given["year"][:20],
        licence=given["licence"],
        package=package,
        format=loaded.format or given["format"],
        allocation=allocation.value,
        job=job.pk,
        created_by=by.user,
    )
    return _kept(version, linked, progress, database=database, name=package.name, by=by)


@job("databases.repair", timeout=1700)
def repair(job: Job, progress: Progress) -> str:
    """Makes a version with the suggested repairs, which are named in it and in its numbers."""
    made = versions.made_by(job.pk)
    if made is not None:
        return _page(made)
    by = author(job)
    old = reading.any_version(job.arguments["version"], by=by)
    from zuji import lci

    progress(0.05, _("Repairing"))
    folder = storage.version_path(old.pk)
    suggested = storage.kept_health(folder)["repairs"]
    mended = lci.open_saved(folder).repaired()
    version = DatabaseVersion(
        database=old.database,
        label=old.label,
        year=old.year,
        licence=old.licence,
        package=old.package,
        repaired_from=old,
        repairs=[*old.repairs, *suggested],
        format=old.format,
        allocation=old.allocation,
        job=job.pk,
        created_by=by.user,
    )
    return _page(_kept(version, mended, progress, database=old.database, name=old.package.name, by=by))


def _kept(
    version: DatabaseVersion,
    found: "Database",
    progress: Progress,
    *,
    database: InventoryDatabase | None,
    name: str,
    by: Actor,
) -> DatabaseVersion:
    """Examines, solves and saves; the row is written when every file is in its place."""
    from zuji.lca.network import storage as arrays
    from zuji.lci import checkup

    progress(0.5, _("Examining the network"))
    report = checkup.health_as_data(found.network, found.health())
    progress(0.7, _("Solving for every product"))
    folder = storage.version_path(version.pk)
    fresh = folder.with_name(f"{folder.name}.{uuid4().hex}")
    try:
        saved = found.save(fresh)
        progress(0.95, _("Saving"))
        storage.keep_health(fresh, report)
        version.numbers = _numbers(saved, report)
        version.digest = arrays.digest(fresh)
        folder.parent.mkdir(parents=True, exist_ok=True)
        storage.discard(folder)
        fresh.rename(folder)
        return versions.add(version=version, database=database, name=name, by=by)
    except BaseException:
        storage.discard(fresh, folder)
        raise


def _while_reading(progress: Progress, low: float, high: float) -> Callable[[float], None]:
    """How far the reading of a package is, as part of a job. A cancelled job ends it in the middle."""
    return lambda share: progress(
        low + (high - low) * share, _("Reading the package: %(share)d %%") % {"share": int(100 * share)}
    )


def _numbers(found: "Database", report: dict[str, Any]) -> dict[str, int]:
    network = found.network
    severities = [finding["severity"] for finding in report["findings"]]
    kept = kept_results(found.saved) if found.saved else None
    unsolved = kept.certificate.unsolved if kept else len(network) - report["solvable"]
    return {
        "processes": len(network),
        "links": len(network.edges),
        "flows": len(network.flows),
        "cut_offs": len(network.cut_offs),
        "categories": network.factors.categories,
        "solved": len(network) - unsolved,
        "unsolved": unsolved,
        "loops": len(report["loops"]),
        "errors": severities.count("error"),
        "warnings": severities.count("warning"),
        "notes": severities.count("note"),
        "repairs": len(report["repairs"]),
    }


def _page(version: DatabaseVersion) -> str:
    return reverse("databases:version", args=[version.database_id, version.number])


@job("databases.write", timeout=1700)
def write(job: Job, progress: Progress) -> str:
    """Writes a version's package in another format and keeps it for downloading."""
    from zuji.formats import inventories
    from zuji.lci.records import ledger_as_data

    by = author(job)
    version = reading.any_version(job.arguments["version"], by=by)
    target = job.arguments["format"]
    page = reverse("databases:files", args=[version.database_id, version.number])
    if version.files.filter(format=target).exists():
        return page
    progress(0.05, _("Reading the package"))
    path = storage.package_path(version.package_id)
    loaded = inventories.load(
        path,
        format=version.format,
        name=version.package.name,
        progress=_while_reading(progress, 0.05, 0.5),
    )
    progress(0.5, _("Writing the package"))
    written = inventories.dump(replace(loaded.package, name=version.database.name), target)
    progress(0.9, _("Saving"))
    files.keep(version=version, format=target, content=written.content, ledger=ledger_as_data(written.ledger))
    return page
