"""The JSON schemas of TIDAS as their authors publish them (tidas-tools, MIT), for tests only."""

import json
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest
from jsonschema import Draft7Validator
from jsonschema.exceptions import ValidationError
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

from zuji.formats.archive import open_archive

SCHEMAS = {
    "processes": "tidas_processes.json",
    "flows": "tidas_flows.json",
    "flowproperties": "tidas_flowproperties.json",
    "unitgroups": "tidas_unitgroups.json",
    "lciamethods": "tidas_lciamethods.json",
    "lifecyclemodels": "tidas_lifecyclemodels.json",
    "sources": "tidas_sources.json",
    "contacts": "tidas_contacts.json",
}
"""Folder of a package -> the schema of what stands in it."""


@cache
def validator(folder: str) -> Draft7Validator:
    """The validator for the data sets of a folder; skips the test where the package is not installed."""
    found = find_spec("tidas_tools")
    if found is None or found.origin is None:
        pytest.skip("tidas-tools, which brings the TIDAS schemas, is not installed")
    root = Path(found.origin).parent / "tidas" / "schemas"
    schemas = {path.name: json.loads(path.read_text("utf-8")) for path in sorted(root.glob("*.json"))}
    pairs = [
        (prefix + name, Resource(contents=schema, specification=DRAFT7))
        for name, schema in schemas.items()
        for prefix in ("", "./")
    ]
    return Draft7Validator(schemas[SCHEMAS[folder]], registry=Registry().with_resources(pairs))


def errors(content: bytes) -> Iterator[tuple[str, str, str]]:
    """(entry, path, message) of every violation in a package, of alternatives the one that comes closest."""
    archive = open_archive(content)
    for name in archive.names:
        if name.endswith(".json"):
            folder = name.split("/")[-2]
            for error in validator(folder).iter_errors(json.loads(archive.read(name))):
                for one in _leaves(error):
                    yield name, "/".join(str(step) for step in one.absolute_path), one.message


def _leaves(error: ValidationError) -> list[ValidationError]:
    """What is wrong underneath `anyOf` and `oneOf`, in the alternative with the fewest faults."""
    if not error.context:
        return [error]
    alternatives: dict[object, list[ValidationError]] = {}
    for inner in error.context:
        alternatives.setdefault(inner.schema_path[0], []).extend(_leaves(inner))
    types = [one for one in alternatives.values() if not any(leaf.validator == "type" for leaf in one)]
    return min(types or alternatives.values(), key=len)
