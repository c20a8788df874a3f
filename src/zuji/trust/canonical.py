"""Canonical JSON (RFC 8785) and its SHA-256: the same content is the same bytes on any machine."""

import hashlib
from typing import Any

import rfc8785

from zuji.errors import InvalidInput, problem


def canonical(value: Any) -> bytes:
    """The JSON of `value` with sorted keys and one spelling of every number.

    Raises `InvalidInput` for what JSON cannot hold: numbers that are not finite, whole numbers beyond
    2^53, text that is not Unicode.
    """
    try:
        return rfc8785.dumps(value)
    except ValueError as error:
        raise InvalidInput(
            problem(
                "not-canonical-json",
                f"内容无法写成规范 JSON：{error}",
                f"this has no canonical JSON: {error}",
                cure_zh="请改正该数值或文字后重试",
                cure_en="correct the number or the text and try again",
            )
        ) from error


def digest(value: Any) -> str:
    """SHA-256 of the canonical JSON, 64 hexadecimal digits."""
    return digest_of_bytes(canonical(value))


def digest_of_bytes(data: bytes) -> str:
    """SHA-256 of bytes, 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()
