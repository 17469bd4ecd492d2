"""The board (看板): one html file for a leader's screen, with every school's explanation, that needs no network.

Everything is in the page as plain html: with scripts switched off it is a long page, with them it sorts and filters.
"""
