"""Texts in any number of languages, as data sets carry them."""

from collections.abc import Iterator
from dataclasses import dataclass

from zuji.text import Text


@dataclass(frozen=True, slots=True)
class Wording:
    """Texts with their language code, in the order written; a language may repeat (paragraphs)."""

    texts: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, text: str, language: str = "en") -> "Wording":
        """One text in one language; empty text gives an empty wording."""
        return cls(((language, text),)) if text else cls()

    def in_language(self, language: str) -> str:
        """All paragraphs in `language`, else in English, else in the first language there is."""
        for wanted in (language, language.split("-")[0], "en"):
            found = [text for code, text in self.texts if code.split("-")[0] == wanted.split("-")[0]]
            if found:
                return "\n".join(found)
        first = self.texts[0][0] if self.texts else ""
        return "\n".join(text for code, text in self.texts if code == first)

    def text(self) -> Text:
        """The Chinese and the English wording; each empty where the data set has none."""
        zh = "\n".join(text for code, text in self.texts if code.startswith("zh"))
        en = "\n".join(text for code, text in self.texts if code.startswith("en"))
        return Text(zh, en) if zh or en else Text("", self.in_language("en"))

    def __bool__(self) -> bool:
        return bool(self.texts)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self.texts)

    def __str__(self) -> str:
        return self.in_language("en")


UNSAID = Wording()
"""No text at all; the default of every wording."""
