"""Reads finished papers back and proves that their numbers are the facts, and agree within and across papers.

`marks` prints a paper once more with every fact between two signs, `reading` takes the words out of a file of any
kind, `proving` holds the finished file against the marked one, `balance` says which numbers must add up to which.
"""
