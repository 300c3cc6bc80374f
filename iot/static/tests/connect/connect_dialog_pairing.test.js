import { describe, expect, test } from "@odoo/hoot";
import { animationFrame, Deferred } from "@odoo/hoot-mock";
import { contains, onRpc, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { registry } from "@web/core/registry";
import { changeBoxes, sendBusMessage } from "../iot_test_helpers";
import {
    ANSWER,
    connectOnlyBox,
    expectButtons,
    expectReason,
    expectState,
    HAND_OVER,
    HANDED,
    network,
    openDialog,
    passTime,
    setUpDialogTests,
    UNDO,
    USED,
} from "./connect_dialog_helpers";
import { ELSEWHERE, foundBox, FREE, OTHER_FREE } from "./flow_helpers";

setUpDialogTests();

describe("handing over", () => {
    test("the only box is connected by itself, named, and can be undone", async () => {
        onRpc(UNDO, async (request) => {
            const { params } = await request.json();
            expect.step(`undo ${params.args[0]}`);
            return true;
        });
        await connectOnlyBox();
        expectState("waiting");
        expect("[data-state=waiting]").toHaveText(/Waiting until the box box11 has connected/);
        expect("[data-state=waiting]").toHaveText(/You can close this window/);
        expect(".o_iot_time_left").toHaveText("2:00");
        expect.verifySteps([HANDED]);
        await sendBusMessage("iot.token/used", USED);
        expectState("connected");
        expect("[role=status]").toHaveText("Bar is connected.");
        expectButtons(["Open", "Undo", "Close"]);
        network.become(FREE, "reconnect");
        await contains(".o_iot_undo").click();
        await passTime(1);
        expectState("undone");
        expect("[data-state=undone]").toHaveText(/restarts and is free again/);
        expect.verifySteps(["undo 7", `disconnect ${FREE.host}`]);
    });

    test("the token is for that box only", async () => {
        onRpc(HAND_OVER, async (request) => {
            const { params } = await request.json();
            expect.step(params.args[0]);
            return ANSWER;
        });
        await connectOnlyBox();
        expect.verifySteps(["box11", HANDED]);
    });

    test("a box that somebody else connects right now is left alone until another try", async () => {
        let isBusy = true;
        onRpc(HAND_OVER, () => (isBusy ? { error: "box_busy" } : ANSWER));
        await connectOnlyBox();
        expectState("failed");
        expectReason("box_busy");
        expect.verifySteps([]);
        isBusy = false;
        await contains(".o_iot_retry").click();
        expectState("waiting");
        expect.verifySteps([HANDED]);
    });

    test("a box that does not take it loses the token; the second try works", async () => {
        await openDialog();
        network.handOverOutcome = { reason: "box_unreachable" };
        await network.end([FREE]);
        expectState("failed");
        expectReason("box_unreachable");
        expect(".o_iot_subject").toHaveText("Box box11");
        expect.verifySteps([HANDED, "revoke 7"]);
        network.handOverOutcome = { ok: true };
        await contains(".o_iot_retry").click();
        expectState("waiting");
        await sendBusMessage("iot.token/used", USED);
        expectState("connected");
        expect.verifySteps([HANDED]);
    });

    test("a refusal of the box is told in its own words", async () => {
        await openDialog();
        network.handOverOutcome = { reason: "box_refused", message: "Invalid URL provided." };
        await network.end([FREE]);
        expectReason("box_refused");
        expect(".alert").toHaveText(/Invalid URL provided\./);
        expectButtons(["Connection doctor", "Back", "Close"]);
        expect.verifySteps([HANDED, "revoke 7"]);
    });

    test("an address of this Odoo that no box can use makes no token", async () => {
        onRpc(HAND_OVER, () => ({ error: "base_url_localhost", base_url: "http://localhost" }));
        await connectOnlyBox();
        expectReason("base_url_localhost");
        expect(".alert code").toHaveText("http://localhost");
        expect.verifySteps([]);
    });

    test("a box that was connected elsewhere since is not taken over", async () => {
        await openDialog();
        await network.end([FREE, OTHER_FREE]);
        network.boxes = [{ ...ELSEWHERE, host: FREE.host, identifier: FREE.identifier }];
        await contains(`input[value='${FREE.host}']`).click();
        await contains(".o_iot_connect_box").click();
        expectReason("box_elsewhere");
        expect(".alert").toHaveText(/https:\/\/other\.example\.com/);
        expect.verifySteps([]);
        await contains(".o_iot_back").click();
        expect(`input[value='${FREE.host}']`).not.toBeEnabled();
        expect("[data-status=elsewhere]").toHaveText(/https:\/\/other\.example\.com/);
    });

    test("a box that left since is told", async () => {
        await openDialog();
        await network.end([FREE, OTHER_FREE]);
        network.boxes = [foundBox(99, { host: FREE.host })]; // another box has its address now
        await contains(`input[value='${FREE.host}']`).click();
        await contains(".o_iot_connect_box").click();
        expectReason("box_unreachable");
        expect.verifySteps([]);
    });

    test("closing before the box has the token revokes it", async () => {
        const outcome = new Deferred();
        network.handOverOutcome = outcome;
        await connectOnlyBox();
        expectState("handing_over");
        await contains(".o_iot_close").click();
        expect.verifySteps([HANDED, "revoke 7"]);
    });

    test("closing before the server has made the token revokes it, and no box gets it", async () => {
        const answer = new Deferred();
        onRpc(HAND_OVER, () => answer);
        await connectOnlyBox();
        await contains(".o_iot_close").click();
        answer.resolve(ANSWER);
        await animationFrame();
        await animationFrame();
        expect.verifySteps(["revoke 7"]);
    });

    test("closing once the box has the token leaves it valid", async () => {
        await connectOnlyBox();
        await contains(".o_iot_close").click();
        expect.verifySteps([HANDED]);
    });
});

describe("waiting", () => {
    test("after two minutes it says what may be wrong; waiting goes on if wanted", async () => {
        await connectOnlyBox();
        await passTime(120);
        expectState("timed_out");
        expectReason("not_registered");
        expectButtons(["Keep waiting", "Try again", "Connection doctor", "Close"]);
        await contains(".o_iot_keep_waiting").click();
        expectState("waiting");
        expect(".o_iot_time_left").toHaveText("2:00");
        expect.verifySteps([HANDED]); // and nothing revoked
        await sendBusMessage("iot.token/used", USED);
        expectState("connected");
    });

    test("trying again revokes the first token", async () => {
        await connectOnlyBox();
        await passTime(120);
        onRpc(HAND_OVER, () => ({ ...ANSWER, id: 8 }));
        await contains(".o_iot_retry").click();
        expectState("waiting");
        expect.verifySteps([HANDED, "revoke 7", HANDED]);
        await sendBusMessage("iot.token/used", { ...USED, token_id: 8 });
        expectState("connected");
    });

    test("a box that another window connected is connected; our token is revoked", async () => {
        await connectOnlyBox();
        await changeBoxes([1], (env) => env["iot.box"].write([1], { identifier: "box11" }));
        await animationFrame();
        expectState("connected");
        expect("[data-state=connected]").toHaveText(/Bar is connected.*was faster/s);
        expectButtons(["Open", "Close"]);
        expect.verifySteps([HANDED, "revoke 7"]);
    });

    test("another box that comes online is not ours", async () => {
        await connectOnlyBox();
        await changeBoxes([1], (env) => env["iot.box"].write([1], { identifier: "box99" }));
        await animationFrame();
        expectState("waiting");
        expect.verifySteps([HANDED]);
    });

    test("what follows a connection is called once", async () => {
        patchWithCleanup(registry.category("iot_connected"), {
            getAll: () => [(env, { boxId, boxName }) => expect.step(`${boxId} ${boxName}`)],
        });
        onRpc(UNDO, () => new Response("", { status: 502 }), { pure: true });
        await connectOnlyBox();
        await sendBusMessage("iot.token/used", USED);
        await contains(".o_iot_undo").click();
        expectState("connected");
        expect.verifySteps([HANDED, "3 Bar"]);
    });
});
