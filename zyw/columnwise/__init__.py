"""Sheets too large for a list a row: kept by columns, read in blocks, without an object a cell.

A survey repeats few words a million times. As lists a cell costs eight bytes and its share of the collector's rounds;
as numbers into distinct words one or two bytes. What is different in nearly every row (序号, times, addresses, what
people wrote) stays as the bytes of the file until somebody asks for it.
"""
