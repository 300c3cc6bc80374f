import { describe, expect, test } from "@odoo/hoot";
import { click, dblclick } from "@odoo/hoot-dom";
import { animationFrame, Deferred } from "@odoo/hoot-mock";
import {
    contains,
    makeServerError,
    mockService,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
    serverState,
} from "@web/../tests/web_test_helpers";
import { ConnectButton } from "@iot/connect/connect_button";
import { ConnectSession } from "@iot/connect/connect_session";
import { sendBusMessage, setIotManager } from "../iot_test_helpers";
import {
    ANSWER,
    expectButtons,
    expectState,
    expectWays,
    MINT,
    network,
    openDialog,
    openToken,
    passTime,
    setUpDialogTests,
    USED,
} from "./connect_dialog_helpers";

setUpDialogTests();

describe("start", () => {
    test("the popup searches at once, and offers other ways", async () => {
        await openDialog();
        expectState("searching");
        expect(".modal-title").toHaveText("Searching for an IoT Box");
        expectButtons(["Stop", "Close"]);
        expectWays(["Use Pairing Code", "Search an address", "Offline pairing"]);
        expect(network.searches).toHaveLength(1);
    });

    test("offline pairing is for developer mode", async () => {
        serverState.debug = "";
        await openDialog();
        expectWays(["Use Pairing Code", "Search an address"]);
    });

    test("offline pairing ends the search", async () => {
        await openToken();
        expect(network.lastSearch.signal.aborted).toBe(true);
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
        expectState("searching");
        expect(network.searches).toHaveLength(2);
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
        await passTime(30);
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
        await openDialog();
        await contains(".o_iot_offline").click();
        await contains(".o_iot_close").click();
        answer.resolve(ANSWER);
        await animationFrame();
        expect(".o_dialog").toHaveCount(0);
        expect.verifySteps([]);
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
    patchWithCleanup(ConnectSession.prototype, {
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
