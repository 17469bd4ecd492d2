"""Ledgers passed on and compared: many returns into one, one into many, two against each other.

Everything here works on tables as read (`zyw.asread`), stacked column by column (`zyw.exchange.stack`).
"""
