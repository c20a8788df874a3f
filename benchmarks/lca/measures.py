"""What is measured on one database beside bw2calc: each function gives rows of the table."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.lca import page, peers
from benchmarks.lca.generator import Shape, network
from benchmarks.lca.peers import PRODUCT
from benchmarks.lca.timing import Figure, Row, Work, compared, interleaved, seconds, shown
from zuji.lca.network import characterising
from zuji.lca.network.arrays import Floats, Network
from zuji.lca.network.edits import Edit, edited, response, scenarios, share_of
from zuji.lca.network.prepared import Prepared, prepare
from zuji.lca.network.solving import intensities


def correctness(made: Network) -> Iterator[Row]:
    """The largest relative error over all products against residuals in extended precision."""
    weights = characterising.weights(made, [0])[:, 0]
    prepared = prepare(made)
    found = intensities(prepared, weights)
    error = np.abs(found.values / _extended(prepared, weights, found.values) - 1)
    yield Figure(
        "最大相对误差，逐产品 largest relative error, any product",
        f"{error.max():.1e}（证书 certificate {found.certificate.error:.1e}）",
        "< 1e-9",
        "参照：扩展精度残差迭代修正 reference: refined with residuals in extended precision",
    )
    with (
        _packages(made, categories=1) as folder,
        peers.running(peers.one_product(), folder, PRODUCT) as rooms,
    ):
        scores = {label: room().value for label, room in rooms.items()}
    off = {label: abs(found.values[PRODUCT] / score - 1) for label, score in scores.items()}
    yield Figure(
        "与 bw2calc 之差 difference from bw2calc",
        f"{max(off.values()):.1e}",
        "bw2calc 自身误差内 within its error",
        "; ".join(f"{label} {value:.1e}" for label, value in off.items()),
    )


def _extended(prepared: Prepared, weights: Floats, start: Floats) -> NDArray[np.longdouble]:
    """Refinement until the correction, solved in double, no longer matters; residuals in long double."""
    n = len(prepared)
    edges, made = prepared.network.edges, prepared.network.processes.production
    owner = edges.consumer()
    share = edges.amount.astype(np.longdouble) / made[owner].astype(np.longdouble)
    y = start.astype(np.longdouble)
    for _ in range(3):
        flow = share * y[edges.provider]
        left = weights.astype(np.longdouble) - y
        np.add.at(left, owner, flow)
        y = y + intensities(prepared, left.astype(np.float64)).values
    assert len(y) == n
    return y


def solving(made: Network) -> Iterator[Row]:
    """One category for every product, cold and prepared; 24 categories."""
    weights = characterising.weights(made, list(range(made.factors.categories)))
    first = np.ascontiguousarray(weights[:, 0])
    ready = prepare(made)

    def cold() -> object:
        fresh = prepare(made)
        found = intensities(fresh, characterising.weights(made, [0])[:, 0])
        return dict(zip(made.processes.id, found.values.tolist(), strict=True))

    with _packages(made, categories=1) as folder:
        with peers.running(peers.adjoint(), folder, PRODUCT) as every:
            yield compared(
                "全部产品，一个类别，从数组开始 every product, one category, from arrays",
                cold,
                every,
                goal="≥ 50×",
                said="双方都是全部产品 both give all products; 我方含特征化、排序、证书、编号对应 ours with "
                "characterisation, ordering, certificate, ids; 对方建矩阵并分解 theirs builds and factorises",
            )
        with peers.running(peers.one_product(), folder, PRODUCT) as single:
            yield compared(
                "同上，对方只求一个产品 the same, the peer gives one product",
                cold,
                single,
                goal="≥ 50×",
                said="对方一个产品和它的清单，含建矩阵 theirs: one product, its inventory, with matrices; "
                "JacobiGMRESLCA 不分解，只核对残差 factorises nothing and checks a residual only",
            )
            yield compared(
                "已准备好的系统再求解 solving the prepared system again",
                lambda: intensities(ready, first),
                single,
                goal="≥ 200×",
                said="我方全部产品与证书；对方同上 ours: all products and the certificate; theirs as above",
            )
    with _packages(made) as folder, peers.running(peers.adjoint(), folder, PRODUCT) as every:
        yield compared(
            f"{weights.shape[1]} 个类别，全部产品 categories, every product",
            lambda: intensities(ready, weights),
            every,
            goal="≥ 20×",
            said="双方都是全部产品；对方含建矩阵与分解 both give all products; theirs builds and factorises",
        )


@contextmanager
def _packages(made: Network, *, uncertain: bool = False, categories: int | None = None) -> Iterator[Path]:
    """The network as bw2calc's packages in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        yield peers.written(made, Path(folder) / "packages", uncertain=uncertain, categories=categories)


def changes(made: Network) -> Iterator[Row]:
    """One edit with every new footprint; a thousand mixes."""
    prepared = prepare(made)
    weights = np.ascontiguousarray(characterising.weights(made, [0])[:, 0])
    base = intensities(prepared, weights)
    random = np.random.default_rng(0)
    times = []
    for _ in range(60):
        process = int(random.integers(len(made)))
        row = slice(made.edges.start[process], made.edges.start[process + 1])
        if row.start == row.stop:
            continue
        provider = int(made.edges.provider[row][0])
        amount = float(made.edges.amount[row][0] / made.processes.production[process]) * random.uniform(
            0.3, 1
        )
        edit = [Edit(process, {provider: amount})]

        def work(edit: list[Edit] = edit) -> object:
            return edited(prepared, weights, base, edit)

        times.append(seconds(work))
    times = sorted(times[5:])
    yield Figure(
        "改一个过程，全部产品的新足迹 one edit, every new footprint",
        f"p50 {shown(statistics.median(times))}, p95 {shown(times[int(0.95 * len(times))])}",
        "p95 < 10 ms",
        "含新数组与证书 with new arrays and certificate",
    )
    market = int(np.argmax(np.bincount(made.edges.provider, minlength=len(made))))
    row = slice(made.edges.start[market], made.edges.start[market + 1])
    providers = np.unique(made.edges.provider[row])
    of = response(prepared, market)
    present = np.array([share_of(prepared, market, int(provider)) for provider in providers])
    mixes = random.uniform(0.2, 1, (1000, len(providers))) * present
    taken = [
        seconds(lambda: scenarios(prepared, base.values, of, providers.tolist(), mixes).of(PRODUCT))
        for _ in range(9)
    ]
    yield Figure(
        "电力组成的一千个情景，任一产品 a thousand mixes, any product",
        shown(statistics.median(taken)),
        "< 5 ms",
        "响应向量已备（一次求解） the response of the market is at hand (one solve)",
    )


def sampling(made: Network) -> Iterator[Row]:
    """Monte Carlo over the technosphere, every product, beside bw2calc's iterations for one product."""
    from zuji.lca.network.sampling import Sampling, simulate

    prepared = prepare(made)
    weights = np.ascontiguousarray(characterising.weights(made, [0])[:, 0])
    nominal = intensities(prepared, weights).values
    draws = 256

    def ours(threads: int) -> object:
        return simulate(prepared, weights, Sampling(draws=draws, seed=1, threads=threads), nominal=nominal)

    with (
        _packages(made, uncertain=True, categories=1) as folder,
        peers.running(peers.iterations(), folder, PRODUCT) as theirs,
    ):
        yield compared(
            "蒙特卡洛一次，全部产品，一个线程 one Monte Carlo draw, every product, one thread",
            lambda: ours(1),
            theirs,
            goal="≥ 20×",
            said="同样的不确定条目；我方含统计量；对方一个产品 the same uncertain entries; "
            "theirs one product",
            scale=1 / draws,
        )
    times = interleaved({"1": lambda: ours(1), "2": lambda: ours(2)}, 5)
    one, two = (statistics.median(times[key]) for key in ("1", "2"))
    account = simulate(prepared, weights, Sampling(draws=1024, seed=1), nominal=nominal).account
    yield Figure(
        "两个线程 two threads",
        f"{one / two:.2f}× ({shown(two / draws)} 每次 a draw)",
        "随线程加快 scales",
        f"{page.cores()}; {account.in_words('en')}",
    )


def starting(made: Network) -> Iterator[Row]:
    """A new Python process from a saved database to the first printed footprint."""
    from zuji.lci import Database

    with tempfile.TemporaryDirectory() as folder:
        Database(prepare(made)).save(Path(folder) / "db")
        packages = peers.written(made, Path(folder) / "peer", categories=1)
        zuji = [str(Path(sys.executable).parent / "zuji"), "lci", "footprint", str(Path(folder) / "db")]
        # Both sides keep their compiled modules, as an installed package does.
        around = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

        def process(*command: str) -> object:
            return subprocess.run(command, check=True, capture_output=True, env=around)

        def ours() -> object:
            return process(*zuji, "--process", str(PRODUCT))

        def theirs(solver: str) -> Work:
            script = Path(folder) / f"{solver}.py"
            hidden = peers.SOLVERS[solver][1]
            text = peers.COLD.format(folder=str(packages), product=PRODUCT, hidden=hidden)
            script.write_text(text, "utf-8")
            return lambda: process(sys.executable, str(script))

        yield compared(
            "新进程到第一个足迹 new process to the first footprint",
            ours,
            {f"LCA, {solver}": theirs(solver) for solver in peers.solvers()},
            goal="< 0.4 s, ≥ 8×",
            said="我方：命令行读已存的结果；对方：载入数据包、一个产品 ours: the command line reads the "
            "saved database; theirs loads its packages",
        )


def bandwidth(size: int) -> Iterator[Row]:
    """One sweep beside the least a sweep must move from memory, timed as a plain pass over the same bytes."""
    from zuji.lca.network import sweeps

    made = network(Shape(processes=size, categories=1))
    prepared = prepare(made)
    start, provider = prepared.start.view(np.uint64), prepared.provider.view(np.uint32)
    w, y = np.ones(size), np.ones(size)
    moved = prepared.share.nbytes + prepared.provider.nbytes + prepared.start.nbytes + 4 * y.nbytes
    block = np.ones(moved // 8)
    times = interleaved(
        {
            "sweep": lambda: sweeps.sweep(start, provider, prepared.share, prepared.pivot, w, y, 0, size),
            "pass": lambda: block.sum(),
        },
        9,
    )
    sweep, plain = (statistics.median(times[key]) for key in ("sweep", "pass"))
    yield Figure(
        f"一次清扫占内存带宽 one sweep against memory bandwidth, {size:,}",
        f"{100 * plain / sweep:.0f} % ({shown(sweep)}; {moved / plain / 1e9:.0f} GB/s)",
        "≥ 60 %",
        "界：把同样多的字节顺读一遍 the bound: reading as many bytes in order",
    )


def paths(processes: int) -> Iterator[Row]:
    """A thousand nodes of upstream paths beside bw_graph_tools, whose set-up is not counted."""
    from zuji.lca.network.paths import Search, upstream_tree

    made = network(Shape(processes=processes))
    prepared = prepare(made)
    weights = np.ascontiguousarray(characterising.weights(made, [0])[:, 0])
    total = intensities(prepared, weights).values
    nodes = 1000
    tree = upstream_tree(prepared, total, weights, {PRODUCT: 1.0}, Search(max_nodes=nodes))
    with peers.running(peers.traversals(), processes, PRODUCT, nodes) as theirs:
        yield compared(
            f"上游路径 {nodes} 个节点 nodes of upstream paths, {processes:,} 个过程 processes",
            lambda: upstream_tree(prepared, total, weights, {PRODUCT: 1.0}, Search(max_nodes=nodes)),
            theirs,
            goal="≥ 300×",
            said="同样的节点预算，分解已备 the same budget of nodes, factors at hand; "
            f"覆盖 coverage {tree.coverage:.3f}",
        )


def reading(package: Path) -> Iterator[Row]:
    """The TianGong package: read, linked, solved."""
    from zuji.formats import inventories
    from zuji.lci.loading import link_package

    start = time.perf_counter()
    loaded = inventories.load(package)
    read = time.perf_counter() - start
    start = time.perf_counter()
    database = link_package(loaded)
    linked = time.perf_counter() - start
    start = time.perf_counter()
    found = database.intensities()
    solved = time.perf_counter() - start
    yield Figure(
        "天工数据包 the TianGong package",
        f"读 read {read:.1f} s; 链接 link {linked:.1f} s; 求解 solve {shown(solved)}",
        "读 < 20 s",
        f"{len(loaded.package.processes)} 个过程 processes; 账目平衡 balanced: {loaded.ledger.balanced}; "
        f"{len(database) - found.certificate.unsolved} 个产品有足迹 products with a footprint",
    )
