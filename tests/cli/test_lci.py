"""`zuji lci` on packages of every format: the library's numbers, everything said, nothing half-written."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from typer.testing import CliRunner

from tests.cli.conftest import Run
from tests.lci.worlds import world
from zuji.cli.program import app
from zuji.formats import inventories
from zuji.formats.inventories import FORMATS
from zuji.lci.database import WAYS
from zuji.lci.loading import link_package

FOSSIL = "gwp100-ar6-fossil"
DATABASE = link_package(world())
VALUES = dict(
    zip(DATABASE.network.processes.product_name, DATABASE.intensities(FOSSIL).values[:, 0], strict=True)
)
CAR = VALUES["car"]


@dataclass(frozen=True)
class Answer:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)


def ask(*arguments: object) -> Answer:
    """`zuji …` in this process; a failure that is no refusal is raised."""
    done = CliRunner().invoke(app, list(map(str, arguments)))
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Answer(done.exit_code, done.stdout, done.stderr)


def package(folder: Path, key: str = "ilcd", *, sick: bool = False) -> Path:
    """The world as a file of a format."""
    path = folder / f"{'sick' if sick else 'world'}-{key}{FORMATS[key].extension}"
    path.write_bytes(inventories.dump(world(sick=sick), key).content)
    return path


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An imported database; nobody writes to it."""
    folder = tmp_path_factory.mktemp("kept")
    assert ask("lci", "import", package(folder), "--to", folder / "db").code == 0
    return folder / "db"


@pytest.fixture(scope="module")
def sick(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One with a hen that eats her eggs."""
    folder = tmp_path_factory.mktemp("sick")
    assert ask("lci", "import", package(folder, sick=True), "--to", folder / "db").code == 0
    return folder / "db"


@pytest.fixture(scope="module")
def mended(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Answer]:
    """The same, repaired while importing, and what the import said."""
    folder = tmp_path_factory.mktemp("mended")
    source = package(folder, sick=True)
    return folder / "db", ask("lci", "import", source, "--to", folder / "db", "--repair", "--json")


# --- import --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", FORMATS)
def test_every_format_is_imported_and_accounted_for(tmp_path: Path, key: str) -> None:
    done = ask("lci", "import", package(tmp_path, key), "--to", tmp_path / "db", "--json")
    assert (done.code, done.err) == (0, "")
    found = done.data
    assert (found["processes"], found["links"], found["cut_offs"]) == (5, 7, 1)
    assert found["certificate"]["proved"]
    assert (found["certificate"]["unsolved"], found["repairs"]) == (0, [])
    counts = found["ledger"]["counts"]
    assert counts["process"] == {"read": 5, "mapped": 5, "defaulted": 0, "dropped": 0}
    for count in counts.values():
        assert count["read"] == count["mapped"] + count["defaulted"] + count["dropped"]
    for outcome in ("defaulted", "dropped"):
        told = sum(reason["number"] for reason in found["ledger"]["reasons"] if reason["outcome"] == outcome)
        assert told == sum(count[outcome] for count in counts.values())
    linking = found["linking"]
    parts = ("products", "elementary", "reminders", "zeros", "left_out")
    accounted = (
        sum(linking[part] for part in parts) + sum(linking["by_rule"].values()) + sum(linking["cut"].values())
    )
    assert linking["exchanges"] == accounted == 20
    car = ask("lci", "footprint", tmp_path / "db", "--process", "car", "--method", FOSSIL, "--json").data
    assert car["results"][0]["value"] == pytest.approx(CAR, rel=1e-12)


def test_a_folder_with_the_package_unpacked_is_imported_too(tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(package(tmp_path)) as packed:
        packed.extractall(tmp_path / "unpacked")
    done = ask("lci", "import", tmp_path / "unpacked", "--to", tmp_path / "db", "--json")
    assert done.data["processes"] == 5


@pytest.mark.parametrize(
    ("lang", "said"),
    [("zh", "5 个产品中 5 个有足迹；1 条交换被截断"), ("en", "5 of 5 products have a footprint")],
)
def test_the_screen_shows_the_account_and_the_certificate(tmp_path: Path, lang: str, said: str) -> None:
    done = ask("lci", "import", package(tmp_path, "ecospold1"), "--to", tmp_path / "db", "--lang", lang)
    assert done.code == 0
    assert said in done.out
    kind = {"zh": "交换", "en": "exchange"}[lang]
    assert re.search(rf"{kind} +20 +20 +0 +0", done.out)
    assert {"zh": "已证明的上界", "en": "proved bound"}[lang] in done.out


def test_a_database_that_is_there_is_replaced_only_when_asked(tmp_path: Path) -> None:
    small, large = package(tmp_path), package(tmp_path, sick=True)
    ask("lci", "import", small, "--to", tmp_path / "db")
    before = contents(tmp_path / "db")
    refused = ask("lci", "import", large, "--to", tmp_path / "db")
    assert refused.code == 3
    assert "--force" in refused.err
    assert contents(tmp_path / "db") == before
    assert ask("lci", "import", large, "--to", tmp_path / "db", "--force", "--json").data["processes"] == 8
    assert len(ask("lci", "intensities", tmp_path / "db", "--json").data["products"]) == 8
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "db",
        large.name,
        small.name,
    ]


@pytest.mark.parametrize("force", [(), ("--force",)])
def test_files_that_are_no_database_are_never_replaced(tmp_path: Path, force: tuple[str, ...]) -> None:
    source, mine = package(tmp_path), tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("precious")
    (tmp_path / "plain").write_text("precious too")
    for target in (mine, tmp_path / "plain"):
        done = ask("lci", "import", source, "--to", target, *force, "--lang", "en")
        assert done.code == 3
        assert "name a new or an empty folder" in done.err
    assert contents(tmp_path) | {source.name: b""} == {
        source.name: b"",
        "mine/letter.txt": b"precious",
        "plain": b"precious too",
    }


def test_an_empty_folder_or_one_that_is_not_there_yet_is_used(tmp_path: Path) -> None:
    source = package(tmp_path)
    (tmp_path / "empty").mkdir()
    for target in ("empty", "a/b/c"):
        assert ask("lci", "import", source, "--to", tmp_path / target).code == 0
        assert ask("lci", "footprint", tmp_path / target, "--process", "car").code == 0


def test_the_folder_one_stands_in_can_be_named_by_a_dot(zuji: Run, tmp_path: Path) -> None:
    source = package(tmp_path.parent)
    done = zuji("lci", "import", source, "--to", ".", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "network.json").is_file()


REFUSED: list[tuple[str, Callable[[bytes], bytes | None], tuple[str, ...], str, str]] = [
    ("absent", lambda _: None, (), "文件不存在", "no such file"),
    ("cut short", lambda whole: whole[: len(whole) // 2], (), "压缩包已损坏", "damaged"),
    ("empty", lambda _: b"", (), "能读取的格式", "what can be read"),
    ("of another kind", lambda _: b"hello", (), "能读取的格式", "what can be read"),
    ("another archive", lambda _: b"Rar!\x1a\x07\x01\x00", (), "RAR", "RAR"),
    (
        "format unknown",
        lambda whole: whole,
        ("--format", "excel"),
        "没有名为“excel”的格式",
        "no format “excel”",
    ),
    ("format wrong", lambda whole: whole, ("--format", "simapro"), "没有 SimaPro", "no SimaPro"),
    (
        "allocation",
        lambda whole: whole,
        ("--allocation", "magic"),
        "没有分配方法“magic”",
        "no allocation method",
    ),
]


@pytest.mark.parametrize(
    ("made", "options", "zh", "en"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_what_cannot_be_read_is_refused_in_both_languages_and_changes_nothing(
    tmp_path: Path, made: Callable[[bytes], bytes | None], options: tuple[str, ...], zh: str, en: str
) -> None:
    good = package(tmp_path)
    ask("lci", "import", good, "--to", tmp_path / "old")
    given = made(good.read_bytes())
    bad = tmp_path / "bad.zip"
    if given is not None:
        bad.write_bytes(given)
    before = contents(tmp_path)
    for lang, said in (("zh", zh), ("en", en)):
        for target in (("new",), ("old", "--force")):
            done = ask(
                "lci", "import", bad, "--to", tmp_path / target[0], *target[1:], *options, "--lang", lang
            )
            assert done.code == 1
            assert said in done.err
    assert contents(tmp_path) == before
    assert not (tmp_path / "new").exists()
    problems = ask("lci", "import", bad, "--to", tmp_path / "new", *options, "--json").data["problems"]
    assert all(each["code"] and each["what"] and each["cure"] for each in problems)


@pytest.mark.parametrize("name", ["../outside.xml", "/etc/outside.xml"])
def test_an_archive_that_leads_outside_is_refused(tmp_path: Path, name: str) -> None:
    import zipfile

    bad = tmp_path / "bad.zip"
    with zipfile.ZipFile(bad, "w") as archive:
        archive.writestr("processes/inside.xml", "<a/>")
        archive.writestr(name, "{}")
    done = ask("lci", "import", bad, "--to", tmp_path / "db")
    assert done.code == 1
    assert list(tmp_path.iterdir()) == [bad]


@pytest.mark.parametrize("failing", ["after the arrays", "while solving"])
def test_an_import_that_breaks_off_leaves_the_old_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    source = package(tmp_path, sick=True)
    ask("lci", "import", package(tmp_path), "--to", tmp_path / "db")
    before = contents(tmp_path)

    def broken(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    if failing == "after the arrays":
        monkeypatch.setattr("zuji.lci.records.json.dumps", broken)
    else:
        monkeypatch.setattr("zuji.lca.network.solving.intensities", broken)
    for target in ("db", "new"):
        done = ask("lci", "import", source, "--to", tmp_path / target, "--force")
        assert done.code == 3
        assert "No space left on device" in done.err
    monkeypatch.undo()
    assert contents(tmp_path) == before
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == ["db"]


def test_allocation_is_the_one_asked_for(tmp_path: Path) -> None:
    done = ask("lci", "import", package(tmp_path), "--to", tmp_path / "db", "--allocation", "mass", "--json")
    assert done.data["about"]["allocation"] == "mass"


# --- health and repairs --------------------------------------------------------------------------------


def test_health_names_the_sick_loop_and_the_suggested_repair(sick: Path) -> None:
    found = ask("lci", "health", sick, "--json").data
    assert not found["productive"]
    assert (found["solvable"], found["touched"], found["unsolvable"]) == (5, 1, 2)
    (loop,) = [each for each in found["loops"] if each["sick"]]
    assert {each["name"]["zh"] for each in loop["loop"]} == {"egg过程", "hen过程"}
    assert loop["radius"] == pytest.approx(1.5**0.5, rel=1e-6)
    (suggested,) = found["repairs"]
    assert {suggested["process_name"]["en"], suggested["provider_name"]["en"]} == {
        "egg process",
        "hen process",
    }
    assert "rubber" in json.dumps(found["findings"], ensure_ascii=False)
    for each in found["findings"]:
        assert each["what"]["zh"]
        assert each["what"]["en"]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "zh",
            ("有足迹 5 · 受牵连 1 · 无足迹 2", "建议修复 1 处", "“egg过程” ← “hen过程” (1.5 kg)", "rubber"),
        ),
        (
            "en",
            ("with a footprint 5 · touched 1", "1 suggested repairs", "cut: “egg process” ← “hen process”"),
        ),
    ],
)
def test_health_on_the_screen(sick: Path, lang: str, said: tuple[str, ...]) -> None:
    shown = ask("lci", "health", sick, "--lang", lang)
    assert shown.code == 0
    assert all(text in shown.out for text in said)


def test_a_healthy_database_is_called_so(kept: Path) -> None:
    found = ask("lci", "health", kept, "--json").data
    assert found["productive"]
    assert found["repairs"] == []
    assert "建议修复" not in ask("lci", "health", kept).out


def test_repairing_gives_every_product_a_number_and_stays_named(mended: tuple[Path, Answer]) -> None:
    folder, imported = mended
    assert imported.data["certificate"]["unsolved"] == 0
    (repair,) = imported.data["repairs"]
    assert (repair["process_name"]["zh"], repair["provider_name"]["zh"]) == ("egg过程", "hen过程")
    assert repair["amount"] == 1.5
    found = ask("lci", "intensities", folder, "--json").data
    assert all(value is not None for row in found["products"] for value in row.values())
    assert found["repairs"] == [repair]
    assert ask("lci", "footprint", folder, "--process", "omelette", "--json").data["repairs"] == [repair]
    assert ask("lci", "health", folder, "--json").data["productive"]
    for command in (
        ("intensities",),
        ("footprint", "--process", "hen"),
        ("contributions", "--process", "hen"),
    ):
        shown = ask("lci", command[0], folder, *command[1:])
        assert "切断 “egg过程” ← “hen过程” (1.5 kg)" in shown.out


# --- numbers -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", [".csv", ".json", ".parquet"])
def test_intensities_are_written_and_read_back_equal(sick: Path, tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"all{ending}"
    done = ask("lci", "intensities", sick, "--out", out)
    assert done.code == 0
    assert str(out) in done.out
    readers: dict[str, Callable[[Path], pl.DataFrame]] = {
        ".csv": pl.read_csv,
        ".json": pl.read_json,
        ".parquet": pl.read_parquet,
    }
    found = readers[ending](out)
    wanted = link_package(world(sick=True)).intensities()
    assert list(found["product"]) == list(wanted.table["product"])
    for name, column in zip(found.columns[5:], wanted.values.T, strict=True):
        assert name.endswith("(kgCO2e)")
        values = [None if value is None or value != value else value for value in found[name]]
        assert values == [None if value != value else value for value in column.tolist()]
    assert ask("lci", "intensities", sick, "--out", out).code == 3
    assert ask("lci", "intensities", sick, "--out", out, "--force", "--json").data["written"] == str(out)


def test_a_file_of_another_kind_is_not_written(kept: Path, tmp_path: Path) -> None:
    done = ask("lci", "intensities", kept, "--out", tmp_path / "all.doc", "--lang", "en")
    assert done.code == 1
    assert "all.doc" in done.err
    assert "use .csv, .json or .parquet" in done.err
    assert not list(tmp_path.iterdir())


def test_intensities_as_json_hold_every_product_and_category(kept: Path) -> None:
    found = ask("lci", "intensities", kept, "--json").data
    values = {row["product"]: row["化石温室气体排放 (kgCO2e)"] for row in found["products"]}
    assert values == pytest.approx(VALUES, rel=1e-12)
    assert all(len(row) == 5 + 5 for row in found["products"])
    assert found["certificate"]["error"] < 1e-9
    english = ask("lci", "intensities", kept, "--json", "--lang", "en", "--method", FOSSIL).data["products"]
    assert set(english[0]) >= {"product", "Fossil greenhouse gas emissions (kgCO2e)"}
    assert len(english[0]) == 6


@pytest.mark.parametrize("amount", [1.0, 2.5, -3.0, 0.0, 1e12])
def test_a_footprint_grows_with_its_amount(kept: Path, amount: float) -> None:
    found = ask("lci", "footprint", kept, "--process", "car", "--amount", amount, "--json").data
    assert found["amount"] == amount
    assert found["results"][0]["value"] == pytest.approx(amount * CAR, rel=1e-12)
    assert all(result["error"] >= 0 for result in found["results"])
    shown = ask("lci", "footprint", kept, "--process", "car", "--amount", amount)
    assert f"{amount * CAR:.6g} kgCO2e" in shown.out
    assert "-0 kgCO2e" not in shown.out


@pytest.mark.parametrize("amount", ["nan", "inf", "-inf", "1e308"])
@pytest.mark.parametrize("command", ["footprint", "contributions"])
def test_an_amount_that_is_no_number_is_refused(kept: Path, command: str, amount: str) -> None:
    done = ask("lci", command, kept, "--process", "car", "--amount", amount, "--json")
    assert done.code == 1
    assert [each["code"] for each in done.data["problems"]] == ["database.amount"]


@pytest.mark.parametrize("command", ["footprint", "contributions"])
@pytest.mark.parametrize(
    ("process", "code", "said"),
    [
        (
            "process",
            "database.process_ambiguous",
            ("0: coal过程 → coal [CN]", "写出其中一个的编号或 UUID"),
        ),
        (" ", "database.process", ("UUID",)),
        ("submarine", "database.process", ("submarine", "名称")),
        ("99", "database.process", ("99",)),
        ("²", "database.process", ("²",)),
        ("omelette", "health.touched", ("egg过程", "修复")),
        ("hen", "health.sick_loop", ("hen过程", "1.2247", "修复")),
    ],
)
def test_a_product_without_a_number_is_explained_with_a_cure(
    sick: Path, command: str, process: str, code: str, said: tuple[str, ...]
) -> None:
    shown = ask("lci", command, sick, "--process", process)
    assert shown.code == 1
    assert all(text in shown.err for text in said)
    found = ask("lci", command, sick, "--process", process, "--json").data["problems"]
    assert found[0]["code"] == code
    assert all(each["cure"] for each in found)


def test_a_missing_number_names_the_commands_that_find_and_mend_it(sick: Path) -> None:
    for command in ("footprint", "contributions"):
        refused = ask("lci", command, sick, "--process", "omelette", "--lang", "en").err
        assert f"zuji lci health {sick} lists them" in refused
        assert refused.count("--repair") == 1


def test_other_products_of_a_sick_database_keep_their_numbers(sick: Path) -> None:
    found = ask("lci", "footprint", sick, "--process", "car", "--method", FOSSIL, "--json").data
    assert found["results"][0]["value"] == pytest.approx(CAR, rel=1e-12)


def test_a_method_that_is_not_there_is_refused_with_what_there_is(kept: Path) -> None:
    done = ask("lci", "footprint", kept, "--process", "car", "--method", "ReCiPe", "--lang", "en")
    assert done.code == 1
    assert "GWP100 AR6" in done.err


def test_a_category_is_found_by_part_of_its_name_in_any_case(kept: Path) -> None:
    for part in ("fossil", "FOSSIL", "化石温室"):
        found = ask("lci", "footprint", kept, "--process", "car", "--method", part, "--json", "--lang", "en")
        (result,) = found.data["results"]
        assert result["category"] == "Fossil greenhouse gas emissions"
        assert result["value"] == pytest.approx(CAR, rel=1e-12)


def test_a_result_says_whose_it_is_and_what_it_lacks(kept: Path) -> None:
    shown = ask("lci", "footprint", kept, "--process", "car").out
    assert "4: car过程 [CN]" in shown
    assert "供应链有 5 个过程，其中 1 条交换没有供应方或数量" in shown  # nobody makes its rubber
    found = ask("lci", "footprint", kept, "--process", "car", "--json").data
    assert (found["id"], found["name"], found["location"]) == ("car", "car过程", "CN")
    assert found["upstream"] == {"processes": 5, "lacking": 1}
    english = ask("lci", "footprint", kept, "--process", "coal process", "--lang", "en").out
    assert "none of their exchanges lacks a supplier" in english
    for command in ("footprint", "contributions"):
        zero = ask("lci", command, kept, "--process", "wood", "--method", "gwp100-ar6-aircraft").out
        assert "恰好为零" in zero
        assert "恰好为零" not in ask("lci", command, kept, "--process", "wood", "--amount", "0").out
        assert "恰好为零" not in ask("lci", command, kept, "--process", "car").out


def test_an_import_says_how_many_footprints_are_zero(tmp_path: Path) -> None:
    done = ask("lci", "import", package(tmp_path), "--to", tmp_path / "db", "--lang", "en")
    assert "1 of these 5 are exactly zero" in done.out  # wood has biogenic emissions only
    assert "solving" in done.err


def test_products_of_one_process_are_told_apart(tmp_path: Path) -> None:
    from dataclasses import replace

    from tests.lca.network.linking.packages import makes, takes
    from tests.lci.worlds import process

    whole = world()
    plant = process("plant", makes("wood", 1.0), makes("rubber", 1.0), takes("coal", 1.0))
    link_package(replace(whole, processes=(*whole.processes, plant))).save(tmp_path / "db")
    rows = ask("lci", "find", tmp_path / "db", "plant", "--json").data
    assert {row["product"] for row in rows} == {"wood", "rubber"}
    refused = ask("lci", "footprint", tmp_path / "db", "--process", "plant", "--lang", "en").err
    assert "several products" in refused
    assert "plant process → rubber [CN]" in refused
    assert "give the number of one of them" in refused


def test_english_answers_name_things_in_english(sick: Path) -> None:
    for asked in ("process", "hen process", "omelette"):
        refused = ask("lci", "footprint", sick, "--process", asked, "--lang", "en").err
        assert "process" in refused
        assert "过程" not in refused
    for by in ("process", "input"):
        shown = ask("lci", "contributions", sick, "--process", "car", "--by", by, "--lang", "en").out
        assert "steel process" in shown
        assert "过程" not in shown


@pytest.mark.parametrize("width", [70, 100, 200])
def test_numbers_of_all_products_stay_whole_on_any_screen(
    kept: Path, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    from rich.console import Console

    monkeypatch.setattr(
        "zuji.cli.tables.console", lambda: Console(width=width, highlight=False, markup=False, emoji=False)
    )
    shown = ask("lci", "intensities", kept, "--lang", "en")
    assert shown.code == 0
    assert f"{CAR:.6g}" in shown.out
    assert "…" not in shown.out
    assert ("not shown (--method, --out)" in shown.out) == (width < 150)


def test_a_simulation_says_what_was_drawn_and_how_to_see_it(kept: Path, tmp_path: Path) -> None:
    quiet = ask("lci", "simulate", kept, "--draws", "16")
    assert "化石温室气体排放" in quiet.out  # without --method
    assert "--process" in quiet.out
    assert "--process" not in ask("lci", "simulate", kept, "--draws", "16", "--out", tmp_path / "a.csv").out
    wood = ask("lci", "simulate", kept, "--process", "wood", "--draws", "16", "--lang", "en").out
    assert "none of the 3 uncertainties stated is in that supply chain" in wood
    car = ask("lci", "simulate", kept, "--process", "car", "--draws", "16", "--lang", "en").out
    assert "uncertainties" not in car
    found = ask("lci", "simulate", kept, "--process", "car", "--draws", "16", "--json").data
    assert found["uncertain"] == len(DATABASE.network.edge_spreads) + len(
        DATABASE.network.intervention_spreads
    )


def test_an_interrupted_simulation_says_where_it_goes_on(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("zuji.lci.simulating.simulate", stopped)
    done = ask("lci", "simulate", kept, "--keep", tmp_path / "kept", "--lang", "en")
    assert done.code == 130
    assert f"goes on from {tmp_path / 'kept'}" in done.err


# --- where it comes from, and finding ------------------------------------------------------------------


@pytest.mark.parametrize("limit", [1, 2, 50])
@pytest.mark.parametrize("by", WAYS)
def test_contributions_sum_to_the_footprint(kept: Path, by: str, limit: int) -> None:
    asked = ("--process", "car", "--method", FOSSIL, "--by", by, "--amount", 2, "--limit", limit)
    found = ask("lci", "contributions", kept, *asked, "--json").data
    assert sum(part["value"] for part in found["parts"]) == pytest.approx(2 * CAR, rel=1e-9)
    assert sum(part["share"] for part in found["parts"]) == pytest.approx(1.0, rel=1e-9)
    assert (found["category"], found["unit"], found["by"]) == ("化石温室气体排放", "kgCO2e", by)
    shown = ask("lci", "contributions", kept, *asked)
    assert shown.code == 0
    assert "化石温室气体排放 (kgCO2e)" in shown.out


def test_contributions_are_of_fossil_emissions_unless_another_category_is_asked_for(kept: Path) -> None:
    found = ask("lci", "contributions", kept, "--process", "car", "--json").data
    assert found["category"] == "化石温室气体排放"
    assert DATABASE.category() == DATABASE.category(FOSSIL)


def test_removals_stay_negative_among_the_parts(kept: Path) -> None:
    asked = ("--process", "wood", "--method", "gwp100-ar6-biogenic_removals", "--by", "flow", "--json")
    parts = ask("lci", "contributions", kept, *asked).data["parts"]
    assert parts[0]["flow"] == "carbon dioxide, in air"
    assert parts[0]["value"] == pytest.approx(-1.8)


def test_a_way_of_splitting_that_is_not_known_is_refused(kept: Path) -> None:
    done = ask("lci", "contributions", kept, "--process", "car", "--by", "colour", "--lang", "en")
    assert done.code == 1
    assert "split by process, flow, input, place, category" in done.err


def test_processes_are_found_by_chinese_and_english_words(kept: Path) -> None:
    found = ask("lci", "find", kept, "steel过程", "--json").data
    assert [(row["id"], row["name"]) for row in found] == [("steel", "steel过程")]
    assert len(ask("lci", "find", kept, "过程", "--json").data) == 5
    assert len(ask("lci", "find", kept, "过程", "--json", "--limit", 2).data) == 2
    english = ask("lci", "find", kept, "SC-CN process", "--json", "--lang", "en").data
    assert [row["name"] for row in english] == ["wood process"]
    by_number = ask("lci", "footprint", kept, "--process", found[0]["process"], "--json").data
    assert by_number["product"] == "steel"
    assert ask("lci", "find", kept, "潜水艇", "--json").data == []
    assert "换一种说法" in ask("lci", "find", kept, "潜水艇").out
    assert "steel过程" in ask("lci", "find", kept, "steel").out


# --- the folder, and what is loaded --------------------------------------------------------------------


@pytest.mark.parametrize(
    "command", [("health",), ("intensities",), ("footprint", "--process", "0"), ("find", "x")]
)
def test_a_folder_without_a_database_is_refused_with_the_way_to_one(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    done = ask("lci", command[0], tmp_path, *command[1:], "--lang", "en")
    assert done.code == 1
    assert "zuji lci import" in done.err


def test_a_damaged_database_is_refused(kept: Path, tmp_path: Path) -> None:
    import shutil

    for harmed in ("results.values.npy", "record.json", "results.json", "edges.provider.npy"):
        copy = tmp_path / harmed
        shutil.copytree(kept, copy)
        (copy / harmed).write_bytes(b"\x93NUM")
        done = ask("lci", "intensities", copy, "--lang", "en")
        assert (harmed, done.code) == (harmed, 1)
        assert "import it again" in done.err


def test_a_saved_footprint_loads_nothing_heavy(kept: Path) -> None:
    code = (
        f"import sys\nsys.argv = ['zuji', 'lci', 'footprint', {str(kept)!r}, '--process', 'car', '--json']\n"
        "from zuji.cli import main\n"
        "try:\n    main()\nexcept SystemExit as done:\n    assert not done.code\n"
        "print('\\n'.join(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["results"][0]["value"] == pytest.approx(CAR, rel=1e-12)
    modules = set(done.stderr.split())
    loaded = {name.partition(".")[0] for name in modules}
    assert "numpy" in loaded
    # a quarter of a second from a cold start: decision 0010
    assert not loaded & {"numba", "scipy", "lxml", "polars", "pydantic", "distributed", "rich", "django"}
    assert not {"zuji.model.lci.package", "zuji.formats.inventories"} & modules


def test_the_real_command_says_the_same(zuji: Run, kept: Path) -> None:
    done = zuji("lci", "footprint", kept, "--process", "car", "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout) == ask("lci", "footprint", kept, "--process", "car", "--json").data
    assert zuji("lci", "footprint", kept).returncode == 2
    refused = zuji("lci", "footprint", kept, "--process", "submarine")
    assert (refused.returncode, refused.stdout) == (1, "")
