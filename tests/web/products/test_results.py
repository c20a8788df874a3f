"""The result page: the library's digits at every door, where each number comes from, who may see it."""

import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.web.factories import accounts
from tests.web.factories.products import bare, demonstration, line, modeller
from tests.web.factories.products import study as draft
from tests.web.factories.results import frozen, tray
from zuji.formats import document as documents
from zuji.lca.published import published
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.permissions import Role
from zuji_web.audit.models import AuditEvent
from zuji_web.factors.queries import library
from zuji_web.jobs.models import Job
from zuji_web.products import drafts
from zuji_web.products.actions import edits
from zuji_web.products.models import MadeFile, ProductStudy
from zuji_web.products.operations import Operation
from zuji_web.products.queries import results

pytestmark = pytest.mark.django_db


@pytest.fixture
def by() -> Actor:
    return modeller()


@pytest.fixture
def me(by: Actor) -> Browser:
    return accounts.browser(by)


def page(name: str, made: ProductStudy, **query: object) -> str:
    return reverse(f"products:{name}", args=[made.pk], query=query or None)


def api(made: ProductStudy, what: str) -> str:
    return f"/api/v1/studies/{made.pk}/{what}"


def digits(made: ProductStudy) -> dict[str, Any]:
    """What the library publishes for the study as it stands."""
    study = drafts.read(made.document).study
    using = library()
    from zuji.quality import evaluate

    return published(evaluate(study, using.source, using.gwp[study.gwp], using.fuels))


def plain(text: str) -> str:
    return re.sub(r"\s+", "", text).replace("−", "-")


def every_digit(published_digits: dict[str, Any]) -> list[str]:
    """All published digits of totals, stages, lines, scenarios and the band."""
    found = [published_digits["total"], *published_digits["totals"].values()]
    found += [text for text in published_digits["stages"].values() if float(text)]
    found += [one["total"] for one in published_digits["lines"] if float(one["total"])]
    band = published_digits["uncertainty"]
    return [*found, *published_digits["scenarios"].values(), band["low"], band["high"]]


def test_every_door_gives_the_same_digits(me: Browser, by: Actor, tmp_path: Path) -> None:
    made = tray(by)
    expected = digits(made)

    shown = plain(me.get(page("result", made)).content.decode())
    assert not [text for text in every_digit(expected) if text not in shown]

    answered = me.get(api(made, "footprint")).json()
    assert answered["published"] == expected

    assert me.post(api(made, "report"), "{}", content_type="application/json").status_code == 202
    pdf = PdfReader(io.BytesIO(me.get(api(made, "report.pdf")).content))
    printed = plain("".join(sheet.extract_text() for sheet in pdf.pages))
    assert not [text for text in every_digit(expected) if text not in printed]

    book = load_workbook(io.BytesIO(me.get(page("result_excel", made)).content))
    cells = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    assert not [
        text for text in [expected["total"], *expected["stages"].values()] if float(text) not in cells
    ]

    inventory = tmp_path / "tray.yaml"
    inventory.write_bytes(documents.dump(drafts.read(made.document).study))
    program = "from zuji.cli import main; main()"
    command = [sys.executable, "-c", program, "footprint", str(inventory), "--json"]
    told = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert told["published"] == expected
    assert told["lines"] == answered["lines"]
    assert told["totals"] == answered["totals"]


def test_the_downloaded_json_is_that_of_the_interface(me: Browser, by: Actor) -> None:
    made = tray(by)
    downloaded = me.get(page("result_json", made))
    assert downloaded["Content-Type"] == "application/json"
    assert json.loads(downloaded.content) == me.get(api(made, "footprint")).json()


def test_a_number_leads_in_two_clicks_to_its_factor(me: Browser, by: Actor) -> None:
    made = tray(by)
    text = me.get(page("result", made)).content.decode()
    assert "412000 kWh × 0.5777 kgCO2e/kWh" in text
    assert "电费发票 2024-01 至 2024-12" in text
    address = reverse("factors:version", args=["elec_cf_national_2024", "1.0"])
    assert f'href="{address}"' in text
    assert text.count("zr-story") == len([one for one in digits(made)["lines"] if float(one["total"])])


def test_a_recycling_line_names_all_its_factors(me: Browser, by: Actor) -> None:
    made = tray(by)
    response = me.get(page("result", made))
    story = next(story for story in response.context["stories"] if story.id == "recycling")
    assert [factor.identity.split(" ")[0] for factor in story.factors] == [
        "mat_cpcd_41431x0042016a",
        "mat_cpcd_41534x0022014a",
        "ww_defra_construction_metals_landfill",
    ]


def test_all_lines_have_a_page(me: Browser, by: Actor) -> None:
    lines = [line(f"L{i}", item=f"电力 {i}", quantity={"amount": 1.0 + i, "unit": "kWh"}) for i in range(60)]
    made = draft(*lines, by=by)
    first = me.get(page("result", made)).content.decode()
    assert reverse("products:result_lines", args=[made.pk]) in first
    listed = me.get(page("result_lines", made, page=2)).context["page"]
    assert listed.paginator.count == 60
    assert len(listed) == 10


def test_an_incomplete_study_says_what_is_missing_and_shows_no_result(me: Browser, by: Actor) -> None:
    made = draft(line(), bare("L2"), by=by)
    text = me.get(page("result", made)).content.decode()
    assert "尚无结果" in text
    assert "1.1554" in text  # what can be counted, said to be no footprint
    assert "这不是碳足迹结果" in text
    assert "第 2 行 水泥" in text
    answer = me.get(api(made, "footprint"))
    assert answer.status_code == 422
    assert "L2" in {problem["place"]["line"] for problem in answer.json()["problems"]}
    for name in ("result_json", "result_excel", "result_lines"):
        assert me.get(page(name, made)).url == page("result", made)


def test_an_empty_study_is_told_to_begin(me: Browser, by: Actor) -> None:
    made = draft(by=by)
    edits.edit(study=made, operations=[{"op": "remove", "path": ["lines", "L1"]}], by=by)
    assert "清单为空" in me.get(page("result", made)).content.decode()
    assert me.get(api(made, "footprint")).status_code == 422


def test_a_simulation_is_kept_with_its_seed_and_belongs_to_one_state(me: Browser, by: Actor) -> None:
    made = tray(by)
    assert me.get(page("result", made)).context["band"].method == "first_order"
    started = me.post(page("simulate", made), {"runs": "300", "seed": "11"})
    shown = me.get(started.url)
    band = shown.context["band"]
    assert (band.method, band.runs, band.seed) == ("monte_carlo", 300, 11)
    assert "300 次，种子 11" in shown.content.decode()
    assert shown.context["charts"]["histogram"]["series"][0]["data"]
    again = me.get(page("result", made)).context
    assert again["band"] == band
    assert again["scenarios"]["rows"][1]["cells"][4]["text"] == "100.0 %"  # probability on common numbers
    operation: Operation = {"op": "set", "path": ["lines", "gas", "quantity", "amount"], "value": 1.0}
    edits.edit(study=made, operations=[operation], by=by)
    assert me.get(page("result", made)).context["band"].method == "first_order"


def test_the_same_seed_gives_the_same_band(me: Browser, by: Actor) -> None:
    made = tray(by)
    body = json.dumps({"runs": 200, "seed": 5})
    first, second = (
        me.post(api(made, "uncertainty"), body, content_type="application/json") for _ in range(2)
    )
    assert first.status_code == 200
    assert first.json() == second.json()
    assert first.json()["uncertainty"]["runs"] == 200


def test_many_runs_become_a_job(me: Browser, by: Actor) -> None:
    made = draft(*[line(f"L{i}", quality={"technology": 3}) for i in range(30)], by=by)
    answer = me.post(api(made, "uncertainty"), json.dumps({"runs": 100_000}), content_type="application/json")
    assert answer.status_code == 202
    assert answer.json()["job"]["state"] == "done"
    assert MadeFile.objects.filter(study=made, kind="simulation").count() == 1


@pytest.mark.parametrize(("runs", "seed"), [("5", "1"), ("1000", "-1"), ("", "1"), ("9999999", "1")])
def test_runs_and_seed_out_of_range_are_refused_in_words(
    me: Browser, by: Actor, runs: str, seed: str
) -> None:
    answer = me.post(page("simulate", tray(by)), {"runs": runs, "seed": seed})
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert not Job.objects.exists()


def test_a_guest_simulates_without_changing_what_others_see() -> None:
    example = demonstration()
    guest = accounts.browser(accounts.member(Role.VIEWER))
    started = guest.post(page("simulate", example), {"runs": "100", "seed": "3"})
    assert started.status_code == 302
    assert results.result(example).simulation is None
    assert results.result(example, chosen=(100, 3)).simulation is not None


def test_a_study_without_any_uncertainty_has_no_band(me: Browser, by: Actor) -> None:
    certain = bare(factor="mat_gbt51366_bar", quantity={"amount": 1.0, "unit": "kg"})
    made = draft(certain, by=by)
    text = me.get(page("result", made)).content.decode()
    assert "没有区间" in text


def test_visitors_read_worked_examples_and_nothing_else(by: Actor) -> None:
    visitor = Browser()
    example, private = demonstration(), tray(by)
    for name in ("result", "result_lines", "report", "result_json", "result_excel"):
        assert visitor.get(page(name, example)).status_code == 200, name
        assert visitor.get(page(name, private)).status_code == 404, name
    assert "products:freeze" not in visitor.get(page("result", example)).content.decode()
    assert visitor.post(page("simulate", example), {"runs": "100", "seed": "1"}).status_code == 302
    assert visitor.get(api(example, "footprint")).status_code == 200
    assert visitor.post(api(example, "report"), "{}", content_type="application/json").status_code == 401


def test_other_organisations_find_nothing(by: Actor) -> None:
    made = frozen(by)
    stranger = accounts.browser(accounts.member(Role.OWNER))
    for name in (
        "result",
        "report",
        "snapshot",
        "result_json",
        "snapshot_json",
        "report_pdf",
        "result_lines",
    ):
        assert stranger.get(page(name, made)).status_code == 404, name
    for name in ("freeze", "simulate", "verify", "report_make"):
        assert stranger.post(page(name, made)).status_code == 404, name
    for what in ("footprint", "snapshot", "report.pdf", "result.xlsx"):
        assert stranger.get(api(made, what)).status_code == 404, what
    for what in ("freeze", "verify", "report", "uncertainty"):
        assert stranger.post(api(made, what), "{}", content_type="application/json").status_code == 404, what


def test_reading_a_result_writes_nothing(me: Browser, by: Actor) -> None:
    made = tray(by)
    before = (AuditEvent.objects.count(), MadeFile.objects.count(), made.updated_at)
    for name in ("result", "result_lines", "report", "result_json", "result_excel"):
        me.get(page(name, made))
    made.refresh_from_db()
    assert (AuditEvent.objects.count(), MadeFile.objects.count(), made.updated_at) == before


def test_quality_names_the_weakest_and_what_to_do(me: Browser, by: Actor) -> None:
    made = tray(by)
    ratings = me.get(page("result", made)).context["ratings"]
    assert [rating["name"] for rating in ratings] == [
        "产品环境足迹数据质量评级 2021",
        "PACT 第 3 版数据质量评级 3",
    ]
    weakest = ratings[0]["weaknesses"][0]
    assert weakest.item == "电解铝锭"
    assert [str(cure) for cure in weakest.cures] == ["采用更新的数据", "以实测代替估算，或向供应商索取"]


def test_the_english_page_speaks_english(me: Browser, by: Actor) -> None:
    made = tray(by)
    text = me.get(f"/en{page('result', made)}").content.decode()
    for words in ("Hot spots", "The five separate totals", "Raw material acquisition", "Fossil"):
        assert words in text
