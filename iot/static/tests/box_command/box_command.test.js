import { beforeEach, expect, queryFirst, test } from "@odoo/hoot";
import { advanceTime, animationFrame } from "@odoo/hoot-mock";
import { contains, makeServerError, mountView, onRpc } from "@web/../tests/web_test_helpers";
import { defineIotModels, sendBusMessage } from "../iot_test_helpers";

defineIotModels();

const SENT = { uid: "u1", state: "sent", reason: false, message: false, result: null };
const REPORT = ".o_iot_box_report";

let box, kept;

beforeEach(() => {
    box = { is_online: true, websocket_opened_at: "2026-03-02 09:00:00", drivers_state: "own" };
    kept = SENT;
    onRpc("iot.box", "read", () => [{ id: 1, ...box }]);
    onRpc("iot.request", "read_outcome", () => [kept]);
    for (const method of ["request_connection_test", "request_restart"]) {
        onRpc("iot.box", method, ({ args }) => {
            expect.step(`${method} ${args[0]}`);
            return SENT;
        });
    }
});

async function openForm() {
    await mountView({
        type: "form",
        resModel: "iot.box",
        resId: 1,
        arch: `
            <form js_class="iot_box_form">
                <header>
                    <button name="request_connection_test" type="object" string="Test"/>
                    <button name="request_restart" type="object" string="Restart"/>
                </header>
                <sheet><widget name="iot_box_report"/><field name="name"/></sheet>
            </form>`,
    });
}

async function click(name) {
    const button = `button[name=${name}]`;
    if (!queryFirst(button)) {
        await contains(".o_statusbar_buttons button[title=More]").click(); // a phone shows one only
    }
    await contains(button).click();
}

test("the qualities of the connections are told, when the bus tells the end", async () => {
    await openForm();
    await click("request_connection_test");
    expect(`${REPORT} .fa-spin`).toHaveCount(1);
    const result = { lan_quality: "slow", wan_quality: null };
    await sendBusMessage("iot.request/ended", { ...SENT, state: "done", result });
    expect(`${REPORT} .alert-warning`).toHaveText(
        "The box answers. Its network (LAN): slow. The Internet (WAN): not measured."
    );
    await contains(`${REPORT} .btn-close`).click();
    expect(`${REPORT} .alert`).toHaveCount(0);
    expect.verifySteps(["request_connection_test 1"]);
});

test("the end is told though the bus is silent", async () => {
    await openForm();
    await click("request_connection_test");
    kept = { ...SENT, state: "expired", reason: "no_answer" };
    await advanceTime(5000);
    await animationFrame();
    expect(`${REPORT} .alert-danger`).toHaveText(/^The box did not answer in time\./);
    expect.verifySteps(["request_connection_test 1"]);
});

test("a box is asked one thing at a time", async () => {
    await openForm();
    await click("request_connection_test");
    await click("request_restart");
    expect(".o_notification").toHaveText(/The box is busy/);
    expect.verifySteps(["request_connection_test 1"]);
});

test("a restart is over when the box is there by another websocket", async () => {
    await openForm();
    await click("request_restart");
    await sendBusMessage("iot.request/ended", { ...SENT, state: "done" });
    expect(REPORT).toHaveAttribute("data-stage", "returning");
    await advanceTime(2000);
    await animationFrame();
    expect(REPORT).toHaveAttribute("data-stage", "returning"); // the old websocket still
    box.websocket_opened_at = "2026-03-02 09:00:15";
    await advanceTime(2000);
    await animationFrame();
    expect(`${REPORT} .alert-success`).toHaveText("The box has restarted and is online again.");
    expect.verifySteps(["request_restart 1"]);
});

test("a refusal of the server is told in its words", async () => {
    onRpc("iot.box", "request_restart", () => {
        throw makeServerError({ message: "Not from here." });
    });
    await openForm();
    await click("request_restart");
    await animationFrame();
    expect(`${REPORT} .alert-danger`).toHaveText("Not from here.");
});
