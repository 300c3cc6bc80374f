import { expect, test } from "@odoo/hoot";
import { animationFrame } from "@odoo/hoot-mock";
import { contains, onRpc } from "@web/../tests/web_test_helpers";
import { sendBusMessage } from "../iot_test_helpers";
import {
    connectOnlyBox,
    expectReason,
    expectState,
    HANDED,
    network,
    passTime,
    setUpDialogTests,
    UNDO,
    USED,
} from "./connect_dialog_helpers";
import { FREE } from "./flow_helpers";

setUpDialogTests();

/** Let the only box register, too. */
async function registerOnlyBox() {
    await connectOnlyBox();
    await sendBusMessage("iot.token/used", USED);
}

test("an undoing that fails says so, and can be repeated", async () => {
    onRpc(UNDO, () => new Response("", { status: 502 }), { pure: true });
    await registerOnlyBox();
    await contains(".o_iot_undo").click();
    expectState("connected");
    expectReason("connection_lost");
    onRpc(UNDO, () => true);
    await contains(".o_iot_undo").click();
    await animationFrame();
    expectState("undone");
    expect.verifySteps([HANDED]); // the box was free again by itself
});

test("a box that has just registered is told as soon as it answers", async () => {
    onRpc(UNDO, () => true);
    await registerOnlyBox();
    network.boxes = [];
    await contains(".o_iot_undo").click();
    await passTime(1);
    expectState("undoing");
    network.boxes = [{ ...FREE, status: "reconnect" }];
    await passTime(1);
    expectState("undoing");
    await passTime(1);
    expectState("undone");
    expect("[data-state=undone]").toHaveText(/restarts and is free again/);
    expect.verifySteps([HANDED, `disconnect ${FREE.host}`]);
});

test("a box that the server has told already is not told again", async () => {
    onRpc(UNDO, () => true);
    await registerOnlyBox();
    network.boxes = [{ ...FREE, status: "here" }];
    await contains(".o_iot_undo").click();
    await animationFrame();
    network.boxes = [FREE];
    await passTime(1);
    expectState("undone");
    expect("[data-state=undone]").toHaveText(/restarts and is free again/);
    expect.verifySteps([HANDED]);
});

test("of a box that does not answer nothing is promised", async () => {
    onRpc(UNDO, () => true);
    await registerOnlyBox();
    network.boxes = [];
    await contains(".o_iot_undo").click();
    await passTime(20);
    expectState("undone");
    expect("[data-state=undone]").toHaveText(/choose “Disconnect” there/);
    expect.verifySteps([HANDED]);
});
