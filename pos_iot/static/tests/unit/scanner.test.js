import { expect, test } from "@odoo/hoot";
import { advanceTime } from "@odoo/hoot-mock";
import { definePosModels } from "@point_of_sale/../tests/unit/data/generate_model_definitions";
import { patchWithCleanup } from "@web/../tests/web_test_helpers";
import { setUpShop } from "./shop";

definePosModels();

async function setUpScanner() {
    const shop = await setUpShop({ iot_scanner_ids: [5] });
    const reader = { scan: async (code) => expect.step(code) };
    patchWithCleanup(shop.store, { barcodeReader: reader });
    return shop;
}

test("what a scanner reads is scanned", async () => {
    const { listeners } = await setUpScanner();
    expect(listeners).toHaveLength(1);
    expect(listeners[0].device.identifier).toBe("usb_05e0:1200");
    listeners[0].onEvent({ time: 10, value: "5449000000996" });
    listeners[0].onEvent({ time: 11, value: "" });
    listeners[0].onEvent({ time: 12, value: "5449000000996" });
    expect.verifySteps(["5449000000996", "5449000000996"]);
});

test("a box that could not be heard is listened to again, and repeats nothing", async () => {
    const { listeners } = await setUpScanner();
    listeners[0].onEvent({ time: 10, value: "one" });
    listeners[0].resolve(false);
    await advanceTime(1);
    await advanceTime(10_000);
    expect(listeners).toHaveLength(2);
    listeners[1].onEvent({ time: 10, value: "one" });
    listeners[1].onEvent({ time: 11, value: "two" });
    expect.verifySteps(["one", "two"]);
});
