"""``python -m matcher.cli``: the commands."""

from . import main

main()
