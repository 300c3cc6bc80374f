import { describe, expect, test } from "@odoo/hoot";
import { animationFrame, Deferred } from "@odoo/hoot-mock";
import { contains, onRpc } from "@web/../tests/web_test_helpers";
import { changeBoxes } from "../iot_test_helpers";
import {
    ANSWER,
    expectButtons,
    expectReason,
    expectState,
    HINTS,
    network,
    openDialog,
    passTime,
    setUpDialogTests,
} from "./connect_dialog_helpers";
import { FREE, HERE, hintsOf, LOST, OTHER_FREE, SILENT } from "./flow_helpers";

setUpDialogTests();

const HANDED = `${ANSWER.token} to ${FREE.host}`;

/** The box that is about to be connected is seen in this state instead. */
const now = ({ status, known }) => [{ ...FREE, status, known }];

async function timeOut() {
    await openDialog();
    await network.end([FREE]);
    await passTime(120);
    expectState("timed_out");
    expect.verifySteps([HANDED]);
}

async function chooseFree() {
    await openDialog();
    await network.end([FREE, OTHER_FREE]);
    await contains(`input[value='${FREE.host}']`).click();
}

describe("a box that took a token of this popup", () => {
    for (const [name, box] of Object.entries({ LOST, SILENT })) {
        test(`and came back with it void is given a new one (${name})`, async () => {
            await timeOut();
            network.boxes = [];
            await contains(".o_iot_retry").click();
            expectReason("box_unreachable");
            network.boxes = now(box);
            await contains(".o_iot_retry").click();
            expectState("waiting");
            expect.verifySteps(["revoke 7", HANDED]);
        });
    }

    test("is connected by now only if this database hears of it", async () => {
        await timeOut();
        network.boxes = now(HERE);
        await contains(".o_iot_retry").click();
        expectReason("box_here");
        expect.verifySteps(["revoke 7"]);
    });
});

describe("a box that was free", () => {
    for (const [reason, box] of Object.entries({ box_unknown: LOST, box_silent: SILENT })) {
        test(`and names this database now is not called connected: ${reason}`, async () => {
            await chooseFree();
            network.boxes = now(box);
            await contains(".o_iot_connect_box").click();
            expectState("failed");
            expectReason(reason);
            expectButtons(["Reconnect", "Back", "Close"]);
            expect.verifySteps([]);
            await contains(".o_iot_retry").click();
            expectState("waiting");
            expect.verifySteps([HANDED]);
        });
    }

    test("and is connected here by now is left alone", async () => {
        await chooseFree();
        network.boxes = now(HERE);
        await contains(".o_iot_connect_box").click();
        expectReason("box_here");
        expect.verifySteps([]);
    });
});

test("a box that was to be reconnected and registers just now is left alone", async () => {
    await openDialog();
    await network.end([LOST]);
    network.boxes = [{ ...LOST, status: "here", known: HERE.known }];
    await contains(".o_iot_connect_box").click();
    expectReason("box_here");
    expect.verifySteps([]);
});

test("the list does not call a box connected that is offline here", async () => {
    await openDialog();
    await network.end([SILENT, FREE, OTHER_FREE]);
    expect("[data-status=here]").toHaveText(/Belongs to this database as “Kitchen”.*offline/s);
    expect("[data-status=here]").not.toHaveText(/Connected/);
});

describe("a box that registers while another window looks at it", () => {
    const RECORD = { id: 4, name: "Hall", identifier: LOST.identifier, is_online: true };

    test("is connected in the list as soon as the server tells", async () => {
        await openDialog();
        await network.end([LOST]);
        expectButtons(["Reconnect", "Search again", "Close"]);
        network.records = [RECORD];
        await changeBoxes([4], () => {});
        await animationFrame();
        expect(".o_iot_found_box").toHaveAttribute("data-status", "here");
        expect(".o_iot_found_box").toHaveText(/Connected to this database as “Hall”/);
        expectButtons(["Search again", "Close"]);
    });

    test("is connected in the list even if it was found with what the server knew before", async () => {
        await openDialog();
        network.records = [RECORD];
        await network.find(LOST);
        await animationFrame();
        expect(".o_iot_found_box").toHaveAttribute("data-status", "here");
    });

    test("stays what it was when the server cannot be asked, or the popup is closed", async () => {
        await openDialog();
        await network.end([LOST]);
        onRpc(HINTS, () => new Response("", { status: 502 }), { pure: true });
        await changeBoxes([4], () => {});
        expect(".o_iot_found_box").toHaveAttribute("data-status", "reconnect");
        const answer = new Deferred();
        onRpc(HINTS, () => answer);
        await changeBoxes([4], () => {});
        await contains(".o_iot_close").click();
        answer.resolve(hintsOf(RECORD));
        await animationFrame();
        expect(".o_iot_connect_dialog").toHaveCount(0);
    });
});
