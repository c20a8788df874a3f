"""The two languages of a data set, and texts in them."""

from dataclasses import dataclass

from zuji.formats.ecospold2.nodes import Node, extra
from zuji.model.lci.references import Category, Extra
from zuji.model.lci.wording import UNSAID, Wording

FORMAT = "ecospold1"
INFORMATION = "metaInformation/processInformation/dataSetInformation/"


@dataclass(frozen=True, slots=True)
class Languages:
    """The language of names and texts, and that of their local counterparts."""

    main: str = "en"
    local: str = "de"

    @classmethod
    def of(cls, extras: tuple[Extra, ...], *wordings: Wording) -> "Languages":
        """As a data set states them; for one of another format, those its name has."""
        if any(each.format == FORMAT for each in extras):
            return cls(
                extra(extras, FORMAT, f"{INFORMATION}@languageCode") or "en",
                extra(extras, FORMAT, f"{INFORMATION}@localLanguageCode") or "de",
            )
        found = list(dict.fromkeys(code.split("-")[0] for wording in wordings for code, _ in wording))
        main = "en" if "en" in found or not found else found[0]
        local = next((code for code in found if code != main), main)
        return cls(main, local)

    def read(self, node: Node, name: str, local_name: str) -> Wording:
        """A name with its local counterpart, where that says anything else."""
        text, local = node.take(name), node.seen(local_name)
        if not text:
            return UNSAID
        if local in ("", text):
            node.take_if(local_name, text)
            return Wording.of(text, self.main)
        if self.main == self.local:
            return Wording.of(text, self.main)
        node.take(local_name)
        return Wording(((self.main, text), (self.local, local)))

    def written(self, wording: Wording) -> tuple[str, str]:
        """The text and its local counterpart (the same where there is none)."""
        text = wording.in_language(self.main)
        local = "\n".join(each for code, each in wording if code.split("-")[0] == self.local.split("-")[0])
        return text, local or text

    def lost(self, wording: Wording) -> bool:
        """Whether the wording has a text in a third language."""
        return any(code not in (self.main, self.local) for code, _ in wording) and bool(
            [code for code, _ in wording if code == self.main]
        )


def read_categories(node: Node) -> tuple[str, ...]:
    """The path of category and subcategory; local ones that repeat them are taken too."""
    path = (node.take("category"), node.take("subCategory"))
    node.take_if("localCategory", path[0])
    node.take_if("localSubCategory", path[1])
    if path[1]:
        return path
    return path[:1] if path[0] else ()


def written_categories(path: tuple[str, ...]) -> tuple[str, str]:
    """Category and subcategory; further levels are joined into the second."""
    return (path[0] if path else ""), "/".join(path[1:])


def category_of(path: tuple[str, ...]) -> tuple[Category, ...]:
    """The category of a heading."""
    return (Category(path),) if path else ()
