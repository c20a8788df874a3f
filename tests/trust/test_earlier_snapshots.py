"""A study frozen before statements and treatments of electricity existed still holds, to the last byte."""

from pathlib import Path

from zuji.lca.published import published
from zuji.model.statements import Statements
from zuji.trust.snapshot import from_bytes, recalculate, verify

EARLIER = from_bytes(Path(__file__).with_name("snapshot_before_statements.json").read_bytes())


def test_an_earlier_snapshot_verifies() -> None:
    assert "statements" not in EARLIER.document["study"]
    assert verify(EARLIER) == []


def test_it_recalculates_to_the_digits_it_published() -> None:
    again = recalculate(EARLIER)
    assert published(again) == EARLIER.published
    assert again.location_based is None
    assert EARLIER.study.statements == Statements()
