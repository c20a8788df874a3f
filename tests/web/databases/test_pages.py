"""Pages of databases: what each shows, to whom, and that reading does not load a solver."""

import subprocess
import sys
from typing import Any

import pytest
from django.urls import reverse as django_reverse
from django.utils.translation import override

from tests.lci.worlds import world
from tests.web.factories import accounts, databases
from zuji_web.accounts.permissions import Role
from zuji_web.databases.actions import files, versions
from zuji_web.databases.models import DatabaseVersion, InventoryDatabase
from zuji_web.databases.queries import products
from zuji_web.jobs.models import Job

pytestmark = pytest.mark.django_db
PAGES = ("version", "products", "health", "ledger", "changes", "files")


def reverse(name: str, args: Any = ()) -> str:
    """An address without a language, whatever page was read before."""
    with override("zh-hans"):
        return django_reverse(name, args=args)


def address(name: str, version: DatabaseVersion, *more: object) -> str:
    return reverse(f"databases:{name}", args=[version.database_id, version.number, *more])


def read(browser: Any, where: str, language: str = "en") -> str:
    answer = browser.get(f"/{language}{where}" if language == "en" else where)
    assert answer.status_code == 200, (where, answer.status_code)
    return str(answer.content.decode())


@pytest.mark.parametrize("sick", [False, True])
def test_every_page_of_a_version_opens(sick: bool) -> None:
    by = accounts.member()
    version = databases.imported(by=by, made=world(sick=sick))
    browser = accounts.browser(by)
    for name in PAGES:
        for language in ("zh", "en"):
            read(browser, address(name, version), language)


def test_the_list_says_what_to_do_when_there_is_none() -> None:
    assert reverse("databases:new") in read(
        accounts.browser(accounts.member()), reverse("databases:list"), "zh"
    )
    visitor = read(accounts.browser(), reverse("databases:list"))
    assert reverse("databases:new") not in visitor
    assert "factor library" in visitor


def test_a_private_database_is_for_its_organisation_a_public_one_for_everybody() -> None:
    home = accounts.organisation()
    version = databases.imported(by=accounts.member(of=home))
    stranger, visitor = accounts.browser(accounts.member()), accounts.browser()
    for browser in (stranger, visitor):
        for name in PAGES:
            assert browser.get(address(name, version)).status_code == 404
    versions.describe(database=version.database, visibility="public", by=accounts.owner(home))
    for browser in (stranger, visitor):
        for name in PAGES:
            read(browser, address(name, version))
    assert "World" in read(visitor, reverse("databases:list"))


def test_the_upload_page_imports_and_leads_to_the_job() -> None:
    by = accounts.member()
    form = {"file": databases.upload(), "name": "World", "licence": "CC0", "allocation": "stated"}
    answer = accounts.browser(by).post(reverse("databases:new"), form)
    job = Job.objects.get()
    assert answer["Location"] == reverse("jobs:detail", args=[job.pk])
    assert job.state == "done", job.problems
    version = databases.version_of(job)
    assert job.result_url == address("version", version)
    page = read(accounts.browser(by), address("version", version))
    assert version.package.digest in page
    assert "CC0" in page


def test_the_upload_page_shows_what_is_missing() -> None:
    answer = accounts.browser(accounts.member()).post(reverse("databases:new"), {"allocation": "stated"})
    assert answer.status_code == 422
    assert not Job.objects.exists()


def test_a_modeller_is_not_offered_to_publish() -> None:
    home = accounts.organisation()
    assert 'name="visibility"' not in read(
        accounts.browser(accounts.member(of=home)), reverse("databases:new")
    )
    assert 'name="visibility"' in read(accounts.browser(accounts.owner(home)), reverse("databases:new"))


def test_products_are_found_and_those_without_a_number_are_marked() -> None:
    by = accounts.member()
    version = databases.imported(by=by, made=world(sick=True))
    browser = accounts.browser(by)
    page = read(browser, address("products", version) + "?q=steel")
    assert "steel process" in page
    assert "coal process" not in page
    unsolved = read(browser, address("products", version) + "?unsolved=1")
    assert "omelette process" in unsolved
    assert "steel process" not in unsolved
    assert "Nothing was found" in read(browser, address("products", version) + "?q=unobtainium")


def test_a_product_shows_totals_certificate_provenance_and_why_each_provider() -> None:
    by = accounts.member()
    version = databases.imported(by=by)
    page = read(accounts.browser(by), address("product", version, databases.index(version, "car")))
    assert "Relative error of the solution at most" in page
    assert "proved" in page
    assert "Free for tests" in page
    assert "the only supplier in the database" in page
    assert "no process in the database supplies this product" in page  # rubber
    assert "Biogenic" in page


def test_the_origin_draws_the_network_and_sums_to_the_total() -> None:
    by = accounts.member()
    version = databases.imported(by=by)
    index = databases.index(version, "car")
    where = address("origin", version, index)
    for way in ("input", "process", "flow", "place"):
        page = read(accounts.browser(by), f"{where}?by={way}")
        assert "zuji-chart" in page
        assert "100.0%" in page
    assert "closes a loop" in page
    assert accounts.browser(by).get(f"{where}?category=nonsense&by=nonsense").status_code == 200


def test_an_unsolved_product_says_why() -> None:
    by = accounts.member()
    version = databases.imported(by=by, made=world(sick=True))
    index = databases.index(version, "omelette")
    assert "There is no number" in read(accounts.browser(by), address("product", version, index))
    page = read(accounts.browser(by), address("origin", version, index))
    assert "Why there is no number" in page
    assert "zuji-chart" not in page


def test_a_product_says_what_stands_behind_it_and_what_it_lacks() -> None:
    by = accounts.member()
    version = databases.imported(by=by, made=world(sick=True))
    browser = accounts.browser(by)
    car = read(browser, address("product", version, databases.index(version, "car")))
    assert "Its supply chain has 5 processes." in car
    assert "1 of their exchanges has no supplier or no amount and is not counted." in car
    coal = read(browser, address("product", version, databases.index(version, "coal")))
    assert "None of their exchanges lacks a supplier" in coal
    told = products.categories(version, databases.index(version, "omelette"))
    assert {(each.value, each.error) for each in told} == {(None, None)}


def test_a_zero_for_want_of_data_is_called_so_everywhere() -> None:
    by = accounts.member()
    version = databases.imported(by=by, made=databases.scaled(world(), "wood", 0.0))
    browser, index = accounts.browser(by), databases.index(version, "wood")
    page = read(browser, address("product", version, index))
    assert "The zero says that data are missing" in page
    assert address("offer", version, index) not in page
    origin = read(browser, address("origin", version, index))
    assert "Nothing in its supply chain is counted in this category." in origin
    assert "100.0%" not in origin
    assert "1 of the 5 footprints is exactly zero" in read(browser, address("version", version))
    assert read(browser, address("products", version)).count("nothing counted") == 1
    car = read(browser, address("product", version, databases.index(version, "car")))
    assert "data are missing" not in car


def test_the_method_of_solving_is_in_words() -> None:
    by = accounts.member()
    version = databases.imported(by=by, made=world(sick=True))
    browser = accounts.browser(by)
    assert "substitution, sweeps of loops" in read(browser, address("version", version))
    assert "逐级代入" in read(browser, address("version", version), "zh")


def test_a_repaired_version_says_so_wherever_its_numbers_are() -> None:
    by = accounts.member()
    sick = databases.imported(by=by, made=world(sick=True))
    browser = accounts.browser(by)
    assert address("repair", sick) in read(browser, address("health", sick), "zh")
    browser.post(address("repair", sick))
    mended = sick.database.versions.get(number=2)
    for name in PAGES:
        assert "Repaired: 1 change" in read(browser, address(name, mended))
    assert "Repaired: 1 change" in read(
        browser, address("product", mended, databases.index(mended, "omelette"))
    )
    assert "Repaired:" not in read(browser, address("version", sick))


def test_the_ledger_is_downloaded_as_csv_and_json() -> None:
    by = accounts.member()
    version = databases.imported(by=by)
    browser = accounts.browser(by)
    rows = browser.get(address("ledger_file", version, "counts", "json")).json()
    assert all(row["read"] == row["mapped"] + row["defaulted"] + row["dropped"] for row in rows)
    assert browser.get(address("ledger_file", version, "counts", "csv")).content.startswith(
        b"\xef\xbb\xbfkind"
    )
    assert browser.get(address("ledger_file", version, "reasons", "csv")).status_code == 200
    assert browser.get(address("ledger_file", version, "reasons", "xml")).status_code == 404


def test_the_package_is_downloaded_as_it_came_and_in_other_formats() -> None:
    from zuji.formats import inventories

    by = accounts.member()
    version = databases.imported(by=by)
    browser = accounts.browser(by)
    assert b"".join(browser.get(address("package", version)).streaming_content) == databases.package()
    assert browser.get(address("package_file", version, "ecospold2")).status_code == 404
    browser.post(address("order_file", version, "ecospold2"))
    written = b"".join(browser.get(address("package_file", version, "ecospold2")).streaming_content)
    loaded = inventories.load(written)
    assert loaded.format == "ecospold2"
    assert len(loaded.package.processes) == 5
    again = files.order(version=version, format="ecospold2", by=by)
    assert Job.objects.filter(kind="databases.write").count() == 1
    assert again.state == "done"


def test_only_who_answers_for_the_licence_changes_visibility() -> None:
    home = accounts.organisation()
    version = databases.imported(by=accounts.member(of=home))
    form = {"name": "World", "licence": "CC0", "source": "", "visibility": "public"}
    where = reverse("databases:describe", args=[version.database_id])
    assert accounts.browser(accounts.member(of=home)).post(where, form).status_code == 403
    assert InventoryDatabase.objects.get().visibility == "private"
    signatory = accounts.browser(accounts.member(Role.SIGNATORY, of=home))
    assert signatory.post(where, form).status_code == 302
    assert InventoryDatabase.objects.get().visibility == "public"


def test_reading_loads_neither_the_compiler_nor_the_solver() -> None:
    script = (
        "import sys, zuji_web.databases.queries as q, django\n"
        "from zuji_web.settings import test\n"
        "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'zuji_web.settings.test'\n"
        "django.setup()\n"
        "import zuji_web.urls\n"
        "from zuji.lci import open_saved, records\n"
        "import zuji_web.databases.views.products\n"
        "print(sorted({'numba', 'scipy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
