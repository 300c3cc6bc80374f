import { expect, test } from "@odoo/hoot";
import { definePosModels } from "@point_of_sale/../tests/unit/data/generate_model_definitions";
import { MockServer, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { OFFLINE, setUpShop } from "./shop";

definePosModels();

test("the display of the IoT box shows this point of sale from the start", async () => {
    const { calls } = await setUpShop({ iot_display_id: 4 });
    expect(calls).toHaveLength(1);
    const [{ device, action, args }] = calls;
    expect([device.identifier, action]).toEqual(["HDMI-A-1", "open"]);
    expect(args).toEqual({ pos_id: 1, access_token: localStorage.getItem("device_uuid") });
    expect(args.access_token).toMatch(/^[0-9a-f-]{36}$/);
});

test("a display whose box has started again shows this point of sale again", async () => {
    const { store, calls } = await setUpShop({ iot_display_id: 4 });
    const [display] = MockServer.env["iot.device"].browse(4);
    await store.iot.refresh();
    display.box_status = "no_push";
    await store.iot.refresh();
    expect(calls).toHaveLength(1);
    display.box_status = "online";
    await store.iot.refresh();
    expect(calls.map(({ action }) => action)).toEqual(["open", "open"]);
});

test("a display that is away is told, and keeps nobody from selling", async () => {
    const { store } = await setUpShop({ iot_display_id: 4 }, { answer: () => OFFLINE });
    patchWithCleanup(store.notification, {
        add: (text, { title }) => expect.step(`${title}: ${text}`),
    });
    expect(await store.openIotDisplay()).toBe(false);
    expect.verifySteps([
        "The customer display was not opened: The IoT box is offline. Check its power and its network.",
    ]);
});

test("without one nothing is opened", async () => {
    const { calls } = await setUpShop({ iot_receipt_printer_id: 1 });
    expect(calls).toEqual([]);
});
