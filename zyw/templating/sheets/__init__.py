"""Excel templates filled in the sheets' own XML: what holds no tag keeps its bytes, its styles and its settings.

`source` turns a sheet into a text that jinja can render, `moves` knows where each row went, `formulas` and `ranges`
move what refers to rows, `limits` refuses by name what is not understood, `template` puts it together.
"""
