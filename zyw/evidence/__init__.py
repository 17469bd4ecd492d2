"""What proves a month: the record of what went in and came out, seals over files, and what differs between two results."""
