"""The library that makes up what is sent: no part of Odoo, see `devtool/requirements.txt`."""

try:
    import hypothesis
except ImportError:
    hypothesis = None
