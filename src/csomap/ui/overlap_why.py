"""What an overlap might be, and why: the likely cause, the steps to its strength, and each reason in words.

Everything here is told from the record of flow.find_evidence; nothing is reckoned on the page.
"""

import pandas as pd
import streamlit as st

from csomap import figures
from csomap.ui import charts, evidence, names, state
from csomap.ui.judged import Judged
from csomap.ui.view import View
from csomap.ui.wording import quoted


def chosen(view: View, found: Judged, overlap_id: str) -> "pd.Series[str] | None":
    """Draw the choice among the pairs of organisations of a row, if there are several; return the pair.

    At sector level there is none to choose.
    """
    pairs = found.pairs(overlap_id)
    if pairs.empty:
        return None
    codes = _codes(pairs)
    kept = state.kept("pair")
    at = kept if kept in codes else _first(found.standing(overlap_id), codes)
    if len(codes) > 1:
        _choose(view, pairs, codes, at)
    return pairs.iloc[codes.index(at)]


def _codes(pairs: pd.DataFrame) -> list[str]:
    return [f"{one};{two}" for one, two in zip(pairs["org_a"], pairs["org_b"], strict=True)]


def _first(standing: pd.DataFrame, codes: list[str]) -> str:
    """Return the strongest pair that waits for a verdict, else the strongest one."""
    return next(iter(_codes(standing[standing["verdict"] == "undecided"])), codes[0])


def _choose(view: View, pairs: pd.DataFrame, codes: list[str], at: str) -> None:
    key = "overlaps_pair"
    told = {code: _pair(view, row) for code, (_, row) in zip(codes, pairs.iterrows(), strict=True)}
    st.session_state[key] = at
    st.selectbox(
        view.t("overlap.pair.label", n=len(codes)),
        codes,
        key=key,
        format_func=told.__getitem__,
        on_change=lambda: state.keep("pair", st.session_state[key]),
    )


def _pair(view: View, pair: "pd.Series[str]") -> str:
    both = both_names(view, pair["org_a"], pair["org_b"])
    if pair["kind"] != "overlap":
        return view.t("overlap.pair.together", pair=both, kind=view.t(f"overlap.kind.{pair['kind']}"))
    return view.t("overlap.pair.told", pair=both, strength=int(pair["strength"]), n=int(pair["days"]))


def both_names(view: View, org_a: str, org_b: str) -> str:
    """Return the names of two organisations."""
    one, two = (names.organisation(view, org_id) for org_id in (org_a, org_b))
    return view.t("overlap.pair.both", one=one, two=two)


def show(view: View, pair: "pd.Series[str]", reasons: pd.DataFrame, key: str) -> None:
    """Draw the likely cause of a pair (ORG_PAIRS), the waterfall and the sentences of its EVIDENCE."""
    _cause(view, pair, reasons)
    st.markdown(f"**{view.t('overlap.card.strength', n=int(pair['strength']))}**")
    st.caption(view.t("overlap.card.strength_is"))
    steps = reasons.assign(
        name=[view.t(f"evidence.label.{reason}") for reason in reasons["reason"]],
        told=evidence.sentences(view, reasons),
        line=evidence.sentences(view, reasons, quoted),
    )
    told = figures.described_waterfall(steps, view.lang)
    charts.draw(view, f"{key}_waterfall", figures.waterfall, steps, view.lang, alt=told)
    st.markdown(f"**{view.t('overlap.card.why')}**")
    speaks = steps["points"] != 0
    st.markdown(_lines(steps[speaks], view.lang))
    if not speaks.all():
        with st.expander(view.t("overlap.card.also", n=int((~speaks).sum()))):
            st.markdown(_lines(steps[~speaks], view.lang))


def _lines(steps: pd.DataFrame, lang: str) -> str:
    """Return the reasons as a list, with the points of those that have any: what the waterfall shows."""
    pairs = zip(steps["line"], steps["points"], strict=True)
    return "\n".join(
        f"- {line}" + (f" ({figures.signed(points, lang)})" if points else "") for line, points in pairs
    )


def _cause(view: View, pair: "pd.Series[str]", reasons: pd.DataFrame) -> None:
    """Say what it might be, as a possibility, with the reason that decided."""
    if not pair["cause"]:
        return
    deciding = reasons[reasons["reason"] == pair["cause_reason"]]
    because = evidence.sentences(view, deciding, quoted)[:1]
    told = [view.t(f"overlap.cause_told.{pair['cause']}")]
    if because and because[0] and pair["cause"] != "none":
        told.append(view.t("overlap.card.because", reason=because[0]))
    st.markdown(f"**{view.t('overlap.card.cause')}** {' '.join(told)}")
