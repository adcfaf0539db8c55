"""What the resolution graph of one level says of a story, and how that changes."""

from kg.telling.teller import Teller, unpack

__all__ = ["Teller", "unpack"]
