import { describe, expect, test } from "@odoo/hoot";
import { press, queryAllTexts } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { contains, makeServerError, onRpc } from "@web/../tests/web_test_helpers";
import { sendBusMessage } from "../iot_test_helpers";
import {
    ANSWER,
    expectButtons,
    expectReason,
    expectState,
    expectWays,
    network,
    openDialog,
    setUpDialogTests,
    USED,
} from "./connect_dialog_helpers";
import { ELSEWHERE, foundBox, FREE, HERE, LOST, OTHER_FREE, SILENT } from "./flow_helpers";

setUpDialogTests();

const handed = (box) => `${ANSWER.token} to ${box.host}`;
const labels = () => queryAllTexts(".o_iot_box_label");
const radio = (box) => `input[value='${box.host}']`;

describe("searching", () => {
    test("progress is shown and told", async () => {
        await openDialog();
        expect("[role=status]").toHaveText("Searching your network for boxes…");
        network.lastSearch.onProgress({
            pass: 0,
            done: 64,
            total: 256,
            kind: "own",
            network: "192.168.1.0/24",
        });
        await animationFrame();
        expect(".o_iot_progress p").toHaveText("Searching 192.168.1.0/24: 64 of 256 addresses");
        expect("[role=progressbar]").toHaveAttribute("aria-valuenow", "25");
    });

    test("boxes show as soon as they answer", async () => {
        await openDialog();
        await network.find(FREE);
        expectState("searching");
        expect(labels()).toEqual(["box11 BCD-FGH-JKD"]);
        expectButtons(["Connect", "Stop", "Close"]);
        expect(".o_iot_connect_box").not.toBeEnabled();
        await network.find(OTHER_FREE);
        expect(labels()).toHaveLength(2);
    });

    test("Stop stops, and keeps what was found", async () => {
        await openDialog();
        await network.find(FREE);
        await contains(".o_iot_stop").click();
        expect(network.lastSearch.signal.aborted).toBe(true);
        expectState("choosing");
        expect(radio(FREE)).toBeChecked();
        expectButtons(["Connect", "Search again", "Close"]);
        expect.verifySteps([]); // nothing was connected
    });

    test("closing stops", async () => {
        await openDialog();
        await contains(".o_iot_close").click();
        expect(network.lastSearch.signal.aborted).toBe(true);
    });

    test("the question of the browser is pointed at while it stands", async () => {
        await openDialog();
        network.lastSearch.onPermission("prompt");
        await animationFrame();
        expectState("permission");
        expect(".o_iot_permission").toHaveText(/choose “Allow”/);
        expect("[role=status]").toHaveText(/choose “Allow”/);
        network.lastSearch.onPermission("granted");
        await animationFrame();
        expectState("searching");
        expect(".o_iot_permission").toHaveCount(0);
    });

    test("a server that does not answer is told, and the second try connects the box", async () => {
        await openDialog();
        const error = makeServerError({ type: "AccessError", message: "Administrators only." });
        network.lastSearch.end.reject(error);
        await animationFrame();
        expectState("failed");
        expectReason("refused");
        await contains(".o_iot_retry").click();
        expectState("searching");
        await network.end([FREE]);
        expectState("waiting");
        expect.verifySteps([handed(FREE)]);
        await sendBusMessage("iot.token/used", USED);
        expectState("connected");
    });
});

test("what became of boxes that are offline here is told to the server, for all screens", async () => {
    onRpc("iot.box", "note_seen", ({ args }) => {
        expect.step(`note ${args.join(" ")}`);
        return true;
    });
    await openDialog();
    const known = { id: 5, name: "Cellar", isOnline: false };
    const lost = foundBox(16, { known, status: "elsewhere", serverUrl: "https://x.example.com" });
    await network.find(FREE, OTHER_FREE, HERE, ELSEWHERE, LOST, SILENT, lost);
    expect.verifySteps([
        "note 2 here https://odoo.example.com",
        "note 5 elsewhere https://x.example.com",
    ]);
});

describe("choosing", () => {
    test("each box has its serial number, code, address and version", async () => {
        await openDialog();
        await network.end([FREE, OTHER_FREE]);
        expectState("choosing");
        expect(".modal-title").toHaveText("Choose an IoT Box");
        expect("[role=status]").toHaveText("2 boxes found.");
        expect(labels()).toEqual(["box11 BCD-FGH-JKD", "box12 BCD-FGH-JKF"]);
        expect(".o_iot_found_box:first").toHaveText(/192\.168\.1\.11 · L2025\.10\.22/);
        expect(".o_iot_found_box:first a").toHaveAttribute("href", FREE.url);
        expect(".o_iot_connect_box").not.toBeEnabled();
    });

    test("an expired code is not shown", async () => {
        await openDialog();
        await network.end([foundBox(11, { isPairingCodeExpired: true }), OTHER_FREE]);
        expect(labels()[0]).toBe("box11");
    });

    test("connected boxes are listed, say where, and cannot be chosen", async () => {
        await openDialog();
        await network.end([HERE, ELSEWHERE]);
        expectState("choosing");
        expect(radio(HERE)).not.toBeEnabled();
        expect(radio(ELSEWHERE)).not.toBeEnabled();
        expect("[data-status=here]").toHaveText(/Connected to this database as “Bar”/);
        expect("[data-status=elsewhere]").toHaveText(
            /Connected to https:\/\/other\.example\.com\. Disconnect it on its homepage first/
        );
        expect("[role=status]").toHaveText(/No box is free/);
        expectButtons(["Search again", "Close"]);
    });

    test("a box that takes itself for ours is reconnected on request", async () => {
        await openDialog();
        await network.end([LOST]);
        expectButtons(["Reconnect", "Search again", "Close"]);
        expect(".o_iot_connect_box").toBeEnabled();
        await contains(".o_iot_connect_box").click();
        expectState("waiting");
        expect.verifySteps([handed(LOST)]);
    });

    test("marking a box keeps the focus where it is", async () => {
        await openDialog();
        await network.end([FREE, OTHER_FREE, HERE]);
        await contains(radio(OTHER_FREE)).click();
        expect(radio(OTHER_FREE)).toBeChecked();
        expect(radio(OTHER_FREE)).toBeFocused();
        await contains(".o_iot_connect_box").focus();
        await press("enter");
        await animationFrame();
        await animationFrame();
        expectState("waiting");
        expect.verifySteps([handed(OTHER_FREE)]);
    });

    test("every control has a name for screen readers", async () => {
        await openDialog();
        await network.end([FREE, OTHER_FREE, HERE]);
        expect("fieldset.o_iot_boxes legend").toHaveText("IoT boxes found");
        for (const input of document.querySelectorAll(".o_iot_boxes input")) {
            expect(input.labels).toHaveLength(1);
            expect(document.getElementById(input.getAttribute("aria-describedby"))).not.toBe(null);
        }
    });
});

describe("nothing found", () => {
    for (const [what, values, reason, button] of [
        ["no box answered", {}, "nothing_found", "Search again"],
        ["the user denied it", { permission: "denied" }, "permission_denied", "Search again"],
    ]) {
        test(`it says why: ${what}`, async () => {
            await openDialog();
            await network.end([], values);
            expectState("nothing_found");
            expect(".modal-title").toHaveText("No IoT Box found");
            expectReason(reason);
            expectButtons([button, "Close"]);
            expectWays([
                "Use Pairing Code",
                "Search an address",
                "Connection doctor",
                "My Wi-Fi is slow: search gently",
                "Offline pairing",
            ]);
        });
    }

    test("the search can be repeated, and then connects the only box", async () => {
        await openDialog();
        await network.end([]);
        await contains(".o_iot_search").click();
        await network.end([FREE]);
        expectState("waiting");
        expect.verifySteps([handed(FREE)]);
    });

    test("a slow Wi-Fi is searched gently, from then on", async () => {
        await openDialog();
        await network.end([]);
        await contains(".o_iot_gentle").click();
        expect(network.lastSearch.gentle).toBe(true);
        await network.end([]);
        expect(".o_iot_gentle").toHaveCount(0);
        await contains(".o_iot_search").click();
        expect(network.lastSearch.gentle).toBe(true);
    });
});

for (const [way, field] of [
    ["target", "#o_iot_address"],
    ["code", "#o_iot_code"],
]) {
    test(`what is being typed stays while the search goes on: ${way}`, async () => {
        await openDialog();
        await contains(`.o_iot_${way}`).click();
        await contains(field).edit("BCD-F", { confirm: false, instantly: true });
        network.lastSearch.onProgress({ pass: 0, done: 3, total: 9, kind: "own", network: "x" });
        await animationFrame();
        expect(field).toHaveValue("BCD-F");
    });
}
