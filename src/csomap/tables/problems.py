"""Problems in the words of a language."""

import pandas as pd

from csomap.i18n import t


def told(problems: pd.DataFrame, lang: str = "en") -> pd.DataFrame:
    """Return source_row, column, value, reason, suggestion for PROBLEMS: where, what and how to mend it."""
    codes = list(zip(problems["code"], problems["hint"], strict=True))
    return pd.DataFrame(
        {
            "source_row": problems["source_row"],
            "column": problems["column"],
            "value": problems["value"],
            "reason": [t(f"problem.{code}.reason", lang) for code, _ in codes],
            "suggestion": [_suggestion(code, hint, lang) for code, hint in codes],
        }
    )


def _suggestion(code: str, hint: str, lang: str) -> str:
    plain = t(f"problem.{code}.suggestion", lang)
    words = t(f"problem.{code}.suggestion", lang, hint=hint)
    return f"{words} {t('problem.nearest', lang, hint=hint)}" if hint and words == plain else words
