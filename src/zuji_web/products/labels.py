"""What columns and fields of a study are called on pages. Values have the words of the workbook."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Words = str | Promise

SCORES: Mapping[int, Words] = {
    1: _("1 very good"),
    2: _("2 good"),
    3: _("3 fair"),
    4: _("4 poor"),
    5: _("5 very poor"),
}
ROLES: Mapping[str, Words] = {
    "virgin": _("Virgin material (Ev)"),
    "recycled": _("Recycled material (Erecycled)"),
    "end_recycling": _("Recycling at end of life (ErecyclingEoL)"),
    "avoided": _("Avoided virgin material (E*v)"),
    "energy_recovery": _("Energy recovery (EER)"),
    "disposal": _("Disposal (ED)"),
    "avoided_heat": _("Avoided heat (ESE,heat)"),
    "avoided_electricity": _("Avoided electricity (ESE,elec)"),
}
COLUMNS: Mapping[str, Words] = {
    "item": _("Item"),
    "amount": _("Amount"),
    "unit": _("Unit"),
    "stage": _("Stage"),
    "kind": pgettext_lazy("inventory line", "Kind"),
    "detail": _("Detail"),
    "factor": _("Factor"),
    "contribution": _("kgCO2e"),
    "share": _("Share"),
    "supplier": _("Supplier"),
    "data_source": _("Data source"),
    "evidence": _("Evidence"),
}
SECTIONS: Mapping[str, Words] = {
    "basics": _("Basics"),
    "details": _("Details of this kind"),
    "factor": _("Factor"),
    "evidence": _("Evidence"),
    "quality": _("Quality and uncertainty"),
    "scope": _("Cut-off and allocation"),
}
# Fields of a line: label and, where one is needed, a hint.
FIELDS: Mapping[str, tuple[Words, Words]] = {
    "item": (_("Item"), ""),
    "quantity.amount": (_("Amount"), ""),
    "quantity.unit": (_("Unit"), ""),
    "stage": (_("Stage"), ""),
    "kind": (pgettext_lazy("inventory line", "Kind"), ""),
    "transport.distance.amount": (
        _("Distance, one way"),
        _("Leave empty where the amount is already in t·km"),
    ),
    "transport.distance.unit": (_("Unit of the distance"), ""),
    "transport.aircraft": (_("By air: shown in its own total"), ""),
    "fuel.fuel": (_("Fuel"), _("Fills what is left empty below from the fuel table")),
    "fuel.ncv": (_("Net calorific value, GJ"), _("Own measurement; empty takes the table's value")),
    "fuel.ncv_per": (_("Calorific value per"), ""),
    "fuel.carbon_content": (_("Carbon content, tC/TJ"), ""),
    "fuel.oxidation": (_("Oxidation, 0 to 1"), ""),
    "fuel.ch4": (_("CH4, kg/TJ"), ""),
    "fuel.n2o": (_("N2O, kg/TJ"), ""),
    "fuel.biogenic": (_("Biomass: CO2 counts as biogenic"), ""),
    "direct_emission.gas": (_("Gas"), ""),
    "direct_emission.biogenic": (_("Its carbon is biogenic"), ""),
    "sub_assembly.process": (_("Made by process"), ""),
    "sub_assembly.product": (_("Product"), _("Needed where the process has several")),
    "recycling.method": (_("Method"), ""),
    "recycling.r1": (_("R1 recycled content, 0 to 1"), ""),
    "recycling.r2": (_("R2 recycling output rate, 0 to 1"), ""),
    "recycling.r3": (_("R3 energy recovery share, 0 to 1"), ""),
    "recycling.a": (_("A allocation of burdens and credits"), ""),
    "recycling.b": (_("B allocation of energy recovery"), ""),
    "recycling.qs_in": (_("Quality ratio in, Qsin/Qp"), ""),
    "recycling.qs_out": (_("Quality ratio out, Qsout/Qp"), ""),
    "recycling.lhv": (_("Lower heating value, MJ/kg"), ""),
    "recycling.heat_efficiency": (_("Efficiency of heat, 0 to 1"), ""),
    "recycling.electricity_efficiency": (_("Efficiency of electricity, 0 to 1"), ""),
    "biogenic_carbon.removal": (_("Direction"), ""),
    "electricity.treatment": (
        _("Kind of supply"),
        _("The grid unless you make it, have a line of your own, or hold a contract with certificates"),
    ),
    "electricity.attributes": (
        _("Names the plant"),
        _("The contract says which power plant and which kind of power it is"),
    ),
    "electricity.sole_claim": (
        _("Only you may claim it"),
        _("Nobody else counts the same green power, be it the supplier or another customer"),
    ),
    "electricity.tracked": (
        _("Tracked and cancelled for you"),
        _("The certificates are cancelled in the register in your name"),
    ),
    "electricity.close_in_time": (
        _("Made when you used it"),
        _("Generated in the data period or close to it"),
    ),
    "electricity.same_market": (
        _("Same market"),
        _("The plant feeds the grid that you draw from"),
    ),
    "electricity.attributes_sold": (
        _("Were its certificates sold?"),
        _("Power whose green certificates were sold counts as grid electricity"),
    ),
    "electricity.certificates": (
        _("Certificates"),
        _("Each cancelled certificate with the kWh of it that this line uses"),
    ),
    "electricity.location_factor": (
        _("Grid factor at your place"),
        _("For the location-based result beside the total: what the grid of your region would count"),
    ),
    "tags": (
        _("Belongs to"),
        _("Rules ask whether these are inside; mark the lines that belong to them"),
    ),
    "data_source": (_("Data source"), ""),
    "supplier": (_("Supplier"), ""),
    "evidence": (_("Evidence"), _("Meter, invoice or weighbridge record, with its number")),
    "source": (_("Source of the amount"), _("Where the number comes from, so that others find it")),
    "note": (_("Note"), ""),
    "quality.technology": (_("Technology"), ""),
    "quality.geography": (_("Geography"), ""),
    "quality.time": (_("Time"), ""),
    "quality.precision": (_("Precision"), ""),
    "uncertainty.distribution": (_("Uncertainty of the amount"), ""),
    "uncertainty.spread": (
        _("Spread"),
        _("Lognormal: geometric standard deviation, at least 1. Normal: SD divided by the amount"),
    ),
    "uncertainty.low": (_("Low, as a multiple of the amount"), ""),
    "uncertainty.high": (_("High, as a multiple of the amount"), ""),
    "cut_off": (
        _("Cut off because"),
        _("With a reason here the line is listed and estimated, but not counted"),
    ),
    "allocate_to": (_("Belongs to one product only"), ""),
    "stated.value": (_("Value, kgCO2e"), ""),
    "stated.per": (_("per"), ""),
    "stated.source": (_("Source"), _("Report, certificate or supplier, with number and date")),
    "stated.year": (_("Year"), ""),
    "stated.geography": (_("Region"), ""),
    "stated.primary": (_("Calculated by the supplier for this very product"), ""),
    "stated.life_cycle": (
        _("Covers the life cycle"),
        _("From raw materials on, not only what burns at the plant"),
    ),
    "stated.primary_share": (_("Supplier's own primary data share, 0 to 1"), ""),
}
# The parts of a certificate, in the order of its row.
CERTIFICATE: Mapping[str, Words] = {
    "number": _("Certificate number"),
    "kwh": _("kWh used here"),
    "cancelled_on": _("Cancelled on"),
    "cancelled_for": _("Cancelled for"),
    "generated": _("Generated in"),
}
SOLD: Mapping[bool, Words] = {False: _("not sold"), True: _("sold to others")}
# Fields of the study that a draft may lack.
STUDY_FIELDS: Mapping[str, Words] = {
    "product.name": _("Product"),
    "unit": _("Functional or declared unit"),
    "unit.quantity": _("Functional or declared unit"),
    "unit.quantity.amount": _("Amount of the unit"),
    "unit.quantity.unit": _("Unit"),
    "boundary": _("System boundary"),
    "boundary.kind": _("System boundary"),
    "period": _("Data period"),
    "period.start": _("Begin of the data period"),
    "period.end": _("End of the data period"),
    "geography": _("Region"),
    "gwp": _("Global warming potentials"),
}
