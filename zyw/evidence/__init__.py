"""What proves a month: the record of what went in and came out, seals over files, what differs between two results."""
