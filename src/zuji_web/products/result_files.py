"""Files of a result: JSON, Excel, the snapshot, the report."""

import json
from typing import Any

from zuji.formats import result as result_format
from zuji_web.products.files import TYPES, Exported
from zuji_web.products.models import ProductStudy, StudySnapshot
from zuji_web.products.queries.results import Evaluated

_REPORT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def as_dict(evaluated: Evaluated) -> dict[str, Any]:
    """The result as plain data; the same function as on the command line."""
    return result_format.to_dict(evaluated.footprint, evaluated.snapshot, evaluated.study)


def _name(study: ProductStudy, ending: str) -> str:
    base = study.product_name.replace("/", "-").strip() or "study"
    return f"{base}-v{study.version}{ending}"


def as_json(study: ProductStudy, evaluated: Evaluated) -> Exported:
    """The result as a JSON file."""
    content = json.dumps(as_dict(evaluated), ensure_ascii=False, indent=2).encode()
    return Exported(name=_name(study, "-result.json"), content=content, media_type=TYPES["json"])


def as_excel(study: ProductStudy, evaluated: Evaluated) -> Exported:
    """The result as a workbook."""
    from zuji.formats import result_excel

    content = result_excel.dump(evaluated.footprint, evaluated.snapshot, evaluated.study)
    return Exported(name=_name(study, "-result.xlsx"), content=content, media_type=TYPES["xlsx"])


def snapshot(study: ProductStudy, row: StudySnapshot) -> Exported:
    """The canonical bytes as they were frozen."""
    name = _name(study, "-snapshot.json")
    return Exported(name=name, content=bytes(row.content), media_type=TYPES["json"])


def report(study: ProductStudy, content: bytes, language: str, form: str = "pdf") -> Exported:
    """The report as a PDF or Word file."""
    name = _name(study, f"-report-{language}.{form}")
    return Exported(name=name, content=content, media_type=_REPORT_TYPES[form])
