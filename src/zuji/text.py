"""Text in the two languages of the product."""

from dataclasses import dataclass

LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """One meaning in Chinese and English. Chinese leads; English may be missing."""

    zh: str
    en: str = ""

    def in_language(self, language: str) -> str:
        """The wording for `language` ("zh…" or anything else for English), falling back to the other."""
        if language.startswith("zh"):
            return self.zh or self.en
        return self.en or self.zh

    def __str__(self) -> str:
        return self.zh or self.en


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its English noun: 1 line, 2 lines."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
