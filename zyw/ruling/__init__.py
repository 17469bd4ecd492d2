"""Applies a scheme's rules to what happened: events of any table → points, consequences, and what did not count.

`facts` and `matching` ask rows, `counting` says what counts once, `amounts` how much, `worth` how many points;
`relations` and `limits` settle what rules have to do with each other, `items` adds up; `apply` orders the steps.
"""
