"""Amounts of flow properties as JSON, for nouns that ILCD gives no element for."""

from typing import Any

from zuji.formats.ilcd.beyond import NUMBER, REF, TEXT, Codec
from zuji.model.lci.flows import PropertyAmount
from zuji.model.lci.references import Kind, Ref


def _plain(amount: PropertyAmount) -> Any:
    return [REF.plain(amount.property), amount.amount, amount.id]


def _value(said: Any) -> PropertyAmount:
    reference, amount, internal = said
    number = NUMBER.value(amount)
    if number is None:
        raise ValueError(amount)
    return PropertyAmount(
        property=REF.value(reference) or Ref("", kind=Kind.FLOW_PROPERTY),
        amount=number,
        id=TEXT.value(internal),
    )


PROPERTY_AMOUNT = Codec(_plain, _value)
