"""Monte Carlo of a saved database as a batch: in this process, in worker processes, or on a cluster."""

import hashlib
import io
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from zuji.batch import Cluster, Executor, Plan, Processes, Serial, run
from zuji.batch.draws import BLOCK, DatabaseDraws, Statistics, combined
from zuji.batch.storing import keep
from zuji.errors import InvalidInput, Problem, problem
from zuji.lca.network import characterising
from zuji.lca.network.arrays import Floats
from zuji.lci.database import Database
from zuji.lci.finding import in_language
from zuji.lci.tables import Table

_CHUNK = 4  # blocks of sixteen draws in one piece of work: long enough for a worker, short enough to lose
_QUANTILES = (0.025, 0.5, 0.975)


@dataclass(frozen=True, slots=True, eq=False)
class Simulated:
    """Distributions of all products in one category, and what they are worth.

    `statistics` holds arrays [n, 1]; `digest` names the bytes of the result: it is the same for any number of
    workers. `failed` draws have no finite footprint and are not counted.
    """

    label: str
    unit: str
    nominal: Floats
    statistics: Statistics
    products: tuple[int, ...]
    digest: str

    @property
    def failed(self) -> int:
        """Draws in which some loop consumed at least as much as it made, or that did not converge."""
        return int(np.count_nonzero(self.statistics.state))

    def quantiles(self) -> Floats:
        """The 2.5, 50 and 97.5 % quantiles of the named products, [p, 3], exact from their draws."""
        kept = self.statistics.samples[:, 0, self.statistics.state == 0]
        return np.quantile(kept, _QUANTILES, axis=1).T

    def table(self, database: Database, language: str = "zh") -> Table:
        """All products with mean and standard deviation."""
        own = database.network.processes
        return Table(
            {
                "id": list(own.id),
                "name": list(in_language(own.name, own.name_en, language)),
                "location": list(own.location),
                f"nominal ({self.unit})": self.nominal,
                f"mean ({self.unit})": self.statistics.mean[:, 0],
                f"sd ({self.unit})": self.statistics.sd[:, 0],
            }
        )


def uncertain(database: Database) -> int:
    """How many amounts of inputs and emissions have an uncertainty that is drawn."""
    return len(database.network.edge_spreads) + len(database.network.intervention_spreads)


def executor_of(workers: int = 0, scheduler: str = "") -> Executor:
    """Where to compute: a Dask scheduler, that many worker processes, or this process."""
    if scheduler:
        return Cluster(scheduler)
    return Processes(workers) if workers > 1 else Serial()


def simulate(
    database: Database,
    method: str = "",
    products: Sequence[int | str] = (),
    *,
    draws: int = 1000,
    seed: int = 0,
    executor: Executor | None = None,
    folder: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
    language: str = "zh",
) -> Simulated:
    """`draws` of every product in one category (`Database.category`); the draws of `products` are kept.

    With a `folder`, finished pieces stay there and the same call goes on where an earlier one was stopped;
    workers on other machines need it, and the database, under the same path. Raises `InvalidInput` for a
    database that is not saved.
    """
    if database.saved is None:
        raise InvalidInput(_not_saved())
    category = database.category(method)
    named = tuple(database.process(each) for each in products)
    nominal = database.one(method).total
    with tempfile.TemporaryDirectory() as aside:
        path = _kept(nominal, Path(aside) if folder is None else folder)
        task = DatabaseDraws.of(database.saved, path, (category,), draws=draws, seed=seed, products=named)
        kept = None if folder is None else folder / "chunks"
        chunk = min(_CHUNK, max(1, -(-draws // BLOCK)))
        found = run(Plan(task, chunk=chunk), executor, folder=kept, progress=progress)
    return Simulated(
        characterising.labels(database.network, [category], language)[0],
        database.network.factors.unit[category],
        nominal,
        combined(found.arrays),
        named,
        found.digest,
    )


def _kept(nominal: Floats, home: Path) -> Path:
    """Intensities in a file named by its content: another run in the same folder keeps its own."""
    out = io.BytesIO()
    np.save(out, nominal, allow_pickle=False)
    content = out.getvalue()
    path = home / f"nominal-{hashlib.sha256(content).hexdigest()[:16]}.npy"
    if not path.exists() or path.read_bytes() != content:
        keep(path, content)
    return path


def _not_saved() -> Problem:
    return problem(
        "lci.not_saved",
        "分块抽样需要已保存的数据库",
        "drawing in pieces needs a saved database",
        cure_zh="先 save 到一个文件夹，再打开",
        cure_en="save it to a folder first, then open it",
    )
