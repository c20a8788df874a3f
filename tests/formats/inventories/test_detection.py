"""Which inventory format a file is, told by its content."""

from pathlib import Path

import pytest

from zuji.errors import FileRefused, InvalidInput
from zuji.formats.archive import open_archive, write_archive
from zuji.formats.inventories import FORMATS, detect, dump, load
from zuji.model.lci.package import Package

ILCD = b'<?xml version="1.0"?><processDataSet xmlns="http://lca.jrc.it/ILCD/Process" version="1.1"/>'
MODEL = b'<m:lifeCycleModelDataSet xmlns:m="http://eplca.jrc.ec.europa.eu/ILCD/LifeCycleModel/2017"/>'
ECOSPOLD1 = b'<ecoSpold xmlns="http://www.EcoInvent.org/EcoSpold01"><dataset/></ecoSpold>'
ECOSPOLD2 = b'<ecoSpold xmlns="http://www.EcoInvent.org/EcoSpold02"><activityDataset/></ecoSpold>'
SIMAPRO = b"{SimaPro 9.0.0.49}\r\n{processes}\r\n{CSV separator: Semicolon}\r\n"
TIDAS = b'{\n  "processDataSet": {"@version": "1.1"}}'
JSONLD = b'{"@context": "http://greendelta.github.io/olca-schema", "@type": "Process", "@id": "1"}'


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ({"ILCD/processes/1.xml": ILCD, "ILCD/schemas/x.xsd": b"<x/>"}, "ilcd"),
        ({"whatever/lifecyclemodels/1.xml": MODEL}, "ilcd"),
        ({"1.xml": ECOSPOLD1}, "ecospold1"),
        ({"datasets/1.spold": ECOSPOLD2, "readme.txt": b"hello"}, "ecospold2"),
        ({"export.csv": SIMAPRO}, "simapro"),
        ({"export.csv": b'\xef\xbb\xbf"{SimaPro 9.5}"\n'}, "simapro"),
        ({"processes/1.json": TIDAS, "external_docs/x.xml": ECOSPOLD1}, "tidas"),
        ({"processes/1.json": JSONLD}, "jsonld"),
        ({"olca-schema.json": b'{"version": 2}', "processes/1.json": b"{}"}, "jsonld"),
        ({"package/openlca.json": b'{"schemaVersion": 5}'}, "jsonld"),
        ({"a.xml": ILCD.decode().replace("?>", ' encoding="utf-16"?>').encode("utf-16")}, "ilcd"),
    ],
)
def test_the_content_tells_the_format(entries: dict[str, bytes], expected: str, tmp_path: Path) -> None:
    assert detect(open_archive(write_archive(entries.items()))) == expected
    for name, content in entries.items():
        path = tmp_path / "folder" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    assert detect(open_archive(tmp_path / "folder")) == expected
    if len(entries) == 1:
        assert detect(open_archive(next(iter(entries.values())), name=next(iter(entries)))) == expected


@pytest.mark.parametrize(
    ("entries", "code", "says"),
    [
        ({}, "unknown-format", "right file"),
        ({"a.txt": b"hello"}, "unknown-format", "EcoSpold 1"),
        ({"a.xml": ILCD, "b.csv": SIMAPRO}, "several-formats", "ilcd, simapro"),
        ({"seg0/c10.dat": b"", "service.properties": b""}, "unknown-format", "JSON-LD"),
        ({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"}, "unknown-format", "Office"),
        ({"a.zip": b"PK"}, "unknown-format", "unpack"),
    ],
)
def test_what_cannot_be_told_is_refused_with_what_can_be_read(
    entries: dict[str, bytes], code: str, says: str
) -> None:
    with pytest.raises(FileRefused) as caught:
        detect(open_archive(write_archive(entries.items()), name="upload.zip"))
    (problem,) = caught.value.problems
    assert (problem.code, problem.place.file) == (code, "upload.zip")
    assert says in caught.value.in_language("en")


def test_a_package_of_many_files_is_told_by_a_few_of_them() -> None:
    archive = open_archive(write_archive((f"processes/{at}.xml", ILCD) for at in range(1000)))
    read = []
    reader = archive.read
    archive.read = lambda name: read.append(name) or reader(name)  # type: ignore[method-assign,func-returns-value]
    assert detect(archive) == "ilcd"
    assert len(read) == 3


def test_an_unknown_format_is_refused_with_the_list() -> None:
    with pytest.raises(InvalidInput, match="ecospold2"):
        dump(Package(), "gabi")
    with pytest.raises(InvalidInput, match="ecospold2"):
        load(b"", format="gabi")


def test_the_formats_are_named_in_both_languages() -> None:
    assert list(FORMATS) == ["ilcd", "tidas", "jsonld", "ecospold1", "ecospold2", "simapro"]
    for one in FORMATS.values():
        assert one.name.zh
        assert one.name.en
        assert one.extension in one.suffixes
