"""A scheme as a workbook that a clerk edits, and back: laid out by the declarations of the language (`zyw.grammar`).

What a scheme says is a tree of located values. `writing` lays the tree out in sheets, `reading` builds the same tree of
the cells, each value at its cell; from there on it is read as the text is, so that every fault names its cell. A new
key of the language needs nothing here.
"""
