"""The app: `streamlit run app.py`."""

from csomap.ui import frame, turns, warm

with turns.turn():
    warm.settled.count_run()
    frame.navigate().run()
