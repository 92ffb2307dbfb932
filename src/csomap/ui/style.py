"""How pages look beyond the theme: direction of reading, calm figures, meeting mode."""

from html import escape

import streamlit as st

from csomap.i18n import direction

_ALL = """
[data-testid="stMainBlockContainer"]{padding-top:2.2rem;padding-bottom:3rem;max-width:1500px}
[data-testid="stHeader"]{background:transparent;height:2.6rem}
[data-testid="stSidebarHeader"]{height:2.4rem;padding-top:.4rem;padding-bottom:0}
[data-testid="stSidebarUserContent"]{padding-top:.2rem;padding-bottom:1.5rem}
[data-testid="stSidebarUserContent"] [data-testid="stVerticalBlock"]{gap:.55rem}
[data-testid="stSidebar"] [data-testid="stHeading"] h3{padding:.6rem 0 .45rem}
[data-testid="stCaptionContainer"],[data-testid="stCaptionContainer"] p{color:#52606D;opacity:1}
[data-testid="stMetricLabel"] p{font-size:.95rem;color:#1F2933;white-space:normal}
[data-testid="stMetricLabel"] > div{white-space:normal;overflow:visible}
[data-testid="stMetricValue"]{color:#0F5C63;font-variant-numeric:tabular-nums;font-weight:600}
[data-testid="stHeading"] h1{padding:0;letter-spacing:0}
[data-testid="stHeading"] h2{padding:.7rem 0 .1rem;letter-spacing:0}
[data-testid="stHeading"] h3{padding:.4rem 0 .1rem;letter-spacing:0}
[data-testid="stMarkdownContainer"] ol{padding-inline-start:2em} /* numbers of two digits stay inside */
.csomap-brand{font-weight:650;font-size:1.15rem;color:#0F5C63}
.csomap-meeting{font-size:1.25rem;font-weight:650;margin:0}
.csomap-question{font-size:1.1rem;color:#52606D;margin:-.15rem 0 0}
.csomap-shown{font-size:.98rem;color:#1F2933;border-inline-start:3px solid #0F5C63;padding-inline-start:.6rem}
.csomap-banner{background:#FFF4D6;color:#5A3E00;border:1px solid #E8CF8B;border-radius:6px}
.csomap-banner{padding:.45rem .8rem;margin:0}
.csomap-text{max-width:75ch}
.csomap-text p{margin:0 0 .5rem}
.csomap-terms{display:grid;grid-template-columns:minmax(9rem,14rem) minmax(0,62ch);gap:.45rem 1.2rem;
margin:0;padding:0!important}
.csomap-terms dt{font-weight:600}
.csomap-terms dt,.csomap-terms dd{margin:0;padding:0}
.csomap-who{list-style:none;margin:0!important;padding:0!important}
.csomap-who li{margin:0!important;padding:.4rem 0;border-bottom:1px solid #E4E7EB}
.csomap-who b{display:block;font-weight:600}
.csomap-who span{display:block;color:#52606D;font-size:.92rem}
.csomap-scroll{overflow-x:auto}
.csomap-grid{border-collapse:collapse;font-size:.95rem;width:100%}
.csomap-grid th,.csomap-grid td{text-align:start;padding:.35rem 0;border-bottom:1px solid #E4E7EB}
.csomap-grid th,.csomap-grid td{padding-inline-end:.8rem;vertical-align:top}
.csomap-group{font-size:.85rem;color:#52606D;margin:.35rem 0 -.45rem}
.csomap-figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:.7rem}
.csomap-figure{border:1px solid #D5DBE0;border-radius:6px;padding:.7rem .9rem}
.csomap-figure b{display:block;font-size:1.9rem;line-height:1.2;color:#0F5C63;font-weight:600}
.csomap-figure span{display:block;font-weight:600}
.csomap-figure small{display:block;color:#52606D;font-size:.87rem;line-height:1.35;margin-top:.15rem}
.csomap-rows{display:grid;grid-template-columns:minmax(0,1fr) auto;font-size:.95rem;max-width:56rem}
.csomap-rows > *{padding:.32rem 0;border-bottom:1px solid #E4E7EB}
.csomap-rows > :nth-child(even){text-align:end;font-weight:600;font-variant-numeric:tabular-nums}
.csomap-holes{display:grid;grid-template-columns:minmax(0,1fr) minmax(3rem,9rem) auto;max-width:56rem}
.csomap-holes > *{padding:.32rem 0;border-bottom:1px solid #E4E7EB;font-size:.95rem}
.csomap-holes > bdi{text-align:end;font-weight:600;padding-inline-start:.8rem}
.csomap-holes > bdi{font-variant-numeric:tabular-nums}
.csomap-holes small{display:block;color:#52606D;font-size:.87rem;line-height:1.35}
.csomap-bar{display:flex;align-items:center;padding-inline-start:.8rem}
.csomap-bar i{display:block;height:.6rem;background:#52606D;border:1px solid #52606D;min-width:1px}
iframe[title="streamlit_folium.st_folium"]{border:1px solid #D5DBE0;border-radius:6px}
[data-testid="stPageLink-NavLink"]{padding:.15rem .5rem;min-height:0}
[data-testid="stMain"] [data-testid="stPageLink-NavLink"] p{color:#0F5C63;text-decoration:underline}
[data-testid="stMain"] [data-testid="stPageLink-NavLink"]{padding-inline-start:0}
.csomap-finding{margin:0;line-height:1.5}
[data-testid="stBaseButton-tertiary"] p{color:#0F5C63;text-decoration:underline}
:is(a,button,summary,input,textarea,iframe,[role="button"]):focus-visible{outline:3px solid #0F5C63}
[data-testid="stMain"]:focus-visible{outline:3px solid #0F5C63!important;outline-offset:-3px}
.csomap-print{display:none}
.st-key-map_whole:fullscreen{background:#FFFFFF;padding:1.2rem;overflow:auto}
.st-key-map_whole:fullscreen iframe[title="streamlit_folium.st_folium"]{height:calc(100vh - 9rem)!important}
.st-key-map_whole:fullscreen .st-key-map_list{height:calc(100vh - 8rem)!important;max-height:none!important}
.st-key-map_whole:fullscreen :is([class*="_files"],[data-testid="stExpander"]){display:none}
@media (max-width:640px){
[data-testid="stMainBlockContainer"]{padding-inline:.8rem}
.csomap-terms{grid-template-columns:minmax(0,1fr)}
.csomap-terms dd{margin-bottom:.4rem}
.csomap-holes{grid-template-columns:minmax(0,1fr) minmax(4rem,7rem)}
.csomap-holes .csomap-bar{display:none}
:is(.st-key-gaps_heat,.st-key-transition_months){overflow-x:auto}
.st-key-gaps_heat > *{min-width:44rem}
.st-key-transition_months > *{min-width:60rem}
}
@media print{
@page{size:A4 landscape;margin:10mm}
[data-testid="stSidebar"],[data-testid="stHeader"],[data-testid="stToolbar"],[data-testid="stPageLink"],
[data-testid="stMain"] :is([data-testid="stSelectbox"],[data-testid="stCheckbox"],[data-testid="stExpander"],
[data-testid="stButton"],.csomap-question,[class*="_files"]){display:none!important}
:is([data-testid="stApp"],[data-testid="stAppViewContainer"],[data-testid="stMain"]){position:static!important}
:is([data-testid="stApp"],[data-testid="stAppViewContainer"],[data-testid="stMain"]){height:auto!important}
:is([data-testid="stApp"],[data-testid="stAppViewContainer"],[data-testid="stMain"]){overflow:visible!important}
[data-testid="stMainBlockContainer"]{padding:0!important;max-width:none}
[data-testid="stHeading"] h1{font-size:1.3rem}
[data-testid="stHeading"]{margin-bottom:.5rem}
.csomap-banner{font-size:.8rem;padding:.2rem .5rem}
.csomap-print{display:block;font-size:.75rem;color:#1F2933;margin:0}
.st-key-map_whole [data-testid="stColumn"]:first-child{flex:0 0 40%!important;min-width:0}
.st-key-map_whole iframe{width:calc(var(--csomap-width)*var(--csomap-scale))!important;border:0}
.st-key-map_whole iframe{height:calc(var(--csomap-height)*var(--csomap-scale))!important}
.st-key-map_list{height:auto!important;max-height:none!important;overflow:visible!important}
[data-testid="stVerticalBlock"],[data-testid="stHorizontalBlock"]{gap:.35rem!important}
.csomap-who{columns:2;column-gap:.8rem;font-size:.62rem;line-height:1.25}
.csomap-who li{break-inside:avoid;padding:.1rem 0!important}
.csomap-who span{display:inline;font-size:.56rem}
.csomap-who span + span::before{content:" · "}
:has(> .st-key-map_whole) ~ *{display:none!important}
}
"""
_RIGHT_TO_LEFT = """
[data-testid="stApp"],[data-testid="stDialog"],.react-aria-Popover,[data-rac][role="listbox"]{direction:rtl}
[data-testid="stMarkdownContainer"],[data-testid="stCaptionContainer"],[data-rac][role="option"],
[data-testid="stWidgetLabel"],h1,h2,h3,p,li{text-align:start}
.csomap-question{margin-top:.25rem}
[data-testid="stMetricValue"],[data-testid="stMetricDelta"]{direction:ltr;unicode-bidi:isolate;text-align:end}
#js-plotly-tester,.js-plotly-plot,[data-testid="stDataFrame"]{direction:ltr}
[data-testid="stExpander"] summary [data-testid="stIconMaterial"]{transform:scaleX(-1)}
[data-testid="stSidebar"][data-collapsed="true"]{transform:translateX(300px)!important}
[data-testid="stButtonGroup"] button{border-width:1px!important;border-radius:0!important}
[data-testid="stButtonGroup"] button{margin:0 0 0 -1px!important}
[data-testid="stProgressBarTrack"]{transform:scaleX(-1)}
[data-testid="stMarkdownContainer"] li{margin-left:0!important;margin-right:1.15em!important}
[data-testid="stButtonGroup"] button:not([data-selected]){border-color:#D5DBE0!important}
[data-testid="stSidebarCollapseButton"] [data-testid="stIconMaterial"],
[data-testid="stExpandSidebarButton"] [data-testid="stIconMaterial"]{transform:scaleX(-1)}
"""
_MEETING = """
[data-testid="stSidebar"],[data-testid="stExpandSidebarButton"],[data-testid="stToolbar"],
[data-testid="stHeader"],[data-testid="stCaptionContainer"],.csomap-question{display:none}
html{font-size:clamp(18px,1.35vw,26px)}
[data-testid="stMainBlockContainer"]{padding-top:2.6rem;max-width:none}
[data-testid="stMainBlockContainer"] > [data-testid="stVerticalBlock"]{gap:.6rem}
.st-key-meeting_bar{position:fixed;top:.15rem;inset-inline-end:1.5rem;z-index:90;width:auto!important}
[data-testid="stHeading"]{padding-bottom:.5rem}
.csomap-banner{font-size:.8rem;padding:.15rem .6rem}
.csomap-shown{font-size:.85rem}
.csomap-source{font-size:.75rem;color:#52606D;margin:0}
[data-testid="stMain"]:has(.csomap-meeting) h1{position:absolute;width:1px;height:1px;overflow:hidden}
[data-testid="stMain"]:has(.csomap-meeting) h1{clip-path:inset(50%)}
"""
# Tables do not mirror: their columns are set in reverse, and this shows the first one, at the right end.
# A button whose words come from the style (`uploads.dressed`) is given them as its name too.
_AMENDED = """
if (!window.csomapAmended) {
  window.csomapAmended = new MutationObserver(() => {
    document.querySelectorAll('[data-testid="stFileUploaderDropzone"] button').forEach((button) => {
      const [, words] = getComputedStyle(button, "::after").content.match(/^"(.*)"$/) || [];
      if (words && button.ariaLabel !== words) button.ariaLabel = words;
    });
    if (document.documentElement.dir !== "rtl") return;
    document.querySelectorAll(".dvn-scroller:not([data-csomap])").forEach((table) => {
      if (table.scrollWidth <= table.clientWidth) return;
      table.dataset.csomap = "1";
      table.scrollLeft = table.scrollWidth;
    });
  });
  window.csomapAmended.observe(document.body, {childList: true, subtree: true, attributes: true});
}
"""


def say(text: str, looks: str) -> None:
    """Write a sentence in the look of a class above; nothing in it is markup."""
    st.html(f'<p class="csomap-{looks}">{escape(text)}</p>')


def apply(lang: str, present: bool) -> None:
    """Set language and direction of the page, and its style."""
    way = direction(lang)
    looks = _ALL + (_RIGHT_TO_LEFT if way == "rtl" else "") + (_MEETING if present else "")
    st.html(f"<style>{looks}</style>")
    told = f'document.documentElement.lang="{lang}";document.documentElement.dir="{way}";'
    st.html(f"<script>{told}{_AMENDED}</script>", unsafe_allow_javascript=True)
