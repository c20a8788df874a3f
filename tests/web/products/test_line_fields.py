"""Fields of lines and processes that rules ask for: electricity, marks, who runs it, where links lead."""

from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.urls import reverse

from tests.web.factories import accounts
from tests.web.factories.products import ELECTRICITY, GRID_CO2, line, modeller, study
from zuji.errors import InvalidInput, Place, Problem, WrongFactorKind
from zuji.model import documents
from zuji.model.lines import ElectricityDetail
from zuji.text import Text
from zuji_web.accounts.actors import Actor
from zuji_web.products import payload, vocabulary
from zuji_web.products.actions import edits, matches
from zuji_web.products.actions.matches import Choice
from zuji_web.products.drafts import DraftProblem
from zuji_web.products.labels import FIELDS
from zuji_web.products.models import ConfirmedMatch, ProductStudy
from zuji_web.products.places import page_of
from zuji_web.products.queries import calculation, matching

pytestmark = pytest.mark.django_db
NUMBER = "7" * 32
WIND = "elec_cf_wind_2024"
CERTIFICATE = {
    "number": NUMBER,
    "kwh": 2.0,
    "cancelled_on": "2024-06-30",
    "cancelled_for": "某厂",
    "generated": "2024-05",
}
CONTRACT = {
    "treatment": "contract",
    "attributes": True,
    "sole_claim": True,
    "tracked": True,
    "close_in_time": True,
    "same_market": True,
    "certificates": [CERTIFICATE],
    "attributes_sold": False,
    "location_factor": ELECTRICITY,
}


@pytest.fixture
def by() -> Actor:
    return modeller()


@pytest.fixture
def me(by: Actor) -> Browser:
    return accounts.browser(by)


def live(made: ProductStudy) -> dict[str, Any]:
    again = ProductStudy.objects.get(pk=made.pk)
    return payload.live_data(calculation.live(again), again)


def wind(**electricity: Any) -> dict[str, Any]:
    return line(factor=WIND, electricity={**CONTRACT, **electricity})


def made_by(by: Actor, *lines: dict[str, Any]) -> ProductStudy:
    return study(*lines, by=by, product={"name": "样品", "manufacturer": "某厂"})


def test_every_field_of_electricity_is_kept_and_has_words(by: Actor) -> None:
    made = made_by(by, line())
    for key, value in CONTRACT.items():
        operation = {"op": "set", "path": ["lines", "L1", "electricity", key], "value": value, "was": None}
        edits.edit(study=ProductStudy.objects.get(pk=made.pk), operations=[operation], by=by)
        assert f"electricity.{key}" in FIELDS
    stored = ProductStudy.objects.get(pk=made.pk).document
    assert stored["processes"][0]["lines"][0]["electricity"] == CONTRACT
    reading = documents.read(stored)
    assert not reading.findings
    detail = reading.study.lines[0].detail
    assert isinstance(detail, ElectricityDetail)
    assert detail.certificates[0].number == NUMBER
    # Nothing that the library knows of electricity is without a field on the page.
    assert {f"electricity.{name}" for name in ElectricityDetail.__dataclass_fields__} <= FIELDS.keys()
    assert {each["value"] for each in vocabulary.vocabulary()["treatments"]} == {
        "grid", "residual", "own", "direct_line", "contract",
    }  # fmt: skip


def test_the_result_at_the_grid_of_the_place_stands_beside_the_total(by: Actor) -> None:
    grid = live(study(line(), by=by))
    assert grid["location"] is None
    found = live(made_by(by, wind()))
    assert found["total"] < grid["total"]
    assert found["location"]["total"] == pytest.approx(grid["total"])
    assert found["location"]["unknown"] == []
    assert found["factors"][ELECTRICITY]["name"]
    unknown = live(made_by(by, line(factor=WIND, electricity={"treatment": "own"})))
    assert unknown["location"]["unknown"] == ["L1"]
    assert unknown["location"]["total"] == unknown["total"]


def test_a_grid_co2_factor_at_the_place_is_named_at_its_field_and_the_total_stays(by: Actor) -> None:
    found = live(made_by(by, wind(location_factor=GRID_CO2)))
    assert found["total"] is not None
    assert found["complete"]
    assert found["location"] is None
    assert [(each["line"], each["field"]) for each in found["problems"]] == [
        ("L1", "electricity.location_factor")
    ]


def test_certificates_that_hold_raise_no_doubt(by: Actor) -> None:
    assert live(made_by(by, wind()))["doubts"] == []
    assert live(made_by(by, line()))["doubts"] == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"number": "123"}, "certificate.number"),
        ({"kwh": 0.0}, "certificate.kwh"),
        ({"cancelled_for": "另一家厂"}, "certificate.holder"),
        ({"cancelled_on": "2999-01-01"}, "certificate.not_cancelled"),
        ({"generated": "2023-05"}, "certificate.period"),
        ({"generated": "2024-13"}, "certificate.generated"),
    ],
)
def test_a_doubtful_certificate_is_told_at_its_row_and_still_counted(
    by: Actor, change: dict[str, Any], code: str
) -> None:
    found = live(made_by(by, wind(certificates=[CERTIFICATE | {"number": "8" * 32}, CERTIFICATE | change])))
    assert [(each["field"], each["code"]) for each in found["doubts"]] == [
        ("electricity.certificates[1]", code)
    ]
    assert found["complete"]
    assert found["problems"] == []


def test_a_certificate_on_two_lines_is_told(by: Actor) -> None:
    half = CERTIFICATE | {"kwh": 600.0}
    second = {**wind(certificates=[half]), "id": "L2"}
    codes = [each["code"] for each in live(made_by(by, wind(certificates=[half]), second))["doubts"]]
    assert codes == ["certificate.overdrawn"]


def test_a_certificate_without_its_kwh_is_a_located_gap(by: Actor) -> None:
    found = live(made_by(by, wind(certificates=[{"number": NUMBER}])))
    assert found["uncounted"] == 1
    assert [each["field"] for each in found["problems"]] == ["electricity.certificates[0].kwh"]
    assert "kWh" in found["problems"][0]["what"]


def test_the_grid_of_the_place_is_chosen_in_its_role(by: Actor) -> None:
    made = made_by(by, wind(location_factor=None))
    offered = matching.candidates(study=made, line=wind(), by=by, role="location")
    assert offered.candidates[0].factor.id == ELECTRICITY
    assert {each.factor.kind.value for each in offered.candidates} == {"electricity_footprint"}
    changed = matches.confirm(
        study=made, choices=[Choice(line="L1", factor=ELECTRICITY, role="location")], by=by
    )
    chosen = changed.document["processes"][0]["lines"][0]
    assert chosen["electricity"]["location_factor"] == ELECTRICITY
    assert chosen["factor"] == WIND
    # What the grid is at a place says nothing about what an item means.
    assert not ConfirmedMatch.objects.exists()


def test_a_grid_co2_factor_is_refused_for_the_place_with_its_reason(by: Actor) -> None:
    made = made_by(by, wind())
    barred = [
        each.barred
        for each in matching.candidates(
            study=made, line=wind(), by=by, role="location", search="四川 电力二氧化碳排放因子"
        ).candidates
        if each.factor.kind.value == "grid_co2"
    ]
    assert barred
    assert all(barred)
    with pytest.raises(WrongFactorKind) as refused:
        matches.confirm(study=made, choices=[Choice(line="L1", factor=GRID_CO2, role="location")], by=by)
    assert refused.value.problems[0].place == Place(line="L1", field="electricity.location_factor")


def test_only_electricity_has_a_grid_at_its_place(by: Actor) -> None:
    made = study(line(kind="material", quantity={"amount": 1.0, "unit": "kg"}), by=by)
    with pytest.raises(InvalidInput):
        matches.confirm(study=made, choices=[Choice(line="L1", factor=ELECTRICITY, role="location")], by=by)


def test_who_runs_a_process_is_asked_and_is_ones_own_unless_said(me: Browser, by: Actor) -> None:
    made = study(line(), by=by)
    page = reverse("products:processes", args=[made.pk])

    def sent(**values: Any) -> dict[str, Any]:
        card = me.get(page).context["cards"][0]
        form = card["form"]
        assert form["controlled"].value() is (values.get("before", True))
        whole = {
            "save": "main",
            "seen": form["seen"].value(),
            "main-seen": form["seen"].value(),
            "main-name": "生产",
            "main-allocation": "none",
            "main-outputs-TOTAL_FORMS": "1",
            "main-outputs-INITIAL_FORMS": "1",
            "main-outputs-0-product": "样品",
            "main-outputs-0-amount": "1",
            "main-outputs-0-unit": "kg",
        }
        return whole | ({"main-controlled": "on"} if values.get("own") else {})

    assert me.post(page, sent(own=True)).status_code == 302
    assert not made.edits.exists()
    assert me.post(page, sent()).status_code == 302
    assert ProductStudy.objects.get(pk=made.pk).document["processes"][0]["controlled"] is False
    assert (
        documents.read(ProductStudy.objects.get(pk=made.pk).document).study.processes[0].controlled is False
    )
    assert me.post(page, sent(own=True, before=False)).status_code == 302
    assert "controlled" not in ProductStudy.objects.get(pk=made.pk).document["processes"][0]


@pytest.mark.parametrize(
    ("place", "end"),
    [
        (Place(line="L3", field="quantity"), "/?line=L3&field=quantity"),
        (
            Place(line="L3", field="electricity.certificates[0]"),
            "/?line=L3&field=electricity.certificates%5B0%5D",
        ),
        (Place(line="L3"), "/?line=L3"),
        (Place(field="processes[1].controlled"), "/processes/#process-1.controlled"),
        (Place(field="processes[0].lines"), "/"),
        (Place(field="product.code"), "/product/#id_product__code"),
        (Place(field="boundary.excluded[2].reason"), "/statements/#boundary.excluded"),
        (Place(field="statements.reviews[0].date"), "/statements/#statements.reviews"),
    ],
)
def test_every_shortcoming_leads_to_its_field(place: Place, end: str) -> None:
    root = f"/products/{UUID(int=1)}"
    assert page_of(UUID(int=1), place) == f"{root}{end}"


def test_a_problem_of_a_certificate_is_called_by_its_part() -> None:
    missing = Problem(
        code="missing",
        what=Text("缺少", "missing"),
        cure=Text("请填写", "fill it in"),
        place=Place(line="L1", field="electricity.certificates[0].number"),
    )
    told = payload.problem_data(DraftProblem(line="L1", field=missing.place.field, problem=missing))
    assert "绿证编号" in told["what"]


@pytest.mark.parametrize("ending", ["xlsx", "yaml", "json"])
def test_what_is_stated_goes_through_a_file_and_back(me: Browser, by: Actor, ending: str) -> None:
    said = {
        "inclusions": {"capital_goods": False, "storage": True},
        "reasons": {"electricity": "合同电量以外按全国平均"},
        "interpretation": {"conclusions": "电芯决定结果。\n其余很小。"},
        "recycling": "cut_off",
        "offsets": [{"amount": 5.0, "certificate": "CCER-1", "source": "登记机构"}],
        "reviews": [
            {"kind": "critical_review", "reviewer": "王工", "independent": True, "date": "2025-03-01"}
        ],
        "balances": [
            {
                "process": "main",
                "kind": "mass",
                "inputs": {"amount": 1.2, "unit": "t"},
                "outputs": {"amount": 1180.0, "unit": "kg"},
            }
        ],
        "apart": {"soil_carbon": -0.2, "note": "模型估计"},
    }
    boundary = {
        "kind": "cradle_to_gate",
        "stages": ["raw_material", "manufacturing"],
        "excluded": [{"stage": "use", "reason": "去向未知"}],
    }
    made = study(
        wind() | {"tags": ["storage"]},
        by=by,
        product={"name": "样品", "manufacturer": "某厂"},
        goal={"reason": "客户要求", "audience": "采购方"},
        boundary=boundary,
        limitations="只看气候变化",
        statements=said,
    )
    edits.edit(
        study=made,
        operations=[{"op": "set", "path": ["processes", "main", "controlled"], "value": False}],
        by=by,
    )
    before = ProductStudy.objects.get(pk=made.pk).document
    content = me.get(reverse("products:export", args=[made.pk, ending])).content
    other = study(line(item="别的"), by=by)
    upload = SimpleUploadedFile(f"study.{ending}", content)
    page = reverse("products:import_into", args=[other.pk])
    assert me.post(page, {"file": upload}).status_code == 302
    after = ProductStudy.objects.get(pk=other.pk).document
    for key in ("statements", "processes", "goal", "boundary", "limitations"):
        assert after[key] == before[key], key
