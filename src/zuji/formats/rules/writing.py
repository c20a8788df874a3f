"""A rule as YAML: fields in the order of the schema, what is not stated left out."""

from collections.abc import Mapping
from typing import Any

import yaml

from zuji.formats import yaml_tree
from zuji.model.category_rules import ProductCategoryRule
from zuji.model.records import write_value


def dump(rule: ProductCategoryRule) -> bytes:
    """The rule as a YAML file in UTF-8; reads back to the same rule, byte-identical on repeat."""
    text = yaml.dump(to_dict(rule), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)
    return str(text).encode()


def to_dict(rule: ProductCategoryRule) -> dict[str, Any]:
    """The rule as str, float, bool, list and dict with the keys of the schema; codes as hs:7601."""
    written: dict[str, Any] = _plain(write_value(rule))
    return written


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        if value.keys() == {"scheme", "code"}:
            return f"{value['scheme']}:{value['code']}"
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    whole = isinstance(value, float) and value.is_integer() and abs(value) < 1e15
    return int(value) if whole else value


class _Dumper(yaml.SafeDumper):
    """Plain YAML without anchors."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - the signature is PyYAML's
        return True


# text that our own reader takes for a number ("1e5") is put in quotation marks
_Dumper.add_implicit_resolver("tag:yaml.org,2002:float", yaml_tree.FLOAT, list("-+.0123456789"))
