"""`python -m zyw` is `zyw`."""

from zyw.cli import main

main()
