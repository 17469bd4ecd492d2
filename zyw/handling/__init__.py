"""督办: where each issue and task stands on a day, by the scheme's own rules of handling (办理).

`docket.docket` is what papers, tables and `zyw overdue` read; `records` says what it holds.
"""
