"""How host and guest talk: one question, one answer, each a pickle on a pipe.

The guest trusts the host. The host does not trust the guest, which has met a hostile file: of what comes back only
plain values and the few record types below are built.
"""

import pickle
from typing import Any, BinaryIO, Final

ALLOWED: Final = frozenset({
    ("datetime", "date"), ("datetime", "datetime"), ("datetime", "time"), ("datetime", "timedelta"),
    ("zyw.sheets", "Grid"), ("zyw.sheets", "Merge"), ("zyw.sheets", "Fill"),
    ("zyw.problems", "Problem"), ("zyw.problems", "Place"), ("zyw.codes", "Severity"),
})  # fmt: skip


def put(stream: BinaryIO, message: object) -> None:
    """Send one message."""
    pickle.dump(message, stream, protocol=5)
    stream.flush()


def take_trusted(stream: BinaryIO) -> Any:
    """Return the next message of the host; raises `EOFError` when it is gone."""
    return pickle.load(stream)


def take_guarded(stream: BinaryIO) -> Any:
    """Return the next message of the guest.

    Raises `EOFError` or `pickle.UnpicklingError` when it is cut off, or names what is not allowed.
    """
    return _Guarded(stream).load()


class _Guarded(pickle.Unpickler):
    """Builds nothing but what `ALLOWED` names."""

    def find_class(self, module_name: str, global_name: str, /) -> Any:
        """Return a class that is allowed; raises `pickle.UnpicklingError` for any other."""
        if (module_name, global_name) not in ALLOWED:
            raise pickle.UnpicklingError(f"{module_name}.{global_name}")
        return super().find_class(module_name, global_name)
