"""What is asked before a simulation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from zuji_web.products.actions.reports import MOST_SEED
from zuji_web.products.queries.simulations import FEWEST_RUNS, MOST_RUNS


class SimulationForm(forms.Form):
    """Number of runs and seed; the same seed gives the same result."""

    runs = forms.IntegerField(
        label=_("Runs"),
        min_value=FEWEST_RUNS,
        max_value=MOST_RUNS,
        help_text=_("1,000 to 10,000 are usual"),
    )
    seed = forms.IntegerField(
        label=_("Seed"),
        min_value=0,
        max_value=MOST_SEED,
        help_text=_("The same seed gives the same result"),
    )
