"""openLCA JSON-LD packages (zip or folder), schema 1 to 5, with and without reference data (engines.md 11.3).

    load(Path("uslci.zip")).package        what is in it, and in `.ledger` how it was read
    dump(package).content                  a zip of schema 5, the same bytes whenever it is written

How a multi-output process is represented: `reference=True` stands on the quantitative reference alone. Its
co-products are the other product outputs and waste inputs of the process; each that shares in the burdens is
named by `Process.allocations`, where `AllocationShare.product` is the id of the co-product's exchange.
Shares of PHYSICAL and ECONOMIC are for the whole process (`exchange` empty), shares of CAUSAL are for one
exchange; `Process.allocation_method` says which set the author meant. Take the shares of one method only:
openLCA stores all three side by side. Without shares a co-product is cut off by openLCA.

An avoided product (`avoided=True`) is a credit, whichever direction the exchange is written in. Amounts count
in `unit` of `property`: amount · unit.factor / property factor is the amount in the flow's reference unit.
In a product system `Connection.source` is the provider, for a waste its treatment.
"""

from zuji.formats.jsonld.read import load
from zuji.formats.jsonld.write import dump

__all__ = ["dump", "load"]
