"""Reading in a process of its own: what a hostile or damaged file can end is never zyw itself.

`host` starts one child when the first such file comes and asks it for every other; `guest` is what the child runs, with
a limit of memory and a clock; `wire` is how the two talk. A child that died, or took too long, is one problem of one
file, and the next file gets a new child.
"""
