"""Files of studies: Excel workbooks, YAML and JSON, read and written."""

import json
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Literal

import yaml
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_noop as _

from zuji.errors import FileRefused, Place
from zuji.formats import document
from zuji.model.studies import Study
from zuji_web.products.models import ProductStudy
from zuji_web.wording import said, told

Format = Literal["xlsx", "yaml", "json"]
TYPES: dict[Format, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "yaml": "application/yaml",
    "json": "application/json",
}
_ENDINGS = {".xlsx": "xlsx", ".yaml": "yaml", ".yml": "yaml", ".json": "json"}


def read_file(upload: "UploadedFile[Any]") -> Study:
    """The study in an uploaded file; raises `FileRefused` or `InvalidInput`."""
    name = PurePath(upload.name or "").name
    if (upload.size or 0) > settings.INVENTORY_UPLOAD_LIMIT:
        megabytes = settings.INVENTORY_UPLOAD_LIMIT // 1024 // 1024
        raise FileRefused(
            told(
                "file-too-large",
                said(_("The file is larger than %(most)s MB"), most=megabytes),
                said(_("Check that it is the right file; an inventory is usually below 1 MB")),
                Place(file=name),
            )
        )
    kind = _ENDINGS.get(PurePath(name).suffix.lower())
    if kind is None:
        raise FileRefused(
            told(
                "file-kind",
                said(_("Files of this kind cannot be read")),
                said(_("Upload the filled template (.xlsx), or a .yaml or .json file")),
                Place(file=name),
            )
        )
    upload.seek(0)
    content = upload.read()
    if kind == "xlsx":
        from zuji.formats import excel

        return excel.load(content, name=name)
    return document.load(content, name=name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A file for downloading."""

    name: str
    content: bytes
    media_type: str

    def response(self) -> HttpResponse:
        """The file as an attachment."""
        answer = HttpResponse(self.content, content_type=self.media_type)
        header = content_disposition_header(as_attachment=True, filename=self.name)
        answer["Content-Disposition"] = header or "attachment"
        return answer


def exported(study: ProductStudy, format: Format) -> Exported:  # noqa: A002 - the word of the interface
    """The study as a file. What is complete imports to the same study.

    A draft with gaps goes into YAML and JSON as it stands; a workbook has no place for wrong cells, so
    `InvalidInput` names them.
    """
    return Exported(
        name=f"{study.name or 'study'}.{format}", content=_content(study, format), media_type=TYPES[format]
    )


def _content(study: ProductStudy, format: Format) -> bytes:  # noqa: A002 - the word of the interface
    if format == "xlsx":
        from zuji.formats import excel

        return excel.dump(document.from_dict(study.document))
    if not document.mistakes(study.document):
        return document.dump(document.from_dict(study.document), syntax=format)
    if format == "json":
        return json.dumps(study.document, ensure_ascii=False, indent=2).encode()
    return str(yaml.safe_dump(study.document, allow_unicode=True, sort_keys=False)).encode()


def template() -> Exported:
    """The empty workbook that a factory fills."""
    from zuji.formats import excel

    return Exported(name="zuji-inventory.xlsx", content=excel.template(), media_type=TYPES["xlsx"])
