"""Results as plain columns, for pandas, polars, files and notebooks."""

import csv
import io
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from zuji.errors import InvalidInput, Place, Problem, problem
from zuji.formats.cells import safe_cell

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

Column = Sequence[Any] | np.ndarray[Any, np.dtype[Any]]


_SHOWN = 20  # rows in a notebook


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Table:
    """Named columns of one length. A number that does not exist is NaN here and empty in files."""

    columns: Mapping[str, Column]

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), ()))

    def __getitem__(self, name: str) -> Column:
        return self.columns[name]

    def __repr__(self) -> str:
        return f"<Table: {len(self)} rows of {', '.join(self.columns)}>"

    def _repr_html_(self) -> str:
        """How a notebook shows it: the first rows, and how many there are."""
        head = "".join(f"<th>{escape(name)}</th>" for name in self.columns)
        body = "".join(
            f"<tr>{''.join(f'<td>{escape(_legible(value))}</td>' for value in row.values())}</tr>"
            for row in self.head(_SHOWN).rows()
        )
        more = f"<p>{len(self)} rows</p>" if len(self) > _SHOWN else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"

    def rows(self) -> list[dict[str, Any]]:
        """One dictionary a row, with plain Python values; None for a number that does not exist."""
        values = [_plain(column) for column in self.columns.values()]
        return [dict(zip(self.columns, row, strict=True)) for row in zip(*values, strict=True)]

    def head(self, number: int = 10) -> "Table":
        """The first rows."""
        return Table({name: column[:number] for name, column in self.columns.items()})

    def sorted(self, by: str, *, descending: bool = True) -> "Table":
        """The rows by a column of numbers; those that do not exist come last."""
        values = np.asarray(self.columns[by], np.float64)
        order = np.argsort(-values if descending else values, kind="stable")
        return Table({name: _taken(column, order) for name, column in self.columns.items()})

    def to_polars(self) -> "pl.DataFrame":
        """As a polars data frame."""
        import polars as pl

        return pl.DataFrame({name: _series(column) for name, column in self.columns.items()})

    def to_pandas(self) -> "pd.DataFrame":
        """As a pandas data frame; raises `InvalidInput` where nobody has installed pandas."""
        try:
            import pandas as pd
        except ImportError:
            raise InvalidInput(_no_pandas()) from None

        return pd.DataFrame({name: _series(column) for name, column in self.columns.items()})

    def write(self, path: Path | str) -> None:
        """Writes .csv, .json or .parquet, by the ending. Raises `InvalidInput` for another one."""
        target = Path(path)
        target.write_bytes(self.as_bytes(target.suffix.lower(), place=Place(file=str(target))))

    def as_bytes(self, suffix: str, *, place: Place | None = None) -> bytes:
        """The table as a file of that ending: .csv (with byte order mark, for Excel), .json or .parquet."""
        if suffix == ".csv":
            return self._csv()
        if suffix == ".json":
            return json.dumps(self.rows(), ensure_ascii=False, indent=1, allow_nan=False).encode()
        if suffix == ".parquet":
            out = io.BytesIO()
            self.to_polars().write_parquet(out)
            return out.getvalue()
        raise InvalidInput(
            problem(
                "table.suffix",
                f"不能写 {suffix or '没有后缀的'} 文件",
                f"cannot write a {suffix or 'file without an ending'} file",
                cure_zh="用 .csv、.json 或 .parquet",
                cure_en="use .csv, .json or .parquet",
                place=place or Place(),
            )
        )

    def _csv(self) -> bytes:
        out = io.StringIO()
        pen = csv.writer(out, lineterminator="\n")
        pen.writerow(self.columns)
        values = [_plain(column) for column in self.columns.values()]
        pen.writerows(
            [["" if cell is None else _shown(cell) for cell in row] for row in zip(*values, strict=True)]
        )
        return ("\ufeff" + out.getvalue()).encode()


def _no_pandas() -> Problem:
    return problem(
        "table.pandas",
        "没有安装 pandas",
        "pandas is not installed",
        cure_zh="运行 pip install pandas，或用 to_polars()",
        cure_en="run pip install pandas, or use to_polars()",
    )


def _plain(column: Column) -> list[Any]:
    values = column.tolist() if isinstance(column, np.ndarray) else list(column)
    return [None if isinstance(value, float) and not math.isfinite(value) else value for value in values]


def _series(column: Column) -> Any:
    return column if isinstance(column, np.ndarray) else list(column)


def _taken(column: Column, order: "np.ndarray[Any, np.dtype[np.intp]]") -> Column:
    return column[order] if isinstance(column, np.ndarray) else [column[i] for i in order.tolist()]


def _legible(value: Any) -> str:
    return "—" if value is None else f"{value:.6g}" if isinstance(value, float) else str(value)


def _shown(cell: Any) -> Any:
    return safe_cell(cell) if isinstance(cell, str) else cell
