import { expect, test } from "@odoo/hoot";
import { animationFrame } from "@odoo/hoot-mock";
import { contains, makeServerError, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { browser } from "@web/core/browser/browser";
import { CHECKS } from "@iot/discovery/doctor";
import { sendBusMessage } from "../iot_test_helpers";
import {
    ANSWER,
    expectButtons,
    expectReason,
    expectState,
    network,
    openDialog,
    passTime,
    setUpDialogTests,
    USED,
} from "./connect_dialog_helpers";
import { FREE } from "./flow_helpers";

setUpDialogTests();

const OK = { id: "page", verdict: "ok" };
const PROBLEM = { id: "websocket", verdict: "problem", reason: "websocket_blocked" };

async function askDoctor() {
    await openDialog();
    await network.end([]);
    await contains(".o_iot_doctor").click();
}

async function tell(...checks) {
    checks.forEach(network.diagnosis.onResult);
    await animationFrame();
}

test("each point has a verdict, and what is wrong is explained", async () => {
    await askDoctor();
    expectState("doctor");
    expectButtons(["Back", "Examine again", "Close"]);
    expect(".o_iot_examine").not.toBeEnabled();
    await tell(OK, PROBLEM);
    expect("[data-check=page] > i").toHaveAttribute("aria-label", "Good");
    expect("[data-check=websocket] > i").toHaveAttribute("aria-label", "Problem");
    expect("[data-check=websocket]").toHaveText(/proxy before Odoo must pass \/websocket on/);
});

test("every check of the doctor has a name", async () => {
    await askDoctor();
    await tell(...CHECKS.map(({ id }) => ({ id, verdict: "skipped" })));
    for (const { id } of CHECKS) {
        expect(`[data-check=${id}] .fw-bolder`).toHaveText(/\w/);
    }
});

test("what is wrong has a button or a link that leads on, and what is good has none", async () => {
    await askDoctor();
    await tell(OK, PROBLEM, { id: "network", verdict: "problem", reason: "network_silent" });
    expect("[data-check=page] .o_iot_check_action").toHaveCount(0);
    expect("[data-check=websocket] a.o_iot_check_action").toHaveAttribute("target", "_blank");
    await contains("[data-check=network] .o_iot_check_action:contains(Search an address)").click();
    expectState("target");
    expect(network.diagnosis.signal.aborted).toBe(true);
});

test("what was measured is shown", async () => {
    await askDoctor();
    await tell({ id: "clock", verdict: "warning", reason: "clock_fast", detail: "2 h" });
    expect("[data-check=clock] code").toHaveText("2 h");
});

test("where the browser gives no clipboard, it is told how to copy the report", async () => {
    patchWithCleanup(browser, { navigator: { clipboard: undefined } });
    await askDoctor();
    network.diagnosis.end.resolve({ results: [OK], report: "page: ok" });
    await animationFrame();
    expect(".o_clipboard_button").toHaveCount(0);
    expect("[data-state=doctor]").toHaveText(/click into it/);
    await contains("#o_iot_report").focus();
    expect(getSelection().toString()).toBe("page: ok");
});

test("the report can be copied; then the doctor can be asked again", async () => {
    patchWithCleanup(browser, {
        navigator: { clipboard: { writeText: (text) => expect.step(text) } },
    });
    await askDoctor();
    network.diagnosis.end.resolve({ results: [OK], report: "page: ok" });
    await animationFrame();
    expect("#o_iot_report").toHaveValue("page: ok");
    await contains(".o_clipboard_button").click();
    expect.verifySteps(["page: ok"]);
    await contains(".o_iot_examine").click();
    expect("#o_iot_report").toHaveCount(0);
});

test("leaving stops it, and leads back", async () => {
    await askDoctor();
    await contains(".o_iot_back").click();
    expectState("nothing_found");
    expect(network.diagnosis.signal.aborted).toBe(true);
});

test("a server that refuses is told", async () => {
    await askDoctor();
    network.diagnosis.end.reject(makeServerError({ type: "AccessError", message: "No." }));
    await animationFrame();
    expectReason("refused");
    expect(".o_iot_examine").toBeEnabled();
});

test("the box that was waited for may connect while the doctor looks", async () => {
    await openDialog();
    await network.end([FREE]);
    await passTime(120);
    await contains(".o_iot_doctor").click();
    await sendBusMessage("iot.token/used", USED);
    expectState("connected");
    expect.verifySteps([`${ANSWER.token} to ${FREE.host}`]);
});
