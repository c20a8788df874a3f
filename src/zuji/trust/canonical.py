"""One sequence of bytes for one meaning: RFC 8785 (JSON Canonicalization Scheme), and its SHA-256."""

import hashlib
from typing import Any

import rfc8785

from zuji.errors import InvalidInput, problem
from zuji.model import documents
from zuji.model.studies import Study


def canonical(value: Any) -> bytes:
    """`value` (None, bool, int, float, str, list, dict) as canonical JSON in UTF-8.

    Raises `InvalidInput` for what JSON cannot hold: not-a-number, infinity, integers beyond 2⁵³ and
    text that is not Unicode.
    """
    try:
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as error:
        raise InvalidInput(
            problem(
                "not-canonical-json",
                f"内容无法写成规范 JSON：{error}",
                f"this has no canonical JSON: {error}",
                cure_zh="请改正该数值或文字后重试",
                cure_en="correct the number or text and try again",
            )
        ) from error


def sha256(data: bytes) -> str:
    """The SHA-256 of bytes, 64 lower-case hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def study_digest(study: Study) -> str:
    """The SHA-256 of the canonical study document; the same for YAML, JSON, workbook and form."""
    return sha256(canonical(documents.to_dict(study)))
