"""Real parts for the system tests: Odoo servers, PostgreSQL clusters, stock boxes, a browser."""
