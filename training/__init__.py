"""How the shipped French pipeline is made; run by `make model` and `make evaluate`."""
