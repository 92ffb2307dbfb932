"""The app: `streamlit run app.py`."""

from csomap.ui import frame

frame.navigate().run()
