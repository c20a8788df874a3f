"""What is wrong with the content of a snapshot file, each mistake with its place."""

import json
from collections.abc import Mapping
from typing import Any

from zuji.errors import FileRefused, InvalidInput, Place, Problem, problem, raise_all
from zuji.lca.fuels import Fuel
from zuji.model import documents
from zuji.model.factors import Factor
from zuji.model.findings import Finding, path_text
from zuji.model.gwp import GwpSet
from zuji.model.records import Readers, missing_key, mistake, not_a_mapping, unknown_key
from zuji.text import Text

SCHEMA = "zuji-snapshot-1"
INPUTS = ("study", "factors", "gwp", "fuels", "settings")
PEOPLE = ("frozen_at", "frozen_by")
# Only where the platform froze the study and knows: files made elsewhere or earlier are silent about it.
REVIEWED_BY = "reviewed_by"
KEYS = (*INPUTS, *PEOPLE, "schema", "software_version", "input_digest", "published", "content_digest")
MAX_BYTES = 64 * 1024 * 1024
_READERS = Readers()
_CURE = Text(
    "请选择冻结时得到的 zuji-snapshot.json，或报告 PDF 内嵌的同名附件",
    "choose the zuji-snapshot.json made on freezing, or the one embedded in the report",
)


def load(data: bytes) -> Any:
    """The JSON in `data`; numbers beyond 2^53 are doubles, as in canonical JSON. Raises `ValueError`."""
    return json.loads(data, parse_int=_number)


def _number(digits: str) -> int | float:
    return int(digits) if len(digits) < 16 else float(digits)


def parse(data: bytes, *, name: str = "") -> Mapping[str, Any]:
    """The document in a snapshot file, whose parts `record` then reads.

    Raises `FileRefused` where it is no snapshot at all, `InvalidInput` with every mistake otherwise.
    """
    if len(data) > MAX_BYTES:
        raise FileRefused(_not_one(name))
    try:
        document = load(data)
    except (ValueError, RecursionError) as error:
        raise FileRefused(_not_one(name)) from error
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        raise FileRefused(_not_one(name))
    raise_all([_located(finding, name) for finding in _mistakes(document)], InvalidInput)
    return document


def record(cls: type, value: object) -> Any:
    """A factor, fuel or set as it stands in a document that `parse` accepted."""
    return _READERS.of(cls)(value, [])


def _mistakes(document: Mapping[str, Any]) -> list[Finding]:
    found = [missing_key(key) for key in KEYS if key not in document]
    found += [unknown_key(key, KEYS) for key in document if key not in (*KEYS, REVIEWED_BY)]
    for key in ("software_version", "input_digest", "content_digest", *PEOPLE, REVIEWED_BY):
        if key in document:
            found += _read(str, document[key], key)
    found += [finding.at("study") for finding in documents.read(document.get("study")).findings]
    found += _read(GwpSet, document.get("gwp"), "gwp")
    for at, fuel in enumerate(_list(document, "fuels", found)):
        found += _read(Fuel, fuel, "fuels", at)
    for at, entry in enumerate(_list(document, "factors", found)):
        found += _of_entry(entry, at)
    found += _of_settings(document.get("settings"))
    if not isinstance(document.get("published"), dict):
        found.append(not_a_mapping(document.get("published")).at("published"))
    # what is missing was said; that it is then also of the wrong form says nothing new
    missing = {finding.path for finding in found if finding.code == "missing"}
    return [f for f in found if f.code == "missing" or f.path[:1] not in missing]


def _of_entry(entry: object, at: int) -> list[Finding]:
    if not isinstance(entry, dict):
        return [not_a_mapping(entry).at("factors", at)]
    found = _read(Factor, entry.get("factor"), "factors", at, "factor")
    found += _read(str, entry.get("sha256"), "factors", at, "sha256")
    return found + _read(bool, entry.get("newest"), "factors", at, "newest")


def _of_settings(settings: object) -> list[Finding]:
    if not isinstance(settings, dict) or settings.keys() != {"uncertainty", "seed"}:
        return [not_a_mapping(settings).at("settings")]
    runs, seed = settings["uncertainty"], settings["seed"]
    found = [] if runs is None else _whole(runs, "uncertainty")
    return found + _whole(seed, "seed")


def _whole(value: object, key: str) -> list[Finding]:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return []
    found = mistake("whole-number-expected", "应为不小于 0 的整数", "a whole number of at least 0", "", "")
    return [found.at("settings", key)]


def _list(document: Mapping[str, Any], key: str, found: list[Finding]) -> list[Any]:
    value = document.get(key)
    if isinstance(value, list):
        return value
    found.append(mistake("list-expected", "应为列表", "a list is expected", "", "").at(key))
    return []


def _read(cls: type, value: object, *path: str | int) -> list[Finding]:
    findings: list[Finding] = []
    _READERS.of(cls)(value, findings)
    return [finding.at(*path) for finding in findings]


def _located(finding: Finding, name: str) -> Problem:
    """The finding as a problem whose cure fits a file that nobody types."""
    place = Place(file=name, field=path_text(finding.path), line=finding.line)
    cure = Text(
        "快照已损坏，请向出具者索取原件", "the snapshot is damaged; ask whoever issued it for the original"
    )
    return Problem(code=finding.code, what=finding.what, cure=cure, place=place)


def _not_one(name: str) -> Problem:
    return problem(
        "snapshot.not_one",
        "这不是足迹快照文件",
        "this is not a snapshot of a footprint",
        cure_zh=_CURE.zh,
        cure_en=_CURE.en,
        place=Place(file=name),
    )
