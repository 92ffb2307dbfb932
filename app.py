"""The app: `streamlit run app.py`."""

from csomap.ui import frame, turns

with turns.turn():
    frame.navigate().run()
