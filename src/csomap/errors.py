"""Every error a person may see: what happened, where, and how to mend it."""

from csomap.i18n import t

UNKNOWN_LAYOUT = ("file_no_header", "file_column_missing")  # somebody may say what the columns are


class CsomapError(Exception):
    """An error with a key into the catalogue, so that it can be told in any language."""

    exit_code = 1

    def __init__(self, key: str, **values: object) -> None:
        self.key = key
        self.values = values
        super().__init__(self.told("en"))

    def told(self, lang: str) -> str:
        """Return the message in `lang`."""
        return t(f"error.{self.key}", lang, **self.values)


class BadFile(CsomapError):
    """A file that cannot be read at all; nothing of it is stored."""

    exit_code = 2


class BadInput(CsomapError):
    """An argument, code or setting that does not exist or does not fit."""

    exit_code = 2


class Cancelled(CsomapError):
    """Somebody stopped the work; nothing of it is stored."""

    exit_code = 130

    def __init__(self) -> None:
        super().__init__("cancelled")


class BadReference(CsomapError):
    """A table under data/ or geo/ that breaks its own rules."""
