import { expect, test } from "@odoo/hoot";
import { press } from "@odoo/hoot-dom";
import { animationFrame, Deferred } from "@odoo/hoot-mock";
import { contains, onRpc } from "@web/../tests/web_test_helpers";
import { sendBusMessage } from "../iot_test_helpers";
import {
    ANSWER,
    CLAIM,
    expectButtons,
    expectReason,
    expectState,
    network,
    openDialog,
    setUpDialogTests,
    USED,
} from "./connect_dialog_helpers";
import { FREE, OTHER_FREE } from "./flow_helpers";

setUpDialogTests();

const HANDED = `${ANSWER.token} to ${FREE.host}`;

/** Hoot types without moving the caret. */
const PASTED = { confirm: false, instantly: true };

async function typeCode(code) {
    await contains(".o_iot_code").click();
    expect("#o_iot_code").toBeFocused();
    await contains("#o_iot_code").edit(code, PASTED);
}

test("on the network: wrong code, right code, connected, by keyboard alone", async () => {
    onRpc(CLAIM, () => ({ error: "unknown_code" }));
    await openDialog();
    await network.end([FREE, OTHER_FREE]);
    await contains(".o_iot_code").focus();
    await press("enter");
    await animationFrame();
    expect("#o_iot_code").toBeFocused();
    await contains("#o_iot_code").edit("xxxxxxxxx", PASTED);
    expect("#o_iot_code").toHaveValue("XXX-XXX-XXX");
    await press("enter");
    await animationFrame();
    await animationFrame();
    expectReason("unknown_code");
    expect.verifySteps(["revoke 7"]);
    await contains("#o_iot_code").edit("bcd fghjkd", PASTED);
    await press("enter");
    await animationFrame();
    await animationFrame();
    expectState("waiting");
    expect.verifySteps([HANDED]);
    await sendBusMessage("iot.token/used", USED);
    expectState("connected");
});

test("by the broker: wrong code, right code, connected", async () => {
    onRpc(CLAIM, async (request) => {
        const { params } = await request.json();
        expect.step(params.args.slice(1).join(" "));
        return params.args[1] === "XYZ-XYZ" ? { serial_number: "far" } : { error: "expired" };
    });
    await openDialog();
    await network.end([]);
    await typeCode("abcabc");
    await contains(".o_iot_submit_code").click();
    expectState("code");
    expectReason("expired");
    expect("#o_iot_code").toHaveValue("ABC-ABC");
    expect.verifySteps([`ABC-ABC ${ANSWER.legacy_token}`, "revoke 7"]);
    await typeCodeAgain("xyzxyz");
    expectState("waiting");
    expect("[data-state=waiting]").toHaveText(/far/);
    expect("[data-state=waiting]").toHaveText(/pairing service/);
    expect.verifySteps([`XYZ-XYZ ${ANSWER.legacy_token}`]);
    await sendBusMessage("iot.token/used", { ...USED, box_name: "Far" });
    expectState("connected");
    expect("[role=status]").toHaveText("Far is connected.");
});

async function typeCodeAgain(code) {
    await contains("#o_iot_code").edit(code, PASTED);
    await contains(".o_iot_submit_code").click();
}

test("while the search runs it is waited for, or not", async () => {
    const answer = new Deferred();
    onRpc(CLAIM, () => answer);
    await openDialog();
    await typeCode("abc");
    await contains(".o_iot_submit_code").click();
    expectState("resolving");
    expectButtons(["Do not wait for the search", "Back", "Close"]);
    await contains(".o_iot_stop").click();
    expectState("claiming");
    expect("[role=status]").toHaveText(/Asking the pairing service/);
    answer.resolve({ error: "locked" });
    await animationFrame();
    await animationFrame();
    expectReason("locked");
    expect.verifySteps(["revoke 7"]);
});

test("an empty code is asked for again", async () => {
    await openDialog();
    await contains(".o_iot_code").click();
    await contains(".o_iot_submit_code").click();
    expectReason("code_empty");
    await contains(".o_iot_back").click();
    expectState("searching");
});
