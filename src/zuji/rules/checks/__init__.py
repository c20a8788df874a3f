"""What each item of a conformity check looks at, one module a subject. `zuji.rules.conformity` runs them."""
