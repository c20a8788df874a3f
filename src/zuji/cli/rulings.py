"""The rule that somebody asks for on the command line: by its id, or in a file of their own."""

from pathlib import Path
from typing import TYPE_CHECKING

from zuji.errors import raise_all

if TYPE_CHECKING:
    from zuji.model.category_rules import ProductCategoryRule
    from zuji.rules.book import RuleBook


def written(asked: str, *, sound: bool = False) -> "tuple[ProductCategoryRule, RuleBook]":
    """The rule as written, and the shelf on which its base stands.

    With `sound` a file is refused for mistakes of meaning too: a study is not counted under them.
    """
    from zuji.cli import files
    from zuji.formats import rules

    book, path = rules.shipped(), Path(asked)
    if path.suffix.lower() not in {".yaml", ".yml"}:
        return book.get(asked), book
    content = files.read(path)
    if sound:
        raise_all(rules.mistakes(content, name=path.name))
    return rules.load(content, name=path.name), book


def resolved(asked: str, *, sound: bool = False) -> "ProductCategoryRule":
    """The rule with what it extends filled in."""
    from zuji.rules.resolving import resolve

    return resolve(*written(asked, sound=sound))
