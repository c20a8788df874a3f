"""What others may want to know of rules; the book itself knows nobody who uses it."""

from django.dispatch import Signal

# Sent after a rule was adopted, in the same transaction: `rule` the RuleVersion, `by` the actor.
adopted = Signal()
