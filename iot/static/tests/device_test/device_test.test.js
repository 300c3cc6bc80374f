import { expect, test } from "@odoo/hoot";
import { click, queryAllTexts } from "@odoo/hoot-dom";
import { advanceTime, animationFrame } from "@odoo/hoot-mock";
import { mockService, mountView } from "@web/../tests/web_test_helpers";
import { defineIotModels, IotDevice, setIotManager } from "../iot_test_helpers";

defineIotModels();

const arch = `<form><field name="name"/><widget name="iot_device_test"/></form>`;
const ANSWER = ".o_iot_device_test [role=status]";
const DONE = { status: "done", reason: false, message: false, result: null, path: "direct" };

/** Show the tests of a device; what `send` is asked waits for `answer`. */
async function mountTests(resId, { isManager = true } = {}) {
    setIotManager(isManager);
    IotDevice._records = [
        { id: 11, name: "Scale", box_id: 1, type: "scale" },
        { id: 12, name: "Printer", box_id: 1, type: "printer", subtype: "receipt_printer" },
        { id: 13, name: "Display", box_id: 1, type: "display", display_url: "http://menu.test/" },
        { id: 15, name: "Other display", box_id: 1, type: "display" },
        { id: 16, name: "Keyboard", box_id: 1, type: "keyboard" },
        { id: 14, name: "Laser", box_id: 1, type: "printer", subtype: "office_printer" },
    ];
    const sent = [];
    mockService("iot_action", {
        listen: (device, onEvent, { signal }) =>
            new Promise((resolve) => {
                sent.push({ device, onEvent, resolve });
                signal.addEventListener("abort", () => resolve(true));
            }),
        readDevice: async (id) => ({ id, identifier: "p1", box: {} }),
        send: (device, action, args, { onProgress }) =>
            new Promise((resolve) => sent.push({ device, action, args, onProgress, resolve })),
    });
    await mountView({
        type: "form",
        resModel: "iot.device",
        resIds: [11, 12, 13, 15, 14, 16],
        resId,
        arch,
    });
    return sent;
}

async function start(sent, label) {
    await click(`.o_iot_device_test button:contains(${label})`);
    await animationFrame();
    return sent.at(-1);
}

async function answer(call, outcome) {
    call.resolve({ ...DONE, ...outcome });
    await animationFrame();
    await animationFrame();
}

test("a scale shows its weight", async () => {
    const sent = await mountTests(11);
    const call = await start(sent, "Read Weight");
    expect([call.device.id, call.action]).toEqual([11, "read_once"]);
    expect(ANSWER).toHaveText("Waiting for the device…");
    expect(".o_iot_device_test button").not.toBeEnabled();
    await answer(call, { result: 1.25 });
    expect(ANSWER).toHaveText(/Weight: 1.250 kg/);
    expect(ANSWER).toHaveText(/Directly from this browser/);
    expect(".o_iot_device_test button").toBeEnabled();
});

test("it is said what the device is waited for", async () => {
    const sent = await mountTests(11);
    const call = await start(sent, "Read Weight");
    call.onProgress({ path: "server", state: "queued", reason: "offline" });
    await animationFrame();
    expect(ANSWER).toHaveText("The IoT box is offline; waiting for it…");
    await answer(call, { status: "expired", reason: "offline", path: "server" });
    expect(ANSWER).toHaveText("The IoT box is offline. Check its power and its network.");
});

test("a failure is told in words, those of the device where there are no better ones", async () => {
    const sent = await mountTests(12);
    const words = {
        ERROR_NO_PAPER: "The printer has no paper.",
        box_error: "The device could not do it: OSError: gone",
        refused: "OSError: gone",
    };
    for (const [reason, text] of Object.entries(words)) {
        const call = await start(sent, "Print Test Page");
        await answer(call, { status: "failed", reason, message: "OSError: gone" });
        expect(ANSWER).toHaveText(text);
    }
});

test("each kind of printer gets a page it understands", async () => {
    const sent = await mountTests(12);
    const receipt = await start(sent, "Print Test Page");
    expect(receipt.action).toBe("print_receipt");
    expect(atob(receipt.args.receipt).slice(0, 3)).toBe("\xff\xd8\xff");
    await answer(receipt, { reason: "WARNING_LOW_PAPER" });
    expect(ANSWER).toHaveText(/The paper is running low/);
    expect(queryAllTexts(".o_iot_device_test button")).toEqual([
        "Print Test Page",
        "Open Cash Drawer",
    ]);
});

test("an office printer has no cash drawer and gets a PDF", async () => {
    const sent = await mountTests(14);
    expect(queryAllTexts(".o_iot_device_test button")).toEqual(["Print Test Page"]);
    const call = await start(sent, "Print Test Page");
    expect(call.action).toBe("print");
    expect(atob(call.args.document).slice(0, 5)).toBe("%PDF-");
});

test("the end of its test gives a display its own page, or that of its box", async () => {
    const sent = await mountTests(13);
    const show = await start(sent, "Show Test Picture");
    expect(show.args.url).toMatch(/\/iot\/static\/img\/display_test\.svg$/);
    await answer(show);
    const end = await start(sent, "End Test");
    expect([end.action, end.args.url]).toEqual(["update_url", "http://menu.test/"]);
    await answer(end);
    await click(".o_pager_next");
    await animationFrame();
    expect((await start(sent, "End Test")).args.url).toBe("http://localhost:8069/status/");
});

test("the keys of a keyboard appear as they are pressed", async () => {
    const sent = await mountTests(16);
    const call = await start(sent, "Try Keys");
    expect(ANSWER).toHaveText("Press some keys of the device: …");
    for (const value of ["a", "", "B"]) {
        call.onEvent({ value });
    }
    await animationFrame();
    expect(ANSWER).toHaveText("Press some keys of the device: aB");
    await advanceTime(20_000);
    await animationFrame();
    expect(ANSWER).toHaveText("Keys: aB");
});

test("a keyboard that nobody uses, or that this browser does not hear, is told apart", async () => {
    const sent = await mountTests(16);
    await start(sent, "Try Keys");
    await advanceTime(20_000);
    await animationFrame();
    expect(ANSWER).toHaveText("Nothing has arrived.");
    const call = await start(sent, "Try Keys");
    call.resolve(false);
    await animationFrame();
    await animationFrame();
    expect(ANSWER).toHaveText(/This browser does not reach the IoT box/);
});

test("only administrators change what a display shows", async () => {
    await mountTests(13, { isManager: false });
    expect(queryAllTexts(".o_iot_device_test button")).toEqual(["Reload Page"]);
});

test("an answer for one device is not shown for the next", async () => {
    const sent = await mountTests(11);
    const call = await start(sent, "Read Weight");
    await click(".o_pager_next");
    await animationFrame();
    expect(ANSWER).toHaveText("");
    await start(sent, "Print Test Page");
    await answer(call, { result: 1.25 });
    expect(ANSWER).toHaveText("Waiting for the device…");
});
