"""Bilingual data cells, regions, kinds and confidences in words."""

import pytest

from zuji.formats import reference
from zuji.model.factors import Confidence, FactorKind
from zuji.text import Text
from zuji_web.factors.labels import CONFIDENCES, KIND_MEANINGS, in_both, region_name


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("热力 / heat", Text("热力", "heat")),
        ("货运 / freight: DEFRA 2025", Text("货运：DEFRA 2025", "freight: DEFRA 2025")),
        (
            "燃烧CH4 / CH4 from combustion: 居民 / residential",
            Text("燃烧CH4：居民", "CH4 from combustion: residential"),
        ),
        (
            "电力CO2排放因子：省级 / grid CO2: provincial",
            Text("电力CO2排放因子：省级", "grid CO2: provincial"),
        ),
        ("GWP100 AR6", Text("GWP100 AR6", "GWP100 AR6")),
    ],
)
def test_a_bilingual_cell_falls_into_its_halves(cell: str, text: Text) -> None:
    assert in_both(cell) == text


def test_every_region_of_the_data_has_a_name() -> None:
    unnamed = {f.geography for f in reference.load().catalogue if region_name(f.geography) == f.geography}
    assert unnamed <= {""}


def test_every_kind_and_confidence_is_explained() -> None:
    assert set(KIND_MEANINGS) == set(FactorKind)
    assert set(CONFIDENCES) == set(Confidence)
