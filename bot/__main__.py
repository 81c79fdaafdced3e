"""`python -m bot` is `nuanyang`."""

from bot.cli import main

main()
