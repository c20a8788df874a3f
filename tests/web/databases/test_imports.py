"""Importing a package: what comes of it, who may, and that a failed one leaves nothing."""

import errno
import os
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from tests.lci.worlds import world
from tests.web.factories import accounts, databases
from zuji import lci
from zuji.errors import FileRefused, InvalidInput
from zuji_web.accounts.permissions import Denied, Role
from zuji_web.audit.models import AuditEvent
from zuji_web.databases import storage
from zuji_web.databases.actions import imports, versions
from zuji_web.databases.models import DatabaseVersion, InventoryDatabase, Package
from zuji_web.databases.queries import opened
from zuji_web.jobs.models import Job

pytestmark = pytest.mark.django_db


def files(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


def test_a_package_becomes_a_database_with_ledger_health_and_footprints() -> None:
    by = accounts.member(Role.MODELLER)
    version = databases.imported(by=by, label="1.0", year="2024")
    assert (version.number, version.format, version.label) == (1, "jsonld", "1.0")
    assert version.numbers["processes"] == 5
    assert opened.opened(version).record.ledger_table()["read"]
    kept = opened.results(version)
    fresh = lci.load(databases.package()).intensities("GWP100 AR6")
    assert kept is not None
    assert kept.values[:, -5:] == pytest.approx(fresh.values, rel=1e-12, nan_ok=True)
    assert AuditEvent.objects.filter(action="database.import", organisation_id=by.organisation_key).exists()


@pytest.mark.parametrize("format", ["ilcd", "jsonld", "ecospold2"])
def test_every_format_is_told_by_its_content(format: str) -> None:  # noqa: A002
    by = accounts.member(Role.MODELLER)
    content = databases.package(format=format)
    job = imports.begin(wanted=databases.wanted(), by=by, upload=databases.upload(content, "x.zip"))
    assert databases.version_of(job).format == format


def test_the_package_is_kept_byte_for_byte() -> None:
    by = accounts.member(Role.MODELLER)
    version = databases.imported(by=by)
    assert storage.package_path(version.package_id).read_bytes() == databases.package()


@pytest.mark.parametrize("content", [b"no inventory at all", b"PK\x03\x04 broken zip"])
def test_what_cannot_be_read_fails_with_place_and_cure_and_leaves_nothing(
    content: bytes, media: Path
) -> None:
    by = accounts.member(Role.MODELLER)
    job = imports.begin(wanted=databases.wanted(), by=by, upload=databases.upload(content))
    assert job.state == "failed"
    assert job.problems[0]["what"]["zh"]
    assert job.problems[0]["what"]["en"]
    assert job.problems[0]["place"]["file"] == "world.zip"
    assert not InventoryDatabase.objects.exists()
    assert not Package.objects.exists()
    assert not files(media)


def test_a_failure_while_solving_leaves_nothing(media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from zuji.lci.database import Database

    save = Database.save

    def half(self: Database, folder: Path) -> Database:
        save(self, folder)
        raise OSError("disk full")

    monkeypatch.setattr(Database, "save", half)
    job = imports.begin(wanted=databases.wanted(), by=accounts.member(), upload=databases.upload())
    assert job.state == "failed"
    assert not DatabaseVersion.objects.exists()
    assert not files(media)


def test_a_cancelled_import_leaves_nothing(media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from zuji_web.jobs import runner

    monkeypatch.setattr(runner, "WRITE_EVERY", -1.0)
    steps: list[str] = []
    of_job = runner._progress

    def cancelling(job_id: str) -> Any:
        tell = of_job(job_id)

        def progress(share: float, step: str) -> None:
            steps.append(step)
            if len(steps) == 3:
                Job.objects.filter(pk=job_id).update(state="cancelled")
            tell(share, step)

        return progress

    monkeypatch.setattr(runner, "_progress", cancelling)
    job = imports.begin(wanted=databases.wanted(), by=accounts.member(), upload=databases.upload())
    assert job.state == "cancelled"
    assert len(steps) == 3
    assert not InventoryDatabase.objects.exists()
    assert not files(media)


def test_the_job_moves_while_a_package_is_read_and_can_be_cancelled_there(
    media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from zuji_web.jobs import runner

    monkeypatch.setattr(runner, "WRITE_EVERY", -1.0)
    seen: list[tuple[float, str]] = []
    of_job = runner._progress

    def watching(job_id: str) -> Any:
        tell = of_job(job_id)

        def progress(share: float, step: str) -> None:
            seen.append((share, step))
            if 0.2 < share < 0.4:
                Job.objects.filter(pk=job_id).update(state="cancelled")
            tell(share, step)

        return progress

    monkeypatch.setattr(runner, "_progress", watching)
    job = imports.begin(wanted=databases.wanted(), by=accounts.member(), upload=databases.upload())
    assert job.state == "cancelled"
    assert len(seen) > 5
    assert [share for share, _ in seen] == sorted(share for share, _ in seen)
    assert all("%" in step for _, step in seen[1:])
    assert not Package.objects.exists()
    assert not files(media)


def test_the_database_itself_refuses_to_change_a_version() -> None:
    version = databases.imported(by=accounts.member())
    rows = DatabaseVersion.objects.filter(pk=version.pk)
    changes_tried: tuple[dict[str, Any], ...] = (
        {"label": "other"},
        {"digest": "0" * 64},
        {"numbers": {}},
        {"licence": "free"},
    )
    for change in changes_tried:
        with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
            rows.update(**change)
    with (
        pytest.raises(DatabaseError, match="written once"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM databases_databaseversion")
    rows.update(created_by=None)  # people may go
    assert rows.get().label == version.label


def test_an_import_that_runs_twice_makes_one_version() -> None:
    by = accounts.member()
    job = imports.begin(wanted=databases.wanted(), by=by, upload=databases.upload())
    Job.objects.filter(pk=job.pk).update(state="queued")
    from zuji_web.jobs import runner

    runner.run(str(job.pk))
    assert DatabaseVersion.objects.count() == 1


def test_a_package_of_methods_alone_is_refused() -> None:
    from dataclasses import replace

    content = databases.package(replace(world(), processes=()))
    job = imports.begin(wanted=databases.wanted(), by=accounts.member(), upload=databases.upload(content))
    assert [problem["code"] for problem in job.problems] == ["database.empty"]
    assert not InventoryDatabase.objects.exists()


def test_too_large_and_missing_particulars_are_refused_before_anything_is_kept(
    settings: Any, media: Path
) -> None:
    by = accounts.member()
    with pytest.raises(InvalidInput) as refused:
        imports.begin(wanted=databases.wanted(licence=" ", name=""), by=by, upload=databases.upload())
    assert {problem.place.field for problem in refused.value} == {"licence", "name"}
    settings.DATABASE_UPLOAD_LIMIT = 10
    with pytest.raises(FileRefused):
        imports.begin(wanted=databases.wanted(), by=by, upload=databases.upload())
    assert not files(media)
    assert not Job.objects.exists()


@pytest.mark.parametrize("role", [Role.VIEWER, Role.DATA_CLERK, Role.REVIEWER, Role.SIGNATORY, Role.ADMIN])
def test_only_owners_and_modellers_import(role: Role) -> None:
    with pytest.raises(Denied):
        imports.begin(wanted=databases.wanted(), by=accounts.member(role), upload=databases.upload())


def test_a_modeller_does_not_publish() -> None:
    with pytest.raises(Denied):
        imports.begin(
            wanted=databases.wanted(visibility="public"), by=accounts.member(), upload=databases.upload()
        )


def test_what_lies_on_the_server_is_for_owners_and_stays_in_its_folder(settings: Any, tmp_path: Path) -> None:
    folder = tmp_path / "packages"
    folder.mkdir()
    (folder / "world.zip").write_bytes(databases.package())
    (tmp_path / "secret.zip").write_bytes(databases.package())
    settings.DATABASES_IMPORT_DIR = str(folder)
    home = accounts.organisation()
    owner = accounts.owner(home)
    assert imports.begin(wanted=databases.wanted(), by=owner, on_server="world.zip").state == "done"
    for name in ("../secret.zip", "other.zip", "/etc/passwd"):
        with pytest.raises(InvalidInput):
            imports.begin(wanted=databases.wanted(), by=owner, on_server=name)
    with pytest.raises(Denied):
        imports.begin(wanted=databases.wanted(), by=accounts.member(of=home), on_server="world.zip")


def test_a_package_that_cannot_be_read_or_kept_is_told_of_and_leaves_nothing(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATABASES_IMPORT_DIR = str(tmp_path)
    (tmp_path / "world.zip").write_bytes(databases.package())
    by = accounts.owner(accounts.organisation())

    def failing(number: int) -> Any:
        def opened(self: Path, *_: Any, **__: Any) -> Any:
            raise OSError(number, os.strerror(number), str(self))

        return opened

    for number in (errno.EACCES, errno.ENOSPC):
        with monkeypatch.context() as broken:
            broken.setattr(Path, "open", failing(number))
            with pytest.raises(FileRefused, match=os.strerror(number)):
                imports.begin(wanted=databases.wanted(), by=by, on_server="world.zip")
    assert not Package.objects.exists()
    assert not Job.objects.exists()
    monkeypatch.setattr("zuji_web.databases.storage.keep", failing(errno.ENOSPC))
    given = {"name": "World", "licence": "Free", "visibility": "private", "allocation": "stated"}
    answer = accounts.browser(by).post("/en/databases/new/", given | {"file": databases.upload()})
    assert answer.status_code == 422
    assert "No space left on device" in answer.content.decode()


def test_a_sick_database_is_repaired_as_a_new_version_that_names_the_repairs() -> None:
    by = accounts.member()
    sick = databases.imported(by=by, made=world(sick=True))
    assert sick.numbers["unsolved"] == 3
    job = versions.repair(version=sick, by=by)
    mended = databases.version_of(job)
    assert (mended.number, mended.repaired_from_id) == (2, sick.pk)
    assert mended.numbers["unsolved"] == 0
    assert mended.repairs
    assert mended.repairs[0]["process_name"]["en"]
    with pytest.raises(InvalidInput):
        versions.repair(version=mended, by=by)


def test_a_version_is_written_once() -> None:
    version = databases.imported(by=accounts.member())
    with pytest.raises(PermissionError):
        version.save()
    with pytest.raises(PermissionError):
        version.delete()
