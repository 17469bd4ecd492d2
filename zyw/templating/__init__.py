"""Templates that people edit in Word, Excel or a text editor: one sandbox, one language, an engine a kind of file.

`{{ 名称 }}` prints a fact, `{% if %}` and `{% for %}` decide and repeat; in a table of Word and in a sheet of Excel
`{%tr for … %}` stands in a row of its own and repeats the rows down to its `{%tr endfor %}`.
"""
