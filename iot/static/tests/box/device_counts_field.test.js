import { expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { mountView } from "@web/../tests/web_test_helpers";
import { defineIotModels, IotBox } from "../iot_test_helpers";

defineIotModels();

test("the counts are told in words", async () => {
    IotBox._records = [
        { id: 1, name: "Bar", device_count: 4, connected_device_count: 3 },
        { id: 2, name: "Kitchen", device_count: 0, connected_device_count: 0 },
    ];
    await mountView({
        type: "list",
        resModel: "iot.box",
        arch: `<list><field name="device_count" widget="iot_device_counts"/></list>`,
    });
    expect(queryAllTexts(".o_data_cell")).toEqual(["3 of 4 devices connected", "No devices yet"]);
});
