"""How archives are refused: what is wrong, in which entry, and what to do."""

from zuji.errors import FileRefused, Place, problem


def refused(code: str, zh: str, en: str, name: str, entry: str = "", *, cure: tuple[str, str]) -> FileRefused:
    """A refusal with one problem; `cure` in Chinese and English."""
    place = Place(file=name, field=entry)
    return FileRefused(problem(code, zh, en, cure_zh=cure[0], cure_en=cure[1], place=place))


def too_large(name: str, zh: str, en: str, entry: str = "") -> FileRefused:
    """A refusal of what is above a limit."""
    return refused(
        "file-too-large",
        f"{zh}超过上限，未打开",
        f"{en} is above the limit; it was not opened",
        name,
        entry,
        cure=("请确认选对了文件；确实这么大时请分成几个包", "check that it is the right file, or split it"),
    )


def link(name: str, entry: str) -> FileRefused:
    """A refusal of what is no ordinary file."""
    return refused(
        "link",
        "这是链接或特殊文件，不会跟随",
        "this is a link or a special file, which is not followed",
        name,
        entry,
        cure=("请用文件本身替换链接", "put the file itself in its place"),
    )


def damaged(name: str, entry: str = "") -> FileRefused:
    """A refusal of what is broken, or not what it claims."""
    return refused(
        "damaged",
        "压缩包已损坏，或内容与目录不符",
        "the archive is damaged, or is not what it claims to hold",
        name,
        entry,
        cure=("请重新下载或重新打包", "download it or pack it again"),
    )


def unreadable(name: str, entry: str = "") -> FileRefused:
    """A refusal of what the system does not give."""
    return refused(
        "unreadable",
        "文件无法读取",
        "the file cannot be read",
        name,
        entry,
        cure=("请检查文件是否存在、是否有读取权限", "check that it exists and that you may read it"),
    )
