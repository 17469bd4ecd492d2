"""What would be otherwise: under other rows, under another scheme, and whose score and place change."""
