"""Points of sale, made as their administrator makes them."""

APPLE = "Apple"  # by the piece, 2.50
CHEESE = "Cheese"  # by weight, 10.00 a kilogram


class Shop:
    """What is sold in a database, and where.

    :param server: a running server with Point of Sale
    """

    def __init__(self, server):
        self._server = server
        server.login()
        [kilogram] = server.sql(
            "select res_id from ir_model_data where module = 'uom' and name = 'product_uom_kgm'"
        )[0]
        self._sell(APPLE, 2.5)
        self._sell(CHEESE, 10, to_weight=True, uom_id=kilogram)

    def _sell(self, name, price, **values):
        values |= {"name": name, "list_price": price, "available_in_pos": True, "taxes_id": []}
        self._server.call_kw("product.template", "create", [values])

    def point_of_sale(self, name, **values):
        """:return: the number of a new point of sale where one pays in cash"""
        call = self._server.call_kw
        code = name.split()[-1][:5].upper()
        journal = {"name": f"Cash of {name}", "code": code, "type": "cash"}
        [journal_id] = call("account.journal", "create", [journal])
        cash = {"name": "Cash", "journal_id": journal_id}
        payment_methods = call("pos.payment.method", "create", [cash])
        values |= {"name": name, "payment_method_ids": payment_methods}
        [config_id] = call("pos.config", "create", [values])
        return config_id

    def read(self, config_id, *fields):
        """:return: these fields of a point of sale"""
        [found] = self._server.call_kw("pos.config", "read", [config_id], fields)
        return found

    def orders(self, config_id):
        """:return: the amounts of the orders paid there, as the server knows them"""
        domain = [["config_id", "=", config_id], ["state", "=", "paid"]]
        orders = self._server.call_kw("pos.order", "search_read", domain, ["amount_total"])
        return [order["amount_total"] for order in orders]
