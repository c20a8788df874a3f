"""What a search finds, in which order, and what the filters count."""

import pytest

from tests.web.factories import factors
from zuji.model.factors import Confidence, FactorKind
from zuji.text import Text
from zuji_web.factors.listing import Wanted, choices, found
from zuji_web.factors.models import FactorDataset

pytestmark = pytest.mark.django_db


def codes(**wanted: str) -> list[str]:
    return [row.code for row in found(Wanted(**wanted))]


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("水泥", "水泥"),
        ("热轧卷", "热轧"),
        ("aluminium ingot", "铝"),
        ("烧碱", "氢氧化钠"),
        ("PVC", "聚氯乙烯"),
    ],
)
def test_everyday_words_find_what_they_mean(text: str, wording: str) -> None:
    names = [row.name for row in found(Wanted(text=text))][:3]
    assert any(wording in name for name in names), names


@pytest.mark.usefixtures("shipped")
def test_a_code_finds_its_dataset_first() -> None:
    assert codes(text="elec_cf_national_2024")[0] == "elec_cf_national_2024"


@pytest.mark.usefixtures("shipped")
def test_nonsense_finds_nothing() -> None:
    assert codes(text="qxzv wkpj") == []


def test_full_text_reaches_what_the_ranking_does_not_know() -> None:
    factors.load(factors.factor("mat_local", name=Text("玄武岩纤维布", "Basalt fabric")))
    assert codes(text="玄武岩纤维") == ["mat_local"]


def test_filters_narrow_and_only_current_datasets_count() -> None:
    factors.load(
        factors.factor("a", geography="CN-SC"),
        factors.factor("b", confidence=Confidence.LOW, year="2020-2021"),
        factors.factor("c", kind=FactorKind.GRID_CO2, per="", unit="kgCO2/kWh"),
        factors.factor("d", version="1.0"),
        factors.factor("d", version="2.0"),
    )
    assert codes() == ["a", "b", "c", "d"]
    assert codes(region="CN-SC") == ["a"]
    assert codes(confidence="low") == ["b"]
    assert codes(year="2021") == ["b"]
    assert codes(kind="grid_co2") == ["c"]
    assert codes(usable="1") == ["a", "b", "d"]


def test_a_choice_says_how_much_it_would_find_when_the_others_stay() -> None:
    factors.load(
        factors.factor("a", geography="CN-SC"),
        factors.factor("b", geography="CN-SC", confidence=Confidence.LOW),
        factors.factor("c", geography="GB"),
    )
    wanted = Wanted(region="CN-SC")
    told = choices(wanted)
    assert {choice.value: choice.count for choice in told["region"]} == {"CN-SC": 2, "GB": 1}
    assert {choice.value: choice.count for choice in told["confidence"]} == {"medium": 1, "low": 1}
    for name, listed in told.items():
        for choice in listed:
            narrowed = Wanted(**{"region": "CN-SC", name: choice.value})
            assert len(found(narrowed)) == choice.count


def test_what_cannot_be_meant_is_left_out() -> None:
    given = {"kind": "nothing", "confidence": "sure", "year": "soon", "usable": "yes", "q": " 水泥\0 "}
    assert Wanted.of(given) == Wanted(text="水泥")


@pytest.mark.parametrize("text", ['"玻璃" *', "玻璃 ( ^", "'; -- 玻璃", "玻璃:* & !玻璃", "(玻璃) | -"])
def test_signs_of_the_database_are_not_obeyed(text: str) -> None:
    factors.load(factors.factor("a", name=Text("玻璃", "glass")))
    assert codes(text=text) == ["a"]


@pytest.mark.parametrize(
    "text", ["NEAR(a b)", "AND OR NOT", "'; DROP TABLE factors_factordataset; --", "***"]
)
def test_words_of_the_database_are_only_words(text: str) -> None:
    factors.load(factors.factor("a", name=Text("玻璃", "glass")))
    assert codes(text=text) == []
    assert FactorDataset.objects.count() == 1
