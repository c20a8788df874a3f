"""How factors name the database and the product that they come from."""

import hashlib
from uuid import UUID

from zuji_web.databases.models import InventoryDatabase


def origin(database: InventoryDatabase) -> str:
    """How own factors name the database they come from."""
    return f"database:{database.pk}"


def code_of(database_id: UUID, dataset: str, flow: str) -> str:
    """The code of a product of a database, the same in all its versions: data set and reference flow."""
    identity = hashlib.sha256(f"{dataset} {flow}".encode()).hexdigest()
    return f"db_{database_id.hex[:12]}_{identity[:16]}"
