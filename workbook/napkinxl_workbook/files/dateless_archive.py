"""A zip file without the time at which it was made."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from _typeshed import SizedBuffer

# The first moment that a zip file can name, which Excel writes too.
_ZIP_DATE: Final = (1980, 1, 1, 0, 0, 0)


class DatelessArchive(ZipFile):
    """A zip file whose parts all bear the same date, so that equal content gives equal bytes."""

    def writestr(
        self,
        zinfo_or_arcname: str | ZipInfo,
        data: str | SizedBuffer,
        compress_type: int | None = ZIP_DEFLATED,
        compresslevel: int | None = None,
    ) -> None:
        """Add a part; the date that a `ZipInfo` brings is replaced."""
        name = zinfo_or_arcname.filename if isinstance(zinfo_or_arcname, ZipInfo) else zinfo_or_arcname
        super().writestr(_part(name), data, compress_type, compresslevel)

    def stream(self, name: str, most_bytes: int) -> IO[bytes]:
        """Open a part that is written bit by bit, of at most so many bytes: large ones need the form Zip64."""
        part = _part(name)
        part.compress_type = ZIP_DEFLATED
        part.file_size = most_bytes
        return self.open(part, "w")


def _part(name: str) -> ZipInfo:
    part = ZipInfo(name, date_time=_ZIP_DATE)
    part.create_system = 0  # else Windows and Linux differ by one byte a part
    return part
