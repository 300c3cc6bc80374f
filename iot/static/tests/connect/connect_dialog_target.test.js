import { expect, test } from "@odoo/hoot";
import { press, queryAllTexts } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { contains, serverState } from "@web/../tests/web_test_helpers";
import {
    ANSWER,
    expectReason,
    expectState,
    network,
    openDialog,
    setUpDialogTests,
} from "./connect_dialog_helpers";
import { FREE } from "./flow_helpers";

setUpDialogTests();

test("a typed address is searched, and its box chosen by the user", async () => {
    serverState.debug = "";
    await openDialog();
    await network.end([]);
    await contains(".o_iot_target").click();
    expect("#o_iot_address").toBeFocused();
    await contains("#o_iot_address").edit("192.168.5.0/8", { confirm: false });
    await press("enter");
    await animationFrame();
    expectReason("target_too_large");
    await contains("#o_iot_address").edit("192.168.1.11", { confirm: false });
    await contains(".o_iot_submit_target").click();
    expect(network.lastSearch.target).toBe("192.168.1.11");
    await network.end([FREE]);
    expectState("choosing");
    await contains(".o_iot_connect_box").click();
    expectState("waiting");
    expect.verifySteps([`${ANSWER.token} to ${FREE.host}`]);
});

test("a silent address is told as such, beside the address", async () => {
    await openDialog();
    await contains(".o_iot_target").click();
    await contains("#o_iot_address").edit("192.168.1.11");
    await network.end([]);
    expectReason("nothing_at_target");
    expect(".alert").toHaveText(/192\.168\.1\.11/);
    await contains(".o_iot_everywhere").click();
    expect(network.lastSearch.target).toBe("");
});

for (const [where, answered, reason] of [
    ["nobody answers anywhere", 0, "network_silent"],
    ["nobody answers in some networks", 7, "nothing_found"],
]) {
    test(`networks that were not searched are named when ${where}`, async () => {
        await openDialog();
        await network.end([], { answered, silent: ["10.0.0.0/24", "192.168.2.0/24"] });
        expectReason(reason);
        expect(".alert").toHaveText(/10\.0\.0\.0\/24, 192\.168\.2\.0\/24/);
        expect(".alert").toHaveText(/If the box is there, search its own address\./);
    });
}

test("a large network is searched with consent only", async () => {
    await openDialog();
    await contains(".o_iot_target").click();
    await contains("#o_iot_address").edit("10.0.0.0/22");
    expectState("consent");
    expect("[data-state=consent]").toHaveText(/10\.0\.0\.0\/22 has 1022 addresses/);
    expect(network.searches).toHaveLength(1);
    await contains(".o_iot_back").click();
    expect("#o_iot_address").toHaveValue("10.0.0.0/22");
    await contains(".o_iot_submit_target").click();
    await contains(".o_iot_agree").click();
    expect(network.lastSearch).toMatchObject({ target: "10.0.0.0/22", hasConsent: true });
});

test("the search goes on while the user types, and is there on the way back", async () => {
    await openDialog();
    await contains(".o_iot_target").click();
    await network.find(FREE);
    expectState("target");
    await contains(".o_iot_back").click();
    expectState("searching");
    expect(queryAllTexts(".o_iot_box_label")).toHaveLength(1);
});
