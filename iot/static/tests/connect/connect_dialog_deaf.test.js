import { expect, test } from "@odoo/hoot";
import { Deferred } from "@odoo/hoot-mock";
import { contains, onRpc } from "@web/../tests/web_test_helpers";
import {
    ANSWER,
    expectReason,
    expectState,
    network,
    openDialog,
    passTime,
    READ,
    setUpDialogTests,
} from "./connect_dialog_helpers";
import { FREE } from "./flow_helpers";

/** The bus does not reach the page: nothing tells it what becomes of a token but the server. */
setUpDialogTests();

const HANDED = `${ANSWER.token} to ${FREE.host}`;
const REGISTERED = { id: 7, state: "used", box_id: [3, "Bar"] };

async function waitForBox() {
    await openDialog();
    await network.end([FREE]);
    expectState("waiting");
}

test("a box that has registered is connected within some seconds", async () => {
    await waitForBox();
    network.token = REGISTERED;
    await passTime(9);
    expectState("waiting");
    await passTime(1);
    expectState("connected");
    expect("[role=status]").toHaveText("Bar is connected.");
    expect(".o_iot_undo").toHaveCount(1);
    expect.verifySteps([HANDED]);
});

test("no time-out is claimed before the server has answered", async () => {
    await waitForBox();
    const answer = new Deferred();
    onRpc(READ, () => answer);
    await passTime(120);
    await passTime(1);
    expectState("waiting");
    answer.resolve([REGISTERED]);
    await passTime(0);
    expectState("connected");
    expect.verifySteps([HANDED]);
});

test("a server that does not answer is no reason to wait for ever", async () => {
    await waitForBox();
    onRpc(READ, () => new Response("", { status: 502 }), { pure: true });
    await passTime(120);
    expectState("timed_out");
    expect.verifySteps([HANDED]);
});

test("a box that registers after the time-out is connected", async () => {
    await waitForBox();
    await passTime(120);
    expectState("timed_out");
    network.token = REGISTERED;
    await passTime(10);
    expectState("connected");
    expect.verifySteps([HANDED]);
});

for (const state of ["revoked", "expired"]) {
    test(`a token that is ${state} is told; the second try works`, async () => {
        await waitForBox();
        network.token = { id: 7, state, box_id: false };
        await passTime(10);
        expectState("failed");
        expectReason(`token_${state}`);
        await contains(".o_iot_retry").click();
        expectState("waiting");
        network.token = REGISTERED;
        await passTime(10);
        expectState("connected");
        expect.verifySteps([HANDED, "revoke 7", HANDED]);
    });
}
