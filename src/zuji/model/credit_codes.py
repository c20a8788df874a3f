"""What is wrong with a unified social credit code that somebody typed, as narrow as its checks allow.

GB 32100-2015: the eighteenth character checks the other seventeen; the ninth to seventeenth are the
organisation code (GB 11714-1997), whose last character checks its first eight.
"""

import unicodedata

from zuji.errors import Place, Problem, problem
from zuji.model.organisations import check_character, valid_credit_code

LENGTH = 18
_NEVER_USED = frozenset("IOSVZ")
_INNER_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_INNER = slice(8, 17)


def tidy_credit_code(value: str) -> str:
    """The code as it is stored: half-width, upper case, without blanks and hyphens."""
    half_width = unicodedata.normalize("NFKC", value)
    return "".join(half_width.split()).replace("-", "").upper()


def credit_code_problems(value: str, *, place: Place | None = None) -> tuple[Problem, ...]:
    """What is wrong with a code and where; empty when it is right. `value` may be untidy."""
    code, where = tidy_credit_code(value), place or Place(field="credit_code")
    if valid_credit_code(code):
        return ()
    if len(code) != LENGTH:
        return (_wrong_length(code, where),)
    strange = [(position, letter) for position, letter in enumerate(code, 1) if not _usable(position, letter)]
    if strange:
        return tuple(_wrong_character(position, letter, where) for position, letter in strange)
    return (_wrong_check(code, where),)


def _usable(position: int, letter: str) -> bool:
    if 3 <= position <= 8:
        return letter.isascii() and letter.isdigit()
    return letter.isascii() and letter.isalnum() and letter not in _NEVER_USED


def _wrong_length(code: str, place: Place) -> Problem:
    return problem(
        "credit_code_length",
        f"统一社会信用代码应为 18 位，现有 {len(code)} 位",
        f"The unified social credit code has 18 characters; these are {len(code)}",
        cure_zh="请与营业执照逐位核对",
        cure_en="Compare it with the business licence, character by character",
        place=place,
    )


def _wrong_character(position: int, letter: str, place: Place) -> Problem:
    if 3 <= position <= 8:
        cure_zh = "第 3 至 8 位是登记机关行政区划码，只用数字"
        cure_en = "Characters 3 to 8 are the division of the registration authority: digits only"
    else:
        cure_zh = "代码只用数字和除 I、O、S、V、Z 以外的大写字母，常把 0、1、5、2 误写成 O、I、S、Z"
        cure_en = "Only digits and capital letters other than I, O, S, V, Z; often 0, 1, 5 or 2 is meant"
    return problem(
        "credit_code_character",
        f"第 {position} 位不应是“{letter}”",
        f"Character {position} cannot be “{letter}”",
        cure_zh=cure_zh,
        cure_en=cure_en,
        place=place,
    )


def _inner_agrees(inner: str) -> bool:
    values = (int(letter, 36) for letter in inner[:-1])
    total = sum(value * weight for value, weight in zip(values, _INNER_WEIGHTS, strict=True))
    return inner[-1] == "0123456789X"[-total % 11]


def _wrong_check(code: str, place: Place) -> Problem:
    # One mistyped character among 9 to 17 breaks the inner check too; one outside leaves it whole.
    if _inner_agrees(code[_INNER]):
        zh, en = "第 1 至 8 位或第 18 位", "one of characters 1 to 8, or the last one"
    else:
        zh, en = "第 9 至 17 位", "one of characters 9 to 17"
    expected = check_character(code[:-1])
    return problem(
        "credit_code_check",
        f"校验位不符：按前 17 位末位应为“{expected}”，现为“{code[-1]}”；多半是{zh}有误",
        f"The check character does not agree: the first 17 call for “{expected}”, not “{code[-1]}”; "
        f"most likely {en} is mistyped",
        cure_zh="请与营业执照逐位核对",
        cure_en="Compare it with the business licence, character by character",
        place=place,
    )
