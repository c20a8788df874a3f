"""The arrays of a linked database. Everything that is solved reads these and nothing else."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int32]
Longs: TypeAlias = NDArray[np.int64]
Bytes: TypeAlias = NDArray[np.uint8]
Truths: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Strings(Sequence[str]):
    """n texts in one block of UTF-8, fit for a memory map: text i is data[start[i]:start[i+1]]."""

    start: Longs
    data: Bytes

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Strings":
        """Packs `texts`."""
        encoded = [text.encode() for text in texts]
        start = np.zeros(len(encoded) + 1, np.int64)
        np.cumsum([len(text) for text in encoded], out=start[1:])
        return cls(start, np.frombuffer(b"".join(encoded), np.uint8))

    def __len__(self) -> int:
        return len(self.start) - 1

    def __getitem__(self, index):  # type: ignore[no-untyped-def]
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        if index < 0:
            index += len(self)
        if not 0 <= index < len(self):
            raise IndexError(index)
        return self.data[self.start[index] : self.start[index + 1]].tobytes().decode()

    def __iter__(self) -> Iterator[str]:
        block = self.data.tobytes()
        bounds = itertools.pairwise(self.start.tolist())
        if block.isascii():  # one letter a byte: decoded at once
            text = block.decode("ascii")
            return iter([text[low:high] for low, high in bounds])
        return iter([block[low:high].decode() for low, high in bounds])


@dataclass(frozen=True, slots=True, eq=False)
class Processes:
    """n columns: a unit process (or one product of it after allocation) and its product.

    `production`[n] is what one run supplies, in `unit`, always positive; where `treats`[n], the product is
    the treatment of a waste, and consuming it means handing over waste. `dataset`[n] is the index of the data
    set in its package, `share`[n] the part (0…1) that allocation gave this column. `volume`[n] is the annual
    supply in `unit`, NaN where unknown. `product` is the reference flow; (id, version, product) is unique.
    """

    id: Strings
    version: Strings
    name: Strings
    name_en: Strings
    location: Strings
    category: Strings
    product: Strings
    product_name: Strings
    product_name_en: Strings
    unit: Strings
    production: Floats
    volume: Floats
    treats: Truths
    dataset: Ints
    share: Floats

    def __len__(self) -> int:
        return len(self.production)


@dataclass(frozen=True, slots=True, eq=False)
class Edges:
    """m technosphere links in rows by consumer: links start[j]:start[j+1] are what process j consumes.

    `amount`[m] is consumed by one run of the consumer, in the provider's `unit`; a negative amount is a
    credit (avoided product). Within a row providers ascend; the same provider may repeat (one link an
    exchange). `exchange`[m] is the ordinal of the exchange in its data set, `rule`[m] a code of `LinkRule`,
    `share`[m] the part of the exchange's amount that this provider got where it was split.
    """

    start: Longs
    provider: Ints
    amount: Floats
    exchange: Ints
    rule: NDArray[np.uint8]
    share: Floats

    def __len__(self) -> int:
        return len(self.provider)

    def consumer(self) -> Ints:
        """The consumer of each link, int32[m]."""
        return np.repeat(np.arange(len(self.start) - 1, dtype=np.int32), np.diff(self.start))


@dataclass(frozen=True, slots=True, eq=False)
class Flows:
    """The elementary flows that occur: each row is one flow in one direction at one stated place.

    `inward`[f]: taken from nature. `location` is the exchange's own; empty: the process's place counts.
    """

    id: Strings
    name: Strings
    name_en: Strings
    compartment: Strings
    cas: Strings
    unit: Strings
    location: Strings
    inward: Truths

    def __len__(self) -> int:
        return len(self.inward)


@dataclass(frozen=True, slots=True, eq=False)
class Interventions:
    """k elementary exchanges in rows by process; `amount`[k] per run in the flow's unit, as written."""

    start: Longs
    flow: Ints
    amount: Floats
    exchange: Ints

    def __len__(self) -> int:
        return len(self.flow)


@dataclass(frozen=True, slots=True, eq=False)
class Spreads:
    """Uncertainty of some entries of an array of amounts: `entry`[u] ascends and indexes that array.

    `shape`[u]: 1 lognormal (`centre` median, `scale` SD of ln|x|), 2 normal (`centre` mean, `scale` SD),
    3 triangular (`low`, `centre` mode, `high`), 4 uniform (`low`, `high`). All in the unit of the amount and
    with its sign: a lognormal credit has a negative centre.
    """

    entry: Longs
    shape: NDArray[np.uint8]
    centre: Floats
    scale: Floats
    low: Floats
    high: Floats

    def __len__(self) -> int:
        return len(self.entry)

    @classmethod
    def none(cls) -> "Spreads":
        """Nothing is uncertain."""
        empty = np.zeros(0)
        return cls(np.zeros(0, np.int64), np.zeros(0, np.uint8), empty, empty, empty, empty)


@dataclass(frozen=True, slots=True, eq=False)
class Factors:
    """Characterisation: `value`[c] units of category `category`[c] per unit of flow row `flow`[c].

    `location` empty: holds everywhere that no factor of the same flow and category names more closely.
    """

    method: Strings
    name: Strings
    name_en: Strings
    id: Strings
    unit: Strings
    category: Ints
    flow: Ints
    location: Strings
    value: Floats

    @property
    def categories(self) -> int:
        """How many categories there are; `method`, `name`, `id` and `unit` have that length."""
        return len(self.id)


@dataclass(frozen=True, slots=True, eq=False)
class CutOffs:
    """Product and waste exchanges without a provider: listed, never silent. `amount` in `unit`."""

    process: Ints
    exchange: Ints
    flow: Strings
    name: Strings
    amount: Floats
    unit: Strings
    reason: Strings

    def __len__(self) -> int:
        return len(self.process)


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """A linked database. `about`: name, source, licence, version and digest of the package it came from."""

    processes: Processes
    edges: Edges
    flows: Flows
    interventions: Interventions
    factors: Factors
    cut_offs: CutOffs
    edge_spreads: Spreads
    intervention_spreads: Spreads
    about: dict[str, str]

    def __len__(self) -> int:
        return len(self.processes)
