"""Canonical JSON (RFC 8785) and its SHA-256: the same content is the same bytes on any machine."""

import hashlib
from typing import Any

import rfc8785


def canonical(value: Any) -> bytes:
    """The JSON of `value` with sorted keys and one spelling of every number.

    Raises `ValueError` for what JSON cannot hold: numbers that are not finite, whole numbers beyond
    2^53, text that is not Unicode.
    """
    return rfc8785.dumps(value)


def digest(value: Any) -> str:
    """SHA-256 of the canonical JSON, 64 hexadecimal digits."""
    return digest_of_bytes(canonical(value))


def digest_of_bytes(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
