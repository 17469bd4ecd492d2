"""治庸问责: ledgers and surveys in, ranked school tables and filled papers out."""

__version__ = "0.1.0"
