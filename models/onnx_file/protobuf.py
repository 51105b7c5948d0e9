"""Protobuf's wire format (protobuf.dev/encoding), read without its library. Only the standard library."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

VARINT = 0
LENGTH_DELIMITED = 2
_FIXED_BYTES = {1: 8, 5: 4}
# A network of a thousand layers has some ten thousand fields; a file of nothing but fields would keep Python busy
# for minutes.
_MAX_FIELDS = 300_000


class Field(NamedTuple):
    """One field of a message: its number, how it is written, and where its value lies."""

    number: int
    wire_type: int
    start: int
    end: int


class WireReader:
    """Walks through a serialised message, as far as an honest file goes.

    Args:
        data: the bytes of the outermost message.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._fields_left = _MAX_FIELDS

    def fields(self, start: int, end: int) -> Iterator[Field]:
        """The fields of the message that lies from `start` to `end`.

        Raises:
            ValueError: the bytes are no message, or there is more to read than any network has.
        """
        position = start
        while position < end:
            self._fields_left -= 1
            if self._fields_left < 0:
                raise ValueError(f"more than {_MAX_FIELDS} fields")
            key, position = self._varint(position)
            # protobuf's own readers keep 32 bits of a key: a larger one would be another field to them than here
            number, wire_type = key >> 3, key & 7
            if number == 0 or key >= 1 << 32:
                raise ValueError(f"field {number}")
            if wire_type == VARINT:
                _, after = self._varint(position)
            elif wire_type == LENGTH_DELIMITED:
                length, position = self._varint(position)
                after = position + length
            elif wire_type in _FIXED_BYTES:
                after = position + _FIXED_BYTES[wire_type]
            else:
                raise ValueError(f"wire type {wire_type}")
            if after > end:
                raise ValueError("field past the end")
            yield Field(number, wire_type, position, after)
            position = after

    def parts(self, message: Field) -> Iterator[Field]:
        """The fields of a message that is itself a field.

        Raises:
            ValueError: as for `fields`.
        """
        if message.wire_type != LENGTH_DELIMITED:
            raise ValueError(f"field {message.number} is no message")
        return self.fields(message.start, message.end)

    def text(self, field: Field) -> str:
        """A field's value as text.

        Raises:
            ValueError: it is not UTF-8.
        """
        return self.data[field.start : field.end].decode()

    def integers(self, field: Field) -> Iterator[int]:
        """The numbers of a field of int32, int64 or an enumeration, packed or not.

        Raises:
            ValueError: the bytes are no numbers.
        """
        if field.wire_type not in (VARINT, LENGTH_DELIMITED):
            raise ValueError(f"field {field.number} holds no whole numbers")
        position = field.start
        while position < field.end:
            value, position = self._varint(position)
            yield _signed(value)

    def _varint(self, position: int) -> tuple[int, int]:
        value = 0
        for shift in range(0, 70, 7):
            if position >= len(self.data):
                raise ValueError("number past the end")
            byte = self.data[position]
            position += 1
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value, position
        raise ValueError("number too long")


def _signed(value: int) -> int:
    """64 bits as protobuf keeps them, in two's complement."""
    value &= (1 << 64) - 1
    return value - (1 << 64) if value >> 63 else value
