"""The machine-readable files that go inside the report: what it was made from, and what came out."""

import json

from zuji.lca.published import published
from zuji.model.records import write_record
from zuji.report.material import Material

SNAPSHOT_NAME = "zuji-snapshot.json"
RESULT_NAME = "zuji-footprint.json"
RULE_NAME = "zuji-rule.yaml"
CONFORMITY_NAME = "zuji-conformity.json"


def attached(material: Material) -> dict[str, bytes]:
    """Snapshot and result by file name; the rule and what its check found where there are any."""
    files = {SNAPSHOT_NAME: material.snapshot.to_bytes(), RESULT_NAME: _result(material)}
    if material.rule is not None:
        from zuji.formats import rules

        files[RULE_NAME] = rules.dump(material.rule)
    if material.conformity is not None:
        files[CONFORMITY_NAME] = _json(write_record(material.conformity))
    return files


def _result(material: Material) -> bytes:
    footprint, snapshot = material.footprint, material.snapshot
    return _json(
        {
            "snapshot": {"digest": snapshot.digest, "input_digest": snapshot.input_digest},
            "published": published(footprint),
            "footprint": write_record(footprint),
        }
    )


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True).encode()
