"""Points of sale, made as their administrator makes them."""

APPLE = "Apple"  # by the piece, 2.50
APPLE_BARCODE = "4006381333931"
CHEESE = "Cheese"  # by weight, 10.00 a kilogram
SOUP = "Soup"  # 4.00, from the kitchen
CASHIER = "cashier"  # login and password of a user who sells, and may do nothing else


class Shop:
    """What is sold in a database, and where.

    :param server: a running server with Point of Sale
    """

    def __init__(self, server):
        self._server = server
        server.login()
        cashier = {"name": "Cashier", "login": CASHIER, "password": CASHIER}
        groups = ("base", "group_user"), ("point_of_sale", "group_pos_user")
        cashier["group_ids"] = [self._id(*group) for group in groups]
        server.call_kw("res.users", "create", [cashier])
        kilogram = self._id("uom", "product_uom_kgm")
        self._sell(APPLE, 2.5, barcode=APPLE_BARCODE)
        self._sell(CHEESE, 10, to_weight=True, uom_id=kilogram)
        self._kitchen = server.call_kw("pos.category", "create", [{"name": "Kitchen"}])
        self._sell(SOUP, 4, pos_categ_ids=self._kitchen)

    def _id(self, module, name):
        statement = "select res_id from ir_model_data where module = %s and name = %s"
        [[number]] = self._server.sql(statement, (module, name))
        return number

    def _sell(self, name, price, **values):
        values |= {"name": name, "list_price": price, "available_in_pos": True, "taxes_id": []}
        self._server.call_kw("product.template", "create", [values])

    def point_of_sale(self, name, **values):
        """:return: the number of a new point of sale where one pays in cash"""
        call = self._server.call_kw
        code = name.replace(" ", "")[-5:].upper()
        journal = {"name": f"Cash of {name}", "code": code, "type": "cash"}
        [journal_id] = call("account.journal", "create", [journal])
        cash = {"name": "Cash", "journal_id": journal_id}
        payment_methods = call("pos.payment.method", "create", [cash])
        values |= {"name": name, "payment_method_ids": payment_methods}
        [config_id] = call("pos.config", "create", [values])
        return config_id

    def receipt_printers(self):
        """:return: the numbers of the devices, as they are plugged in"""
        domain = [["subtype", "=", "receipt_printer"]]
        devices = self._server.call_kw("iot.device", "search_read", domain, ["identifier"])
        return [device["id"] for device in sorted(devices, key=lambda found: found["identifier"])]

    def orders(self, config_id):
        """:return: the amounts of the orders paid there, as the server knows them"""
        domain = [["config_id", "=", config_id], ["state", "=", "paid"]]
        orders = self._server.call_kw("pos.order", "search_read", domain, ["amount_total"])
        return [order["amount_total"] for order in orders]

    def associate(self, config_id, box):
        """Let a point of sale use the devices of a box."""
        domain = [["identifier", "=", box.identifier]]
        [box_id] = self._server.call_kw("iot.box", "search", domain)
        self._server.call_kw("pos.config", "associate_iot_box", [config_id], box_id)

    def add_order_printer(self, config_ids, device_id):
        """Let what comes from the kitchen be ordered there on paper."""
        printer = {
            "name": "Kitchen",
            "printer_type": "iot_device",
            "iot_device_id": device_id,
            "product_categories_ids": self._kitchen,
        }
        printers = self._server.call_kw("pos.printer", "create", [printer])
        values = {"is_order_printer": True, "printer_ids": printers}
        self._server.call_kw("pos.config", "write", config_ids, values)
