"""One tokenizer for every index: SQLite FTS5, PostgreSQL tsvector and the index in memory.

Chinese has no spaces, and an index of three-letter pieces cannot find a word of two characters. So
text becomes Latin words, single Chinese characters and pairs of neighbouring ones. Tokens hold
letters and digits only (a decimal point is written `p`), so that no database splits them again.
"""

import re
import unicodedata
from functools import lru_cache

CJK = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_RUN = re.compile(rf"[{CJK}]+|[^\W_{CJK}]+(?:[.\-/·][^\W_{CJK}]+)*")
_DOT = re.compile(r"[·•‧・∙⋅]")
_ABBREVIATION = re.compile(r"(?<=[^\W\d_])[.·](?=[^\W\d_])")
_DECIMAL = re.compile(r"(?<=\d)\.(?=\d)")
_PIECE = re.compile(r"\d+(?:p\d+)*|[^\W\d_]+")
_WORD_OF_CJK = re.compile(rf"[{CJK}]")


def folded(text: str) -> str:
    """`text` with one width, one case and one kind of dot: full-width ＰＯ and PO are the same."""
    return _DOT.sub("·", unicodedata.normalize("NFKC", text).casefold())


def is_cjk(token: str) -> bool:
    """Whether a token is written in Chinese characters."""
    return bool(_WORD_OF_CJK.match(token))


def runs(text: str) -> list[str]:
    """`text` cut into runs of Chinese characters and Latin words, folded."""
    return _RUN.findall(folded(text))


def tokens(text: str) -> list[str]:
    """The tokens of `text` in reading order; a repeated word repeats its token."""
    found: list[str] = []
    for run in runs(text):
        if is_cjk(run):
            found += [*run, *pairs(run)]
        else:
            found += _latin(run)
    return found


def pairs(run: str) -> list[str]:
    """Neighbouring characters of a Chinese run, two by two."""
    return [run[i : i + 2] for i in range(len(run) - 1)]


def index_text(text: str) -> str:
    """`text` as it is stored in a full-text column: its tokens with spaces between."""
    return " ".join(tokens(text))


def query_terms(text: str) -> list[str]:
    """Distinct tokens worth asking an index for: pairs where a Chinese run has them, whole words.

    A hit need not contain all of them; the more it has, the better.
    """
    terms: dict[str, None] = {}
    for run in runs(text):
        if not is_cjk(run):
            terms.update(dict.fromkeys(_latin(run)))
        elif len(run) == 1:
            terms[run] = None
        else:
            terms.update(dict.fromkeys(pairs(run)))
    return list(terms)


@lru_cache(maxsize=8192)
def _latin(run: str) -> tuple[str, ...]:
    """A Latin run as one word (PP-R is ppr, P·O 42.5 is po and 42p5) and its pieces of two or more."""
    joined = _DECIMAL.sub("p", _ABBREVIATION.sub("", run))
    words = [_singular(word) for word in re.split(r"[.\-/·]", joined)]
    whole = "".join(words)
    parts = [piece for word in words for piece in _pieces(word)]
    return (whole, *(part for part in dict.fromkeys(parts) if len(part) > 1 and part != whole))


def _pieces(word: str) -> list[str]:
    """Letters and numbers of a specification code apart: hrb400e is hrb, 400 and e."""
    return _PIECE.findall(word)


def _singular(word: str) -> str:
    """An English plural without its ending; good enough because names and queries go the same way."""
    if len(word) < 4 or not word.isascii() or not word.isalpha() or word.endswith("ss"):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word.removesuffix("s")
