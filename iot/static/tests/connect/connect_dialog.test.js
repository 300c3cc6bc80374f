import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { click, dblclick, press, queryOne } from "@odoo/hoot-dom";
import { advanceTime, animationFrame, Deferred } from "@odoo/hoot-mock";
import {
    contains,
    makeServerError,
    mockService,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
    serverState,
} from "@web/../tests/web_test_helpers";
import { browser } from "@web/core/browser/browser";
import { ConnectButton } from "@iot/connect/connect_button";
import { ConnectDialog } from "@iot/connect/connect_dialog";
import { defineIotModels, sendBusMessage, setIotManager } from "../iot_test_helpers";

const MINT = "/web/dataset/call_kw/iot.token/create_for_offline_pairing";
const REVOKE = "/web/dataset/call_kw/iot.token/action_revoke";

const ANSWER = {
    id: 7,
    token: "http://odoo.example.com?token=t&db_uuid=u&enterprise_code=&db_name=d",
    legacy_token: "http://odoo.example.com|t|u|",
    seconds_left: 3600,
    warning: null,
};
const USED = { token_id: 7, box_id: 3, box_name: "Bar" };

/** What the monotonic clock of the browser shows, in milliseconds. */
let clock;

defineIotModels();

beforeEach(() => {
    clock = 5_000_000;
    patchWithCleanup(browser, { performance: { now: () => clock } });
    setIotManager(true);
    serverState.debug = "1";
});

async function openDialog() {
    await mountWithCleanup(ConnectButton);
    await contains(".o_iot_connect").click();
    expect(".o_iot_connect_dialog").toHaveCount(1);
}

async function openToken(answer = {}) {
    onRpc(MINT, () => ({ ...ANSWER, ...answer }));
    await openDialog();
    await contains(".o_iot_offline").click();
}

async function passTime(seconds) {
    clock += seconds * 1000;
    await advanceTime(1000);
    await animationFrame();
}

const expectState = (name) => expect(`[data-state="${name}"]`).toHaveCount(1);
const expectButtons = (labels) =>
    expect([...document.querySelectorAll(".modal-footer button")].map((b) => b.innerText)).toEqual(
        labels
    );

describe("start", () => {
    test("developer mode offers offline pairing", async () => {
        await openDialog();
        expectState("start");
        expect(".modal-title").toHaveText("Searching for an IoT Box");
        expectButtons(["Offline pairing", "Close"]);
        expect(".o_iot_developer_mode").toHaveCount(0);
    });

    test("outside developer mode the popup says how to get there", async () => {
        serverState.debug = "";
        await openDialog();
        expectButtons(["Close"]);
        const url = new URL(queryOne(".o_iot_developer_mode").href);
        expect(url.searchParams.get("debug")).toBe("1");
        expect(url.pathname).toBe(browser.location.pathname);
    });

    test("a double click on Connect opens one popup", async () => {
        await mountWithCleanup(ConnectButton);
        await dblclick(".o_iot_connect");
        await animationFrame();
        expect(".o_dialog").toHaveCount(1);
    });

    test("the popup can be opened again after it was closed", async () => {
        await openDialog();
        await contains(".o_iot_close").click();
        expect(".o_dialog").toHaveCount(0);
        await contains(".o_iot_connect").click();
        expectState("start");
    });
});

describe("minting", () => {
    test("a slow server is waited for, and asked once", async () => {
        const answer = new Deferred();
        onRpc(MINT, () => {
            expect.step("asked");
            return answer;
        });
        await openDialog();
        await dblclick(".o_iot_offline");
        await animationFrame();
        expectState("minting");
        expectButtons(["Close"]);
        expect("[role=status]").toHaveText("Making a token…");
        answer.resolve(ANSWER);
        await animationFrame();
        expectState("token");
        expect.verifySteps(["asked"]);
    });

    test("the time that the answer took is taken off the token", async () => {
        const answer = new Deferred();
        onRpc(MINT, () => answer);
        await openDialog();
        await contains(".o_iot_offline").click();
        clock += 30_000;
        answer.resolve(ANSWER);
        await animationFrame();
        expect(".o_iot_time_left").toHaveText("59:30");
    });

    test("a box that connects before the answer arrives is not missed", async () => {
        const answer = new Deferred();
        onRpc(MINT, () => answer);
        await openDialog();
        await contains(".o_iot_offline").click();
        await sendBusMessage("iot.token/used", USED);
        expectState("minting");
        answer.resolve(ANSWER);
        await animationFrame();
        expectState("connected");
    });

    test("closing while the server is slow hurts nobody", async () => {
        const answer = new Deferred();
        onRpc(MINT, () => answer);
        onRpc(REVOKE, () => expect.step("revoked"));
        await openDialog();
        await contains(".o_iot_offline").click();
        await contains(".o_iot_close").click();
        answer.resolve(ANSWER);
        await animationFrame();
        expect(".o_dialog").toHaveCount(0);
        expect.verifySteps([]);
    });
});

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
        onRpc(REVOKE, () => expect.step("revoked"));
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
        onRpc(REVOKE, async (request) => {
            const { params } = await request.json();
            expect.step(`revoked ${params.args[0]}`);
            return true;
        });
        await openToken();
        await contains(".o_iot_revoke").click();
        expect.verifySteps(["revoked 7"]);
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

describe("failed", () => {
    test("an address that no box can use is explained before anybody walks to a box", async () => {
        onRpc(MINT, () => ({ error: "base_url_localhost", base_url: "http://localhost:8069" }));
        await openDialog();
        await contains(".o_iot_offline").click();
        expectState("failed");
        expect(".alert-danger").toHaveText(/No box can reach this Odoo at localhost/);
        expect(".alert-danger code").toHaveText("http://localhost:8069");
        expect(".alert-danger").toHaveText(/System Parameters/);
        expect("[role=status]").toHaveText("No box can reach this Odoo at localhost");
        expectButtons(["Try again", "Close"]);
    });

    test("a missing address needs no value to be explained", async () => {
        onRpc(MINT, () => ({ error: "base_url_missing", base_url: "" }));
        await openDialog();
        await contains(".o_iot_offline").click();
        expect(".alert-danger[data-reason=base_url_missing]").toHaveCount(1);
        expect(".alert-danger code").toHaveCount(0);
    });

    test("a lost network is told, and the second try works", async () => {
        onRpc(MINT, () => new Response("", { status: 502 }), { pure: true });
        await openDialog();
        await contains(".o_iot_offline").click();
        expect(".alert-danger[data-reason=connection_lost]").toHaveCount(1);
        onRpc(MINT, () => ANSWER);
        await contains(".o_iot_retry").click();
        expectState("token");
    });

    test("a server error is told without its traceback", async () => {
        onRpc(MINT, () => {
            throw makeServerError({ errorName: "builtins.KeyError", message: "'secret'" });
        });
        await openDialog();
        await contains(".o_iot_offline").click();
        expect(".alert-danger[data-reason=server_error]").toHaveCount(1);
        expect(".alert-danger").not.toHaveText(/secret/);
    });

    test("a refusal of the server is told in its own words", async () => {
        onRpc(MINT, () => {
            throw makeServerError({ type: "AccessError", message: "Administrators only." });
        });
        await openDialog();
        await contains(".o_iot_offline").click();
        expect(".alert-danger[data-reason=refused]").toHaveText(/Administrators only\./);
    });
});

describe("connected", () => {
    test("the popup says by itself that the box has connected", async () => {
        await openToken();
        await sendBusMessage("iot.token/used", USED);
        expectState("connected");
        expect("[role=status]").toHaveText("Bar is connected.");
        expectButtons(["Open", "Close"]);
    });

    test("the box of another token is not ours", async () => {
        await openToken();
        await sendBusMessage("iot.token/used", { ...USED, token_id: 8 });
        expectState("token");
    });

    test("Open closes the popup and shows the box", async () => {
        mockService("action", {
            doAction({ res_model, res_id, views }) {
                expect.step(`${res_model} ${res_id} ${views[0][1]}`);
            },
        });
        await openToken();
        await sendBusMessage("iot.token/used", USED);
        await click(".o_iot_open_box");
        await animationFrame();
        expect.verifySteps(["iot.box 3 form"]);
        expect(".o_dialog").toHaveCount(0);
    });
});

test("a closed popup listens no more", async () => {
    await openToken();
    await contains(".o_iot_close").click();
    patchWithCleanup(ConnectDialog.prototype, {
        send(type) {
            expect.step(type);
        },
    });
    await sendBusMessage("iot.token/used", USED);
    await sendBusMessage("iot.token/revoked", { token_id: 7 });
    expect.verifySteps([]);
});

test("only IoT administrators see the button", async () => {
    setIotManager(false);
    await mountWithCleanup(ConnectButton);
    expect(".o_iot_connect").toHaveCount(0);
});
