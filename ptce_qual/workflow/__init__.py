"""The jobs of the tool, each readable on one screen: run, check, diff, verify, explain."""
