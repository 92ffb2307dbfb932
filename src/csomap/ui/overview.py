import streamlit as st

from csomap.ui.view import View


def show(view: View) -> None:
    st.write("x")
