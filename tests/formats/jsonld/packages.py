"""Small openLCA packages as people have them, and the builders that make them."""

import io
import json
import zipfile
from typing import Any

from zuji.formats.archive import write_archive

Json = dict[str, Any]

MASS = "93a60a56-a3c8-11da-a746-0800200b9a66"
KG = "20aadc24-a391-41cf-b340-3e4529f44bde"
TONNE = "83192ffa-5990-490b-a23a-b45ca072db6f"
MASS_UNITS = "93a60a57-a4c8-11da-a746-0800200c9a66"
ENERGY = "f6811440-ee37-11de-8a39-0800200c9a66"
MJ = "52765a6c-3896-43c2-b2f4-c679acf13efe"
KWH = "86ad2244-1f0e-4912-af53-7865283103e4"

PROCESS = "11111111-1111-4111-8111-111111111111"
STEEL = "22222222-2222-4222-8222-222222222222"
SLAG = "33333333-3333-4333-8333-333333333333"
CO2 = "44444444-4444-4444-8444-444444444444"
COAL = "55555555-5555-4555-8555-555555555555"
MINE = "66666666-6666-4666-8666-666666666666"
SYSTEM = "77777777-7777-4777-8777-777777777777"
CATEGORY = "88888888-8888-4888-8888-888888888888"
METHOD = "99999999-9999-4999-8999-999999999999"


def package(entries: dict[str, Any], version: int | None = 5) -> bytes:
    """A zip of JSON entries (bytes as they are), with the marker of a schema version or none."""
    files = {} if version is None else {"openlca.json": {"schemaVersion": version}}
    return write_archive(
        (name, value if isinstance(value, bytes) else json.dumps(value).encode())
        for name, value in {**files, **entries}.items()
    )


def written(content: bytes) -> dict[str, Any]:
    """The entries of a zip, JSON parsed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {
            name: json.loads(archive.read(name)) if name.endswith(".json") else archive.read(name)
            for name in archive.namelist()
        }


def ref(type_: str, id_: str, name: str = "", **more: Any) -> Json:
    return {"@type": type_, "@id": id_, **({"name": name} if name else {}), **more}


def flow(id_: str, name: str, type_: str = "PRODUCT_FLOW", category: str = "", prop: str = MASS) -> Json:
    factor = {
        "isRefFlowProperty": True,
        "conversionFactor": 1.0,
        "flowProperty": ref("FlowProperty", prop),
    }
    value = {"@type": "Flow", "@id": id_, "name": name, "flowType": type_, "flowProperties": [factor]}
    return value | ({"category": category} if category else {})


def exchange(number: int, flow_id: str, amount: float | None = 1.0, **more: Any) -> Json:
    value = {
        "@type": "Exchange",
        "internalId": number,
        "flow": ref("Flow", flow_id),
        "unit": ref("Unit", KG, "kg"),
        "flowProperty": ref("FlowProperty", MASS, "Mass"),
        "isInput": False,
        "isQuantitativeReference": False,
        "isAvoidedProduct": False,
        "amount": amount,
    }
    return value | more


def process(*exchanges: Json, id_: str = PROCESS, name: str = "steel making", **more: Any) -> Json:
    value = {"@type": "Process", "@id": id_, "name": name, "processType": "UNIT_PROCESS"}
    return value | {"exchanges": list(exchanges)} | more


def flows() -> dict[str, Json]:
    found = (
        flow(STEEL, "steel"),
        flow(SLAG, "slag"),
        flow(COAL, "coal"),
        flow(CO2, "Carbon dioxide", "ELEMENTARY_FLOW", "Elementary flows/Emission to air/unspecified"),
    )
    return {f"flows/{one['@id']}.json": one for one in found}


def schema_1() -> dict[str, Any]:
    """The same plant as older openLCA wrote it: other keys, category files, no reference data, no marker."""
    categories = {
        "c1": {"@type": "Category", "@id": "c1", "name": "Metals", "modelType": "PROCESS"},
        "c2": {"@type": "Category", "@id": "c2", "name": "Steel", "category": ref("Category", "c1")},
        "c3": {"@type": "Category", "@id": "c3", "name": "unused"},
    }
    plant = {
        "@type": "Process",
        "@id": PROCESS,
        "name": "steel making",
        "category": ref("Category", "c2", "Steel"),
        "processType": "UNIT_PROCESS",
        "infrastructureProcess": True,
        "defaultAllocationMethod": "CAUSAL_ALLOCATION",
        "parameters": [
            {"name": "p", "inputParameter": True, "value": 2.0},
            {"name": "q", "inputParameter": False, "formula": "2*p", "value": 4.0},
        ],
        "processDocumentation": {
            "copyright": True,
            "reviewDetails": "looked at",
            "reviewer": ref("Actor", "r1", "Reviewer"),
        },
        "exchanges": [
            {
                "@id": "e-steel",
                "input": False,
                "quantitativeReference": True,
                "avoidedProduct": False,
                "amount": 1.0,
                "flow": ref("Flow", STEEL, "steel", flowType="PRODUCT_FLOW"),
                "unit": ref("Unit", TONNE, "t"),
                "flowProperty": ref("FlowProperty", MASS, "Mass"),
            },
            {
                "@id": "e-coal",
                "input": True,
                "amount": 4.0,
                "amountFormula": "q",
                "pedigreeUncertainty": "(2;4;2;3;1)",
                "baseUncertainty": 1.05,
                "flow": ref("Flow", COAL, "coal", flowType="PRODUCT_FLOW"),
                "unit": ref("Unit", KG, "kg"),
                "flowProperty": ref("FlowProperty", MASS, "Mass"),
            },
            {
                "@id": "e-slag",
                "input": False,
                "avoidedProduct": True,
                "amount": 0.1,
                "flow": ref("Flow", SLAG, "slag", flowType="PRODUCT_FLOW"),
                "unit": ref("Unit", KG, "kg"),
                "flowProperty": ref("FlowProperty", MASS, "Mass"),
            },
        ],
        "allocationFactors": [
            {
                "allocationType": "CAUSAL_ALLOCATION",
                "product": ref("Flow", STEEL),
                "exchange": {"@type": "Exchange", "@id": "e-coal", "flow": ref("Flow", COAL)},
                "value": 0.7,
            }
        ],
    }
    steel = flow(STEEL, "steel") | {"infrastructureFlow": True}
    steel["flowProperties"][0]["referenceFlowProperty"] = steel["flowProperties"][0].pop("isRefFlowProperty")
    return {
        **{f"categories/{id_}.json": one for id_, one in categories.items()},
        f"processes/{PROCESS}.json": plant,
        f"flows/{STEEL}.json": steel,
        f"flows/{COAL}.json": flow(COAL, "coal"),
        f"flows/{SLAG}.json": flow(SLAG, "slag"),
        f"lcia_methods/{METHOD}.json": {
            "@type": "ImpactMethod",
            "@id": METHOD,
            "name": "method",
            "impactCategories": [ref("ImpactCategory", CATEGORY, "warming")],
            "nwSets": [ref("NwSet", "nw1", "world")],
            "parameters": [{"name": "gwp", "inputParameter": True, "value": 28.0}],
        },
        "nw_sets/nw1.json": {
            "@type": "NwSet",
            "@id": "nw1",
            "name": "world",
            "weightedScoreUnit": "pt",
            "factors": [
                {
                    "impactCategory": ref("ImpactCategory", CATEGORY),
                    "normalisationFactor": 8.1e3,
                    "weightingFactor": 0.21,
                }
            ],
        },
        f"lcia_categories/{CATEGORY}.json": {
            "@type": "ImpactCategory",
            "@id": CATEGORY,
            "name": "warming",
            "referenceUnitName": "kg CO2-Eq",
            "impactFactors": [{"flow": ref("Flow", CO2), "value": 1.0, "formula": "gwp"}],
        },
        f"product_systems/{SYSTEM}.json": {
            "@type": "ProductSystem",
            "@id": SYSTEM,
            "name": "system",
            "referenceProcess": ref("Process", PROCESS, "steel making"),
            "referenceExchange": {"@type": "Exchange", "internalId": 1},
            "targetAmount": 1.0,
            "parameterRedefs": [{"name": "p", "value": 3.0, "context": ref("Process", PROCESS)}],
        },
        "currencies/eur.json": {
            "@type": "Currency",
            "@id": "eur",
            "code": "EUR",
            "referenceCurrency": ref("Currency", "eur"),
        },
    }
