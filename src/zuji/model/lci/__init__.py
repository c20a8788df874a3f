"""The nouns of a life cycle inventory package: what every inventory format writes down.

Readers in `zuji.formats` turn bytes into a `Package` and a `Ledger`; `zuji.lca.network` links a package into
the arrays that are solved. Everything here is frozen and keeps the words of the source; what a format says
beyond these nouns travels in `extras`, so that writing the same format again loses nothing.
"""
