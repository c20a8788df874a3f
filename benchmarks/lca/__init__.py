"""How fast whole databases are solved, beside bw2calc in the same run. See docs/benchmarks.md."""
