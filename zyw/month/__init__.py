"""The month of a workspace: what it is made of, how it is written, sealed, proved and set right.

`making` computes what the table `zyw.agenda.steps` lists, `placing` puts it in place, `summary` and `log` tell
of it, `lock` keeps two runs apart. `closing`, `proving` and `restating` are for afterwards.
"""
