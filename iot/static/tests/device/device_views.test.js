import { expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { mockService, mountView } from "@web/../tests/web_test_helpers";
import { changeBoxes, defineIotModels } from "../iot_test_helpers";

defineIotModels();

const mountDevices = (type, options = {}) =>
    mountView({ type, resModel: "iot.device", ...options });

test("the list follows the devices", async () => {
    await mountDevices("list");
    expect(queryAllTexts(".badge")).toEqual(["Connected", "Connected"]);
    await changeBoxes([2], (env) => env["iot.device"].write([12], { status: "box_offline" }));
    expect(queryAllTexts(".badge")).toEqual(["Connected", "Box offline"]);
});

test("the cards follow the devices", async () => {
    await mountDevices("kanban");
    await changeBoxes([2], (env) => env["iot.device"].create({ name: "Display", box_id: 2 }));
    expect(queryAllTexts(".o_kanban_record:not(.o_kanban_ghost)")).toEqual([
        "Scale",
        "Printer",
        "Display",
    ]);
});

test("the form follows the box of its device", async () => {
    await mountDevices("form", { resId: 11 });
    await changeBoxes([2], (env) => env["iot.device"].write([11], { name: "Old scale" }));
    expect("[name=name] input").toHaveValue("Scale");
    await changeBoxes([1], (env) => env["iot.device"].write([11], { name: "Kitchen scale" }));
    expect("[name=name] input").toHaveValue("Kitchen scale");
});

test("the form leaves for the list when the box took the device with it", async () => {
    mockService("action", {
        doAction(action) {
            expect.step(action);
        },
    });
    await mountDevices("form", { resId: 11 });
    await changeBoxes([1], (env) => env["iot.device"].unlink([11]));
    expect.verifySteps(["iot.iot_device_action"]);
});
