"""`zuji convert --to`: a package in another format says what it lost, and keeps every footprint."""

import zipfile
from itertools import product
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.test_lci import ask, contents, package
from tests.lci.worlds import world
from zuji.formats import inventories
from zuji.formats.inventories import FORMATS
from zuji.lci import Database, load
from zuji.lci.loading import link_package

TOTALS = "GWP100 AR6"


def footprints(found: Database) -> dict[str, list[float]]:
    """All five totals of every product, by its English name; NaN where there is no number."""
    own = found.network.processes
    names = [name or other for name, other in zip(own.product_name_en, own.product_name, strict=True)]
    assert len(set(names)) == len(names)
    return dict(zip(names, found.intensities(TOTALS).values.tolist(), strict=True))


def assert_same(path: Path, wanted: dict[str, list[float]]) -> None:
    found = footprints(load(path))
    assert set(found) == set(wanted)
    for name, values in wanted.items():
        assert found[name] == pytest.approx(values, rel=1e-9, abs=1e-15, nan_ok=True), name


@pytest.mark.parametrize(("source", "to"), list(product(FORMATS, FORMATS)), ids="-".join)
def test_every_footprint_survives_every_conversion_and_the_way_back(
    tmp_path: Path, source: str, to: str
) -> None:
    given = package(tmp_path, source, sick=True)
    out = tmp_path / f"out{FORMATS[to].extension}"
    done = ask("convert", given, out, "--to", to, "--json")
    assert (done.code, done.err) == (0, "")
    assert (done.data["from"], done.data["to"]) == (source, to)
    for account in (done.data["read"], done.data["written"]):
        for count in account["counts"].values():
            assert count["read"] == count["mapped"] + count["defaulted"] + count["dropped"]
        assert account["counts"]["process"] == {"read": 8, "mapped": 8, "defaulted": 0, "dropped": 0}
        assert account["counts"]["exchange"]["dropped"] == 0
    wanted = footprints(link_package(world(sick=True)))
    assert_same(out, wanted)
    back = tmp_path / f"back{FORMATS[source].extension}"
    assert ask("convert", out, back, "--to", source).code == 0
    assert_same(back, wanted)


@pytest.mark.parametrize("to", FORMATS)
def test_the_file_is_the_librarys_and_the_same_each_time(tmp_path: Path, to: str) -> None:
    given = package(tmp_path)
    written = []
    for name in ("a", "b"):
        assert ask("convert", given, tmp_path / name, "--to", to).code == 0
        written.append((tmp_path / name).read_bytes())
    assert written[0] == written[1]
    assert written[0] == inventories.dump(inventories.load(given, name=given.name).package, to).content
    assert inventories.load(tmp_path / "a").format == to


def test_what_a_format_cannot_hold_is_said(tmp_path: Path) -> None:
    """openLCA keeps a name in one language; the Chinese ones are counted as left out."""
    given = package(tmp_path)
    told = ask("convert", given, tmp_path / "a.zip", "--to", "jsonld", "--json").data["written"]
    (reason,) = [each for each in told["reasons"] if each["code"] == "other-language"]
    assert (reason["outcome"], reason["number"]) == ("dropped", 5)
    assert reason["why"]["zh"]
    assert reason["places"]
    for lang, words in (("zh", "已写出"), ("en", "wrote")):
        shown = ask("convert", given, tmp_path / f"{lang}.zip", "--to", "jsonld", "--lang", lang)
        assert "other-language" in shown.out
        assert words in shown.out


def test_an_unpacked_folder_is_converted(tmp_path: Path) -> None:
    with zipfile.ZipFile(package(tmp_path)) as packed:
        packed.extractall(tmp_path / "unpacked")
    assert ask("convert", tmp_path / "unpacked", tmp_path / "out.csv", "--to", "simapro").code == 0
    assert_same(tmp_path / "out.csv", footprints(link_package(world())))


@pytest.mark.parametrize(
    ("lang", "said"), [("zh", "没有名为“excel”的格式"), ("en", "there is no format “excel”")]
)
def test_a_format_that_is_not_known_is_refused_with_those_that_are(
    tmp_path: Path, lang: str, said: str
) -> None:
    given = package(tmp_path)
    done = ask("convert", given, tmp_path / "out.zip", "--to", "excel", "--lang", lang)
    assert done.code == 1
    assert said in done.err
    assert all(key in done.err for key in FORMATS)
    assert list(tmp_path.iterdir()) == [given]


def test_nothing_is_written_over_unasked_and_never_over_the_source(tmp_path: Path) -> None:
    given, other = package(tmp_path), tmp_path / "other.zip"
    other.write_bytes(b"precious")
    before = contents(tmp_path)
    assert ask("convert", given, other, "--to", "jsonld").code == 3
    assert ask("convert", given, given, "--to", "jsonld", "--force").code == 3
    assert ask("convert", given, tmp_path, "--to", "jsonld", "--force").code == 3
    assert ask("convert", given, tmp_path / "absent" / "out.zip", "--to", "jsonld").code == 3
    assert contents(tmp_path) == before
    assert ask("convert", given, other, "--to", "jsonld", "--force").code == 0
    assert inventories.load(other).format == "jsonld"


@pytest.mark.parametrize("made", ["cut", "absent", "hello"])
def test_a_package_that_cannot_be_read_writes_nothing(tmp_path: Path, made: str) -> None:
    whole, bad, out = package(tmp_path).read_bytes(), tmp_path / "bad.zip", tmp_path / "out.zip"
    if made != "absent":
        bad.write_bytes(whole[: len(whole) // 2] if made == "cut" else b"hello")
    for arguments in (("--lang", "zh"), ("--lang", "en"), ("--json",)):
        done = ask("convert", bad, out, "--to", "jsonld", *arguments)
        assert done.code == 1
        assert "bad.zip" in done.err
        assert not out.exists()
    assert done.data["problems"][0]["cure"]
    out.write_bytes(b"precious")
    assert ask("convert", bad, out, "--to", "jsonld", "--force").code == 1
    assert out.read_bytes() == b"precious"


def test_a_package_without_to_is_told_apart_from_a_study(zuji: Run, tmp_path: Path) -> None:
    done = zuji("convert", package(tmp_path), "out.yaml", "--lang", "en")
    assert done.returncode == 1
    assert ".zip" in done.stderr
    assert not (tmp_path / "out.yaml").exists()


@pytest.mark.parametrize("name", ["package.zip", "process.spold", "folder"])
def test_a_package_without_a_format_is_told_to_name_one(tmp_path: Path, name: str) -> None:
    source = tmp_path / name
    if source.suffix:
        source.write_bytes(b"PK")
    else:
        source.mkdir()
    done = ask("convert", source, tmp_path / "out.zip", "--lang", "en")
    assert done.code == 1
    assert "--to jsonld" in done.err


def test_a_conversion_says_what_it_is_doing(tmp_path: Path) -> None:
    done = ask("convert", package(tmp_path), tmp_path / "out.zip", "--to", "jsonld", "--lang", "en")
    assert done.err.splitlines() == ["reading …", "writing …"]
    assert not ask("convert", package(tmp_path), tmp_path / "quiet.zip", "--to", "jsonld", "--json").err
