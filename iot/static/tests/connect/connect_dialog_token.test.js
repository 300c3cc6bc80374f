import { describe, expect, test } from "@odoo/hoot";
import { dblclick, press } from "@odoo/hoot-dom";
import { animationFrame, Deferred } from "@odoo/hoot-mock";
import { contains, onRpc } from "@web/../tests/web_test_helpers";
import { sendBusMessage } from "../iot_test_helpers";
import {
    ANSWER,
    expectButtons,
    expectState,
    openToken,
    passTime,
    REVOKE,
    setUpDialogTests,
    USED,
} from "./connect_dialog_helpers";

setUpDialogTests();

describe("token", () => {
    test("the token is shown with its time left", async () => {
        await openToken();
        expectState("token");
        expect(".modal-title").toHaveText("Pair an IoT Box offline");
        expect("#o_iot_token").toHaveValue(ANSWER.token);
        expect(".o_iot_time_left").toHaveText("1:00:00");
        expect("[role=status]").toHaveText("The token is ready. Waiting for the box.");
        expectButtons(["Close", "Revoke token"]);
    });

    test("the time left follows the monotonic clock", async () => {
        await openToken();
        await passTime(61);
        expect(".o_iot_time_left").toHaveText("58:59");
        await passTime(3599 - 61);
        expect(".o_iot_time_left").toHaveText("0:01");
    });

    test("the focus moves to what is new", async () => {
        await openToken();
        expect("[data-state=token]").toBeFocused();
    });

    test("a warning stands beside a token that works nevertheless", async () => {
        await openToken({ warning: "base_url_loopback" });
        expectState("token");
        expect(".alert-warning[data-reason=base_url_loopback]").toHaveCount(1);
        expect("#o_iot_token").toHaveValue(ANSWER.token);
    });

    test("closing leaves the token valid", async () => {
        await openToken();
        await press("escape");
        await animationFrame();
        expect(".o_dialog").toHaveCount(0);
        expect.verifySteps([]);
    });

    test("an expired token can be replaced", async () => {
        await openToken();
        await passTime(3600);
        expectState("expired");
        expect("#o_iot_token").toHaveCount(0);
        expect("[role=status]").toHaveText("The token has expired.");
        expectButtons(["New token", "Close"]);
        await contains(".o_iot_new_token").click();
        expectState("token");
        expect(".o_iot_time_left").toHaveText("1:00:00");
    });
});

describe("revoking", () => {
    test("a token is revoked at once and can be replaced", async () => {
        await openToken();
        await contains(".o_iot_revoke").click();
        expect.verifySteps(["revoke 7"]);
        expectState("revoked");
        expectButtons(["New token", "Close"]);
        await contains(".o_iot_new_token").click();
        expectState("token");
    });

    test("the button is dead while the server is slow", async () => {
        const answer = new Deferred();
        onRpc(REVOKE, () => {
            expect.step("asked");
            return answer;
        });
        await openToken();
        await dblclick(".o_iot_revoke");
        await animationFrame();
        expect(".o_iot_revoke").not.toBeEnabled();
        expect("#o_iot_token").toHaveCount(1);
        answer.resolve(true);
        await animationFrame();
        expectState("revoked");
        expect.verifySteps(["asked"]);
    });

    test("a failure is reported beside the token, and revoking can be repeated", async () => {
        onRpc(REVOKE, () => new Response("", { status: 502 }), { pure: true });
        await openToken();
        await contains(".o_iot_revoke").click();
        expectState("token");
        expect(".alert-danger[data-reason=connection_lost]").toHaveCount(1);
        expect("[role=status]").toHaveText("The token could not be revoked.");
        onRpc(REVOKE, () => true);
        await contains(".o_iot_revoke").click();
        expectState("revoked");
    });

    test("a token revoked elsewhere is revoked here", async () => {
        await openToken();
        await sendBusMessage("iot.token/revoked", { token_id: 8 });
        expectState("token");
        await sendBusMessage("iot.token/revoked", { token_id: 7 });
        expectState("revoked");
    });

    test("a box that was faster than the revocation is connected", async () => {
        const answer = new Deferred();
        onRpc(REVOKE, () => answer);
        await openToken();
        await contains(".o_iot_revoke").click();
        await sendBusMessage("iot.token/used", USED);
        expectState("connected");
        answer.resolve(true);
        await animationFrame();
        expectState("connected");
    });
});
