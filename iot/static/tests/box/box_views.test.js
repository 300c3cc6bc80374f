import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import {
    contains,
    mockService,
    mountView,
    onRpc,
    toggleMenuItem,
    toggleSearchBarMenu,
} from "@web/../tests/web_test_helpers";
import {
    changeBoxes,
    defineIotModels,
    IotBox,
    IotDevice,
    setIotManager,
} from "../iot_test_helpers";

const CARD = ".o_kanban_record:not(.o_kanban_ghost)";
const ROW = ".o_data_row";

defineIotModels();
beforeEach(() => setIotManager(true));

const mountBoxes = (type, options = {}) => mountView({ type, resModel: "iot.box", ...options });

describe("cards", () => {
    test("a new box appears by itself", async () => {
        await mountBoxes("kanban");
        expect(CARD).toHaveCount(2);
        await changeBoxes([3], (env) => env["iot.box"].create({ name: "Terrace" }));
        expect(queryAllTexts(`${CARD} .fw-bold`)).toEqual(["Bar", "Kitchen", "Terrace"]);
    });

    test("a box that comes online changes its badge", async () => {
        await mountBoxes("kanban");
        expect(queryAllTexts(".badge")).toEqual(["Online", "Offline"]);
        await changeBoxes([2], (env) => env["iot.box"].write([2], { status: "online" }));
        expect(queryAllTexts(".badge")).toEqual(["Online", "Online"]);
    });

    test("a deleted box disappears", async () => {
        await mountBoxes("kanban");
        await changeBoxes([1], (env) => env["iot.box"].unlink([1]));
        expect(queryAllTexts(`${CARD} .fw-bold`)).toEqual(["Kitchen"]);
    });
});

describe("list", () => {
    test.tags("desktop");
    test("the rows follow the boxes and stay selected", async () => {
        await mountBoxes("list");
        await contains(`${ROW}:eq(1) .o_list_record_selector input`).click();
        await changeBoxes([3], (env) => env["iot.box"].create({ name: "Attic", status: "online" }));
        expect(ROW).toHaveCount(3);
        expect(`${ROW}:contains(Kitchen) input`).toBeChecked();
        expect(`${ROW} .o_list_record_selector input:checked`).toHaveCount(1);
    });
});

describe("form", () => {
    test("the form follows its box", async () => {
        await mountBoxes("form", { resId: 1 });
        await changeBoxes([1], (env) => env["iot.box"].write([1], { name: "Long bar" }));
        expect("[name=name] input").toHaveValue("Long bar");
    });

    test("another box does not matter", async () => {
        onRpc("iot.box", "web_read", () => {
            expect.step("read");
        });
        await mountBoxes("form", { resId: 1 });
        expect.verifySteps(["read"]);
        await changeBoxes([2], (env) => env["iot.box"].write([2], { name: "Grill" }));
        expect.verifySteps([]);
    });

    for (const confirm of ["tab", false]) {
        const when = confirm ? "has typed" : "is typing";
        test(`what the user ${when} is not overwritten`, async () => {
            onRpc("iot.box", "web_read", () => {
                expect.step("read");
            });
            await mountBoxes("form", { resId: 1 });
            expect.verifySteps(["read"]);
            await contains("[name=name] input").edit("My bar", { confirm });
            await changeBoxes([1], (env) => env["iot.box"].write([1], { name: "Long bar" }));
            expect("[name=name] input").toHaveValue("My bar");
            expect.verifySteps([]);
        });
    }

    test("the form of a deleted box leaves for the list", async () => {
        mockService("action", {
            doAction(action, options) {
                expect.step(`${action} ${options.clearBreadcrumbs}`);
            },
        });
        await mountBoxes("form", { resId: 1 });
        await changeBoxes([1], (env) => env["iot.box"].unlink([1]));
        expect.verifySteps(["iot.iot_box_action true"]);
    });
});

describe("Connect", () => {
    for (const type of ["kanban", "list"]) {
        test(`administrators connect a box from the ${type} view`, async () => {
            await mountBoxes(type);
            await contains(".o_control_panel .o_iot_connect:visible").click();
            expect(".o_iot_connect_dialog").toHaveCount(1);
        });

        test(`users have no button in the ${type} view`, async () => {
            setIotManager(false);
            await mountBoxes(type);
            expect(".o_iot_connect").toHaveCount(0);
        });
    }
});

describe("no box", () => {
    beforeEach(() => {
        IotBox._records = [];
        IotDevice._records = [];
    });

    const help = "No IoT box matches";

    for (const type of ["kanban", "list"]) {
        test(`the ${type} view explains what an IoT system is`, async () => {
            await mountBoxes(type, { noContentHelp: help });
            expect(".o_iot_box_helper").toHaveText(/small computer, or a Windows PC/);
            await contains(".o_iot_box_helper .o_iot_connect").click();
            expect(".o_iot_connect_dialog").toHaveCount(1);
        });

        test(`users of the ${type} view are told whom to ask`, async () => {
            setIotManager(false);
            await mountBoxes(type, { noContentHelp: help });
            expect(".o_iot_box_helper").toHaveText(/Ask an administrator/);
            expect(".o_iot_connect").toHaveCount(0);
        });
    }

    test("the explanation gives way to the first box", async () => {
        await mountBoxes("kanban", { noContentHelp: help });
        await changeBoxes([1], (env) => env["iot.box"].create({ name: "Bar" }));
        expect(".o_iot_box_helper").toHaveCount(0);
        expect(CARD).toHaveCount(1);
    });

    test.tags("desktop");
    test("a filter without result is no reason to explain", async () => {
        IotBox._records = [{ id: 1, name: "Bar", status: "offline" }];
        await mountBoxes("kanban", { noContentHelp: help });
        await toggleSearchBarMenu();
        await toggleMenuItem("Online");
        expect(".o_iot_box_helper").toHaveCount(0);
        expect(".o_nocontent_help").toHaveText("No IoT box matches");
    });
});
