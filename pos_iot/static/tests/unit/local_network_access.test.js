import { describe, expect, test } from "@odoo/hoot";
import { needsLocalNetworkAccess } from "@pos_iot/app/devices/local_network_access";

describe.current.tags("headless");

const orderPrinters = (...types) => ({
    "pos.printer": types.map((printer_type) => ({ printer_type })),
});
const EPSON = { other_devices: true, epson_printer_ip: "192.168.1.30" };

test("an encrypted page needs it, and no other", () => {
    expect(needsLocalNetworkAccess("https:", {}, orderPrinters("iot_device"))).toBe(true);
    expect(needsLocalNetworkAccess("http:", {}, orderPrinters("iot_device"))).toBe(false);
});

test("shops with Epson printers decide it themselves", () => {
    expect(needsLocalNetworkAccess("https:", EPSON, orderPrinters())).toBe(false);
    expect(needsLocalNetworkAccess("https:", {}, orderPrinters("epson_epos"))).toBe(false);
});
