"""A shelf of product category rules, by id and version."""

from collections.abc import Iterable, Iterator

from zuji.errors import InvalidInput, problem
from zuji.model.category_rules import ProductCategoryRule


class RuleBook:
    """Rules by `id@version`. A bare id means its newest version, the last that was added."""

    def __init__(self, rules: Iterable[ProductCategoryRule] = ()) -> None:
        self._rules: dict[str, ProductCategoryRule] = {}
        self._newest: dict[str, str] = {}
        for rule in rules:
            self._rules[rule.key] = rule
            self._newest[rule.id] = rule.key

    def __contains__(self, key: object) -> bool:
        return key in self._rules or key in self._newest

    def __iter__(self) -> Iterator[ProductCategoryRule]:
        return iter(self._rules.values())

    def __len__(self) -> int:
        return len(self._rules)

    def get(self, key: str) -> ProductCategoryRule:
        """The rule as written; raises `InvalidInput` for an unknown key."""
        rule = self._rules.get(key) or self._rules.get(self._newest.get(key, ""))
        if rule is None:
            known = ", ".join(sorted(self._rules)) or "-"
            raise InvalidInput(
                problem(
                    "unknown-rule",
                    f"没有核算规则“{key}”",
                    f"there is no accounting rule “{key}”",
                    cure_zh=f"请从以下规则中选择：{known}",
                    cure_en=f"choose one of: {known}",
                )
            )
        return rule
