"""The pages, in Streamlit: words from the catalogue, numbers from flow, pictures from figures."""
