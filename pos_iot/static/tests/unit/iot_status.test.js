import { expect, test } from "@odoo/hoot";
import { animationFrame, click, queryAllTexts } from "@odoo/hoot-dom";
import { definePosModels } from "@point_of_sale/../tests/unit/data/generate_model_definitions";
import { MockServer, mountWithCleanup } from "@web/../tests/web_test_helpers";
import { MainComponentsContainer } from "@web/core/main_components_container";
import { IotStatus } from "@pos_iot/app/status/iot_status";
import { setUpShop } from "./shop";

definePosModels();

test("the worst is seen at a glance, and each device behind it", async () => {
    const { store } = await setUpShop({ iot_receipt_printer_id: 1, iot_scale_id: 3 });
    await mountWithCleanup(MainComponentsContainer);
    await mountWithCleanup(IotStatus);
    expect(".o_iot_status").toHaveAttribute("data-level", "success");
    expect(".o_iot_status").toHaveAttribute("title", "All IoT devices are connected");
    MockServer.env["iot.device"].write([3], { status: "disconnected" });
    await store.iot.refresh();
    await animationFrame();
    expect(".o_iot_status").toHaveAttribute("data-level", "danger");
    await click(".o_iot_status");
    await animationFrame();
    expect(queryAllTexts(".o_iot_device")).toEqual([
        "Receipts\nConnected",
        "Scale\nUnplugged or switched off",
    ]);
});

test("the devices are asked again on demand", async () => {
    await setUpShop({ iot_receipt_printer_id: 1 });
    await mountWithCleanup(MainComponentsContainer);
    await mountWithCleanup(IotStatus);
    await click(".o_iot_status");
    await animationFrame();
    MockServer.env["iot.device"].write([1], { status: "box_offline" });
    await click(".modal-footer button:contains(Check again)");
    await animationFrame();
    await animationFrame();
    expect(queryAllTexts(".o_iot_device")).toEqual(["Receipts\nShop floor is offline"]);
});
