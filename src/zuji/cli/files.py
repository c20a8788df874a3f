"""Studies and results between files and the library; nothing is overwritten unasked."""

import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from zuji.cli.answers import UnwritableError
from zuji.errors import FileRefused, Place, Problem, problem, raise_all
from zuji.model.studies import Study

WORKBOOK, TEXTS = ".xlsx", {".yaml": "yaml", ".yml": "yaml", ".json": "json"}
_OTHER_WORKBOOKS = (".xls", ".xlsm")  # whose reader says what to save them as
MOST_BYTES = 100 * 1024 * 1024


def read(path: Path) -> bytes:
    """A whole file; raises `FileRefused` where it cannot be read or is beyond all use."""
    try:
        if not path.is_file():
            raise FileRefused(_unreadable(path, *_why_no_file(path)))
        size = path.stat().st_size
        if size > MOST_BYTES:
            megabytes = MOST_BYTES // 1024 // 1024
            zh, en = f"文件有 {size / 1e6:.0f} MB，超过 {megabytes} MB", f"it has {size / 1e6:.0f} MB"
            raise FileRefused(_unreadable(path, zh, f"{en}, above {megabytes} MB"))
        return path.read_bytes()
    except OSError as error:
        raise FileRefused(
            _unreadable(path, f"无法读取（{error.strerror}）", f"it cannot be read ({error.strerror})")
        ) from error


def read_study(path: Path) -> Study:
    """The study in a workbook, a YAML or a JSON file, by the ending of its name."""
    ending = path.suffix.lower()
    workbook = ending == WORKBOOK or ending in _OTHER_WORKBOOKS
    if not workbook and ending not in TEXTS:
        raise FileRefused(_unknown_ending(path))
    content = read(path)
    if workbook:
        from zuji.formats import excel

        return excel.load(content, name=path.name)
    from zuji.formats import document

    return document.load(content, name=path.name)


def study_as(study: Study, path: Path) -> bytes:
    """The study in the form that the ending of `path` asks for."""
    ending = path.suffix.lower()
    if ending == WORKBOOK:
        from zuji.formats import excel

        return excel.dump(study)
    if ending not in TEXTS:
        raise FileRefused(_unknown_ending(path))
    from zuji.formats import document

    return document.dump(study, syntax="json" if TEXTS[ending] == "json" else "yaml")


def check_targets(targets: Iterable[Path], *, source: Path | None = None, force: bool = False) -> None:
    """Raises `UnwritableError` for every target that may not be written, before any work is done."""
    problems: list[Problem] = []
    taken = {source.resolve()} if source is not None else set()
    for target in targets:
        place = target.resolve()
        if place in taken:
            cure = ("请给出不同的文件名", "name another file")
            problems.append(_refused(target, "与输入或另一输出相同", "is also the input or an output", *cure))
        elif target.is_dir() or not place.parent.is_dir():
            cure = ("请先建立文件夹，并给出文件名", "make the folder first and name a file in it")
            problems.append(_refused(target, "不能写在这里", "cannot be written there", *cure))
        elif target.exists() and not force:
            cure = ("请换一个文件名，或加 --force 覆盖", "name another file, or overwrite it with --force")
            problems.append(_refused(target, "已经存在", "exists already", *cure))
        taken.add(place)
    raise_all(problems, UnwritableError)


def write_all(contents: Mapping[Path, bytes]) -> None:
    """Writes whole files: each is complete or not there. Raises `UnwritableError`."""
    for path, content in contents.items():
        try:
            _write(path, content)
        except OSError as error:
            zh, en = f"写入失败（{error.strerror}）", f"could not be written ({error.strerror})"
            cure = ("请检查权限与磁盘空间", "check permissions and free space")
            raise UnwritableError(_refused(path, zh, en, *cure)) from error


def _write(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.resolve().parent, prefix=".zuji-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _why_no_file(path: Path) -> tuple[str, str]:
    if path.is_dir():
        return "这是文件夹", "this is a folder"
    return ("这不是普通文件", "this is no plain file") if path.exists() else ("不存在", "it does not exist")


def _unreadable(path: Path, zh: str, en: str) -> Problem:
    return problem(
        "file-unreadable",
        zh,
        en,
        cure_zh="请检查文件名、权限，并确认选对了文件",
        cure_en="check name and permissions, and that it is the right file",
        place=Place(file=str(path)),
    )


def _unknown_ending(path: Path) -> Problem:
    return problem(
        "file-kind",
        f"不认识“{path.suffix or path.name}”类型的文件",
        f"files of the kind “{path.suffix or path.name}” are not known",
        cure_zh="请使用 .xlsx、.yaml 或 .json 文件",
        cure_en="use an .xlsx, .yaml or .json file",
        place=Place(file=str(path)),
    )


def _refused(path: Path, zh: str, en: str, cure_zh: str, cure_en: str) -> Problem:
    place = Place(file=str(path))
    return problem("cannot-write", zh, en, cure_zh=cure_zh, cure_en=cure_en, place=place)
