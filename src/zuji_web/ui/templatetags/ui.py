"""Template tags of the house; loaded in every template."""

from django import template

register = template.Library()
