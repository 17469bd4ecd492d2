"""The tests of zyw, flat: one file a module."""
