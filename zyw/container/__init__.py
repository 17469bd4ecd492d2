"""A workbook as a zip of parts: inflated under limits, read for its outline, written again part by part."""
