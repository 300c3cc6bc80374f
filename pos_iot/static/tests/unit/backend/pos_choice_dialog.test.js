import { beforeEach, expect, test } from "@odoo/hoot";
import { animationFrame, Deferred } from "@odoo/hoot-mock";
import { sendBusMessage } from "@iot/../tests/iot_test_helpers";
import { definePosModels } from "@point_of_sale/../tests/unit/data/generate_model_definitions";
import { setupPosEnv } from "@point_of_sale/../tests/unit/utils";
import { openPosChoice } from "@pos_iot/backend/pos_choice/pos_choice";
import {
    contains,
    getMockEnv,
    makeServerError,
    mockService,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import { MainComponentsContainer } from "@web/core/main_components_container";
import { user } from "@web/core/user";

definePosModels(); // what Point of Sale adds to any page of these tests

const SHOP = { id: 1, name: "Shop", box_id: 9, box_name: "Old Box", has_undo: false, roles: [] };
const BAR = { id: 2, name: "Bar", box_id: false, box_name: false, has_undo: false, roles: [] };
const PRINTER = { label: "Receipt Printer", devices: ["EPSON TM-m30"] };
const SCALE = { label: "Scale", devices: ["Toledo"] };

let configs;

beforeEach(() => {
    configs = [SHOP, BAR];
    onRpc("iot.box", "get_pos_choice", ({ args }) => {
        expect.step(`choice ${args[0]}`);
        return { box_id: 1, box_name: "Kitchen", configs };
    });
    onRpc("pos.config", "associate_iot_box", ({ args: [[id], boxId] }) => {
        expect.step(`associate ${id} ${boxId}`);
        const config = configs.find((known) => known.id === id);
        return { ...config, box_id: 1, box_name: "Kitchen", has_undo: true, roles: [PRINTER] };
    });
    onRpc("pos.config", "undo_iot_association", ({ args: [[id]] }) => {
        expect.step(`undo ${id}`);
        return configs.find((known) => known.id === id);
    });
});

async function open(values = {}) {
    await setupPosEnv();
    await mountWithCleanup(MainComponentsContainer);
    await openPosChoice(getMockEnv(), { boxId: 1, ...values });
    await animationFrame();
    expect.verifySteps(["choice 1"]);
}

test("nothing appears where there is no point of sale to choose", async () => {
    configs = [];
    await open();
    expect(".modal").toHaveCount(0);
});

test("a point of sale without a box is proposed", async () => {
    await open();
    expect("#o_pos_iot_config").toHaveValue("2");
    expect("#o_pos_iot_config option").toHaveCount(2);
    expect(".modal").toHaveText(/Which point of sale uses the devices of Kitchen/);
});

test("what another box loses is told before", async () => {
    await open();
    expect(".modal").not.toHaveText(/Old Box/);
    await contains("#o_pos_iot_config").select("1");
    expect(".modal").toHaveText(/It uses Old Box now/);
});

test("to skip changes nothing", async () => {
    await open();
    await contains(".o_pos_iot_skip").click();
    expect(".modal").toHaveCount(0);
    expect.verifySteps([]);
});

test("the chosen point of sale gets the devices, and they are shown", async () => {
    await open();
    await contains("#o_pos_iot_config").select("1");
    await contains(".o_pos_iot_connect").click();
    expect.verifySteps(["associate 1 1"]);
    expect("[data-state=done]").toHaveText(/Shop uses Kitchen/);
    expect("dt").toHaveText("Receipt Printer");
    expect("dd").toHaveText("EPSON TM-m30");
});

test("the popup that has connected the box closes once a point of sale uses it", async () => {
    await open({ close: () => expect.step("close") });
    onRpc("pos.config", "associate_iot_box", () => {
        throw makeServerError({ type: "UserError", message: "Not now." });
    });
    await contains(".o_pos_iot_connect").click();
    expect.verifySteps([]);
    onRpc("pos.config", "associate_iot_box", () => ({ ...BAR, box_id: 1, box_name: "Kitchen" }));
    await contains(".o_pos_iot_connect").click();
    expect("[data-state=done]").toHaveCount(1);
    expect.verifySteps(["close"]);
});

test("a second click does not associate twice", async () => {
    const pending = new Deferred();
    onRpc("pos.config", "associate_iot_box", () => pending);
    await open();
    await contains(".o_pos_iot_connect").click();
    expect(".o_pos_iot_connect").not.toBeEnabled();
    expect("#o_pos_iot_config").not.toBeEnabled();
    pending.resolve({ ...BAR, box_id: 1, box_name: "Kitchen", has_undo: true });
    await animationFrame();
    expect("[data-state=done]").toHaveText(/no device that fits yet/);
});

test("devices that the box tells of later are shown", async () => {
    await open();
    await contains(".o_pos_iot_connect").click();
    expect.verifySteps(["associate 2 1"]);
    configs = [SHOP, { ...BAR, box_id: 1, box_name: "Kitchen", roles: [PRINTER, SCALE] }];
    await sendBusMessage("iot.box/changed", { box_ids: [7] });
    expect.verifySteps([]);
    await sendBusMessage("iot.box/changed", { box_ids: [1] });
    await animationFrame();
    expect.verifySteps(["choice 1"]);
    expect("dd:last").toHaveText("Toledo");
});

test("an association is taken back", async () => {
    await open();
    await contains("#o_pos_iot_config").select("1");
    await contains(".o_pos_iot_connect").click();
    await contains(".o_pos_iot_undo").click();
    expect.verifySteps(["associate 1 1", "undo 1"]);
    expect("[data-state=undone]").toHaveText("Shop uses Old Box again.");
    expect(".o_pos_iot_undo").toHaveCount(0);
});

test("the box is given to another point of sale, too", async () => {
    await open();
    await contains(".o_pos_iot_connect").click();
    await contains(".o_pos_iot_another").click();
    expect("[data-state=choosing]").toHaveText(/It uses this IoT Box already/);
    await contains("#o_pos_iot_config").select("1");
    await contains(".o_pos_iot_connect").click();
    expect.verifySteps(["associate 2 1", "associate 1 1"]);
});

test("a refusal is shown, and another choice is open", async () => {
    onRpc("pos.config", "associate_iot_box", () => {
        throw makeServerError({
            type: "UserError",
            message: "This IoT Box does not exist any more.",
        });
    });
    await open();
    await contains(".o_pos_iot_connect").click();
    expect(".modal .alert").toHaveText(/This IoT Box does not exist any more/);
    expect(".o_pos_iot_connect").toBeEnabled();
    await contains("#o_pos_iot_config").select("1");
    expect(".modal .alert").toHaveCount(0);
});

test("settings are opened for the point of sale that was chosen", async () => {
    patchWithCleanup(user, { isSystem: true });
    mockService("action", {
        doAction(action, { additionalContext }) {
            expect.step([action, additionalContext.active_model, additionalContext.active_id]);
        },
    });
    await open();
    await contains(".o_pos_iot_connect").click();
    await contains(".o_pos_iot_settings").click();
    expect.verifySteps([
        "associate 2 1",
        ["point_of_sale.action_pos_configuration", "pos.config", 2],
    ]);
    expect(".modal").toHaveCount(0);
});
