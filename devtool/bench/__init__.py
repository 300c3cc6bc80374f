"""``./dev bench``: what the addon costs, beside what Odoo itself costs for doing nothing."""
