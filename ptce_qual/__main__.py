"""`python -m ptce_qual`: the same as `ptce-qual`."""

from ptce_qual.cli import console_script

if __name__ == "__main__":
    console_script()
