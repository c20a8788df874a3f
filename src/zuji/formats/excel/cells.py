"""Single cells of the inventory workbook: what a person typed, as the value that the model needs.

What is unambiguous is accepted ("1,234.5", full-width digits, "2024年1月31日"); everything else is
refused with what to write instead.
"""

import re
from datetime import date, datetime, timedelta
from difflib import get_close_matches

from zuji.formats.excel.columns import Column
from zuji.model.findings import Finding
from zuji.model.records import mistake, shown
from zuji.model.written import parse_number, split_number, written_number

_DAY_ZERO = date(1899, 12, 30)  # serial dates of Excel count from here (1900 system)
_SERIALS = range(20_000, 80_000)  # 1954 to 2119
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]0{1,2}:00(?::00)?)?")
SEPARATORS = re.compile(r"[、,，;；]")


class CellMistakeError(Exception):
    """A cell that cannot be read; carries the finding."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.what.zh)
        self.finding = finding


def _refuse(code: str, zh: str, en: str, cure_zh: str, cure_en: str) -> CellMistakeError:
    return CellMistakeError(mistake(code, zh, en, cure_zh, cure_en))


def is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def read_cell(column: Column, value: object) -> object:
    """The value of a cell that is not blank; raises `CellMistakeError`."""
    match column.cell:
        case "number":
            return number(value, share=False)
        case "share":
            return number(value, share=True)
        case "date":
            return day(value)
        case "choice":
            return choice(column, value)
        case "truth":
            return choice(column, value) == "true"
        case "list":
            parts = (part.strip() for part in SEPARATORS.split(text(value)))
            return [part for part in parts if part]
        case "text":
            return text(value)


def text(value: object) -> str:
    """The text of a cell as it stands there, without blanks around it."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return written_number(float(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value == datetime(*value.timetuple()[:3]) else value.isoformat()  # noqa: DTZ001 - cells have no time zone
    if isinstance(value, date):
        return value.isoformat()
    return str(value).replace("\r\n", "\n").strip()


def number(value: object, *, share: bool) -> float:
    """A number; percent signs count where a share is asked for."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, (date, timedelta)):
        raise _refuse(
            "date-for-number",
            f"应为数字，却是日期“{text(value)}”",
            f"a number is expected, not the date {text(value)}",
            "请把单元格格式改为“常规”后重新填写数字",
            "set the format of the cell to General and type the number again",
        )
    written = text(value)
    found = parse_number(written)
    if found is not None and (share or not written.endswith(("%", "％"))):
        return found
    if found is not None:
        raise _refuse(
            "percent",
            f"“{shown(written)}”是百分数，这里需要数量",
            f"“{shown(written)}” is a percentage; an amount is needed",
            "请填写数量本身，例如 12.5",
            "write the amount itself, such as 12.5",
        )
    split = split_number(written)
    if split is not None and split[1]:
        raise _refuse(
            "number-with-words",
            f"“{shown(written)}”在数字后面还有文字",
            f"“{shown(written)}” has words after the number",
            "只填数字，单位填在单位列",
            "write the number alone, and the unit in its column",
        )
    raise _refuse(
        "number-expected",
        f"“{shown(written)}”不是明确的数字",
        f"“{shown(written)}” is not clearly a number",
        "请填写数字，例如 1234.5；小数点用“.”",
        "write a number such as 1234.5, with a decimal point",
    )


def day(value: object) -> str:
    """An ISO date."""
    if isinstance(value, date):
        return value.isoformat()[:10]
    serial = value if isinstance(value, (int, float)) and not isinstance(value, bool) else None
    if serial is not None and int(serial) in _SERIALS:
        return (_DAY_ZERO + timedelta(days=int(serial))).isoformat()
    written = text(value)
    match = _DATE.fullmatch(written)
    if match is not None:
        try:
            return date(*map(int, match.groups())).isoformat()
        except ValueError:
            pass
    raise _refuse(
        "date",
        f"“{shown(written)}”不是日期",
        f"“{shown(written)}” is not a date",
        "请写成 2024-01-31 的形式",
        "write it like 2024-01-31",
    )


def choice(column: Column, value: object) -> str:
    """The key of a choice, from its word in either language or from the key itself."""
    choices = column.choices or {}
    if isinstance(value, bool):
        value = "true" if value else "false"
    written = text(value)
    folded = written.casefold()
    words = {word.casefold(): key for key, name in choices.items() for word in (name.zh, name.en, key)}
    if folded in words:
        return words[folded]
    near = get_close_matches(folded, list(words), n=1)
    names = list(choices.values())
    raise _refuse(
        "unknown-choice",
        f"“{shown(written)}”不在可选值之中",
        f"“{shown(written)}” is not one of the choices",
        f"请改为“{choices[words[near[0]]].zh}”"
        if near
        else f"请从下拉列表中选择：{'、'.join(name.zh for name in names)}",
        f"did you mean “{choices[words[near[0]]].en}”?"
        if near
        else f"choose from the list: {', '.join(name.en for name in names)}",
    )
