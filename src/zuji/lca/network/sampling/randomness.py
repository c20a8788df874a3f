"""The random numbers of a simulation, as arrays: what the compiled loops use, one draw or entry at a time.

u(seed, identity, draw) = (word + ½) / 2³², with the word of Threefry-2x32-20 under the key mix(identity ^
mix(seed + c)) and the counter of the draw. Never 0, never 1, and a function of these three alone. Draws i and
i + 8 of each sixteen share one counter and take its two words.

An entry's identity is its exchange: (data set, exchange). Links over which one exchange was split, and the
columns of one data set after allocation, then vary together, as the one amount they are; and the numbers
stay the same when other processes are added or removed.
"""

import hashlib

import numpy as np
from numpy.typing import NDArray

from zuji.lca.network.arrays import Floats, Ints, Longs, Processes

Words = NDArray[np.uint32]
Identities = NDArray[np.uint64]

_LANES = 16
_STREAM = 0x5A55_4A49
_ROUNDS = ((13, 15, 26, 6), (17, 29, 16, 24))


def threefry(k0: Words, k1: Words, c0: Words, c1: Words) -> tuple[Words, Words]:
    """Threefry-2x32-20 of arrays of words, key and counter; plain NumPy, the reference of the compiled
    one.
    """
    keys = (k0, k1, k0 ^ k1 ^ np.uint32(0x1BD11BDA))
    x0, x1 = c0 + k0, c1 + k1
    for group in range(5):
        for turn in _ROUNDS[group % 2]:
            x0 = x0 + x1
            x1 = ((x1 << np.uint32(turn)) | (x1 >> np.uint32(32 - turn))) ^ x0
        x0 = x0 + keys[(group + 1) % 3]
        x1 = x1 + keys[(group + 2) % 3] + np.uint32(group + 1)
    return x0, x1


def mix(x: Identities) -> Identities:
    """A one-to-one scrambling of 64 bits (the finaliser of SplitMix64)."""
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


def keys(seed: int, identity: Identities) -> Words:
    """uint32[u, 2]: the key of each entry under a seed; different identities have different keys."""
    whole = np.array([seed], np.uint64) + np.uint64(_STREAM)
    key = mix(identity ^ mix(whole))
    return np.stack([key & np.uint64(0xFFFFFFFF), key >> np.uint64(32)], axis=1).astype(np.uint32)


def uniforms(key: Words, draw: Longs) -> Floats:
    """float64[u, d] in (0, 1): the uniform number of each entry (by `keys`) in each draw."""
    pair = (draw // _LANES * (_LANES // 2) + draw % (_LANES // 2)).astype(np.uint32)
    second = (draw // (_LANES // 2)) % 2 == 1
    zero = np.zeros(1, np.uint32)
    first, other = threefry(key[:, :1], key[:, 1:], pair[None, :], zero)
    word = np.where(second[None, :], other, first)
    return (word + 0.5) * 2.0**-32


def exchange_identities(processes: Processes, owner: Ints, exchange: Ints) -> Identities:
    """uint64[u]: the identity of exchanges `exchange`[u] in the data sets of the processes `owner`[u]."""
    wanted = np.unique(owner)
    digests = np.zeros(len(processes), np.uint64)
    for process in wanted.tolist():
        text = f"{processes.id[process]}\n{processes.version[process]}".encode()
        digests[process] = int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "little")
    ordinal = exchange.astype(np.int64).view(np.uint64) + np.uint64(1)
    return mix(digests[owner] + ordinal * np.uint64(0x9E3779B97F4A7C15))


def place_identities(stream: int, entry: Longs) -> Identities:
    """uint64[u]: identities by the place of an entry in its array; `stream` tells the arrays apart."""
    return mix(entry.view(np.uint64) + (np.uint64(stream + 1) << np.uint64(48)))
