"""The product tree and the lists of the plans, from CSV."""

from collections.abc import Collection
from dataclasses import dataclass

from zuji.errors import Problem, raise_all
from zuji.formats.standards.rows import Row, read_rows
from zuji.model.standards import Certainty, ProductCode, Scheme
from zuji.rules.classification import Node, Tree
from zuji.text import Text

PRODUCT_COLUMNS = (
    "id",
    "parent",
    "name",
    "name_en",
    "cpc",
    "cpc_within",
    "hs",
    "hs_within",
    "words",
    "certainty",
    "source",
    "note",
)
LIST_COLUMNS = ("list", "name", "name_en", "region", "clause", "source", "item", "item_en", "nodes", "note")
# In a column of codes: the node has products beyond those listed.
_OPEN = "+"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListItem:
    """One item of a list in a plan or catalogue, and the products it means; none where it is unmapped."""

    list: str
    list_name: Text
    region: str
    clause: str
    source: str
    item: Text
    nodes: tuple[ProductCode, ...] = ()
    note: str = ""


def load_tree(content: bytes, *, name: str = "products.csv", sources: Collection[str] = ()) -> Tree:
    """The tree of products.csv; raises `InvalidInput` with every located problem."""
    rows = list(read_rows(content, PRODUCT_COLUMNS, name=name))
    nodes = [_node(row, sources) for row in rows]
    raise_all(_problems(rows))
    return Tree(nodes, {node.id: row.place("id") for node, row in zip(nodes, rows, strict=True)})


def load_lists(
    content: bytes, *, tree: Tree, name: str = "lists.csv", sources: Collection[str] = ()
) -> tuple[ListItem, ...]:
    """The items of lists.csv in its order; raises `InvalidInput` with every located problem."""
    rows = list(read_rows(content, LIST_COLUMNS, name=name))
    items = [_item(row, tree, sources) for row in rows]
    raise_all(_problems(rows))
    return tuple(items)


def known_source(row: Row, column: str, sources: Collection[str]) -> str:
    """The ids of sources in a field; refused where one is not registered."""
    ids = row.parts(column)
    for each in ids:
        if sources and each not in sources:
            cure = ("请先在 sources.csv 中登记", "register it in sources.csv first")
            row.refuse("source", column, f"没有来源“{each}”", f"there is no source “{each}”", cure=cure)
    return ";".join(ids)


def _node(row: Row, sources: Collection[str]) -> Node:
    inside: list[ProductCode] = []
    around: list[ProductCode] = []
    beyond = set()
    for scheme in (Scheme.CPC, Scheme.HS):
        inside += _codes(row, scheme.value, scheme)
        around += _codes(row, f"{scheme.value}_within", scheme)
        if _OPEN in row.parts(f"{scheme.value}_within"):
            beyond.add(scheme)
    node_id = row.text("id", required=True)
    if node_id and not _is_id(node_id):
        cure = ("只用小写字母、数字与连字符", "use small letters, figures and hyphens only")
        row.refuse("product-code", "id", "编号写法不对", "the id is malformed", cure=cure)
    return Node(
        id=node_id,
        parent=row.text("parent"),
        name=Text(row.text("name", required=True), row.text("name_en", required=True)),
        codes=tuple(inside),
        within=tuple(around),
        open=frozenset(beyond),
        words=row.parts("words"),
        certainty=row.choice("certainty", Certainty, Certainty.UNCONFIRMED),
        source=known_source(row, "source", sources),
        note=row.text("note"),
    )


def _codes(row: Row, column: str, scheme: Scheme) -> tuple[ProductCode, ...]:
    listed = ";".join(part for part in row.parts(column) if part != _OPEN)
    trimmed = Row(row.file, row.number, {column: listed}, row.problems)
    return trimmed.codes(column, scheme.value)


def _is_id(node_id: str) -> bool:
    return node_id == node_id.lower() and node_id.replace("-", "").isalnum() and node_id.isascii()


def _item(row: Row, tree: Tree, sources: Collection[str]) -> ListItem:
    nodes = row.codes("nodes", Scheme.ZUJI.value)
    for node in nodes:
        if node.code not in tree:
            cure = ("请使用 products.csv 中的编号", "use an id of products.csv")
            row.refuse(
                "unknown-product", "nodes", f"没有产品“{node.code}”", f"no product “{node.code}”", cure=cure
            )
    if not nodes:
        row.text("note", required=True)
    return ListItem(
        list=row.text("list", required=True),
        list_name=Text(row.text("name", required=True), row.text("name_en", required=True)),
        region=row.text("region"),
        clause=row.text("clause", required=True),
        source=known_source(row, "source", sources),
        item=Text(row.text("item", required=True), row.text("item_en", required=True)),
        nodes=nodes,
        note=row.text("note"),
    )


def _problems(rows: list[Row]) -> list[Problem]:
    return [each for row in rows for each in row.problems]
