import { expect, test } from "@odoo/hoot";
import {
    contains,
    mountView,
    onRpc,
    toggleActionMenu,
    toggleMenuItem,
} from "@web/../tests/web_test_helpers";
import { defineIotModels } from "../iot_test_helpers";

defineIotModels();

function warn(...warnings) {
    onRpc("iot.box", "get_deletion_warnings", ({ args: [ids] }) => {
        expect.step(`ask for ${ids}`);
        return warnings;
    });
    onRpc("iot.box", "unlink", ({ args: [ids] }) => {
        expect.step(`delete ${ids}`);
    });
}

async function deleteOnForm() {
    await mountView({
        type: "form",
        resModel: "iot.box",
        resId: 1,
        actionMenus: {},
        config: { historyBack: () => expect.step("back") },
    });
    await toggleActionMenu();
    await toggleMenuItem("Delete");
}

test("the user learns what goes with a box before it is deleted", async () => {
    warn("These devices are deleted, too: Scale.", "Bar cannot be told now.");
    await deleteOnForm();
    expect(".modal-title").toHaveText("Delete this IoT box?");
    expect(".modal-body").toHaveText(
        /will forget this database.*\n\nThese devices are deleted, too: Scale\.\n\nBar cannot be told now\./
    );
    expect.verifySteps(["ask for 1"]);
    await contains(".modal-footer .btn:contains(Delete)").click();
    expect.verifySteps(["delete 1", "back"]);
});

test("who keeps the box deletes nothing", async () => {
    warn();
    await deleteOnForm();
    await contains(".modal-footer .btn:contains(No, keep it)").click();
    expect(".modal").toHaveCount(0);
    expect.verifySteps(["ask for 1"]);
});

test.tags("desktop");
test("several boxes are one question", async () => {
    warn("These devices are deleted, too: Printer, Scale.");
    await mountView({ type: "list", resModel: "iot.box", actionMenus: {} });
    await contains("thead .o_list_record_selector input").click();
    await toggleActionMenu();
    await toggleMenuItem("Delete");
    expect(".modal-title").toHaveText("Delete 2 IoT boxes?");
    expect(".modal-body").toHaveText(/These devices are deleted, too: Printer, Scale\./);
    await contains(".modal-footer .btn:contains(Delete)").click();
    expect.verifySteps(["ask for 1,2", "delete 1,2"]);
});
