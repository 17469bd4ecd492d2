"""Finding the tables on a sheet: which rows are headers, which table each is, where each begins and ends.

`tables` is the door; `scored` weighs what a header could be, `areas` cuts a sheet into one area a table, `around` reads
the lines above and below, `wide` knows 材料报送 with a document a column, `pinned` puts in what a person decided.
"""
