import { advanceTime, expect, test } from "@odoo/hoot";
import { animationFrame } from "@odoo/hoot-mock";
import { mockService, mountView, onRpc } from "@web/../tests/web_test_helpers";
import { changeBoxes, defineIotModels, IotBox } from "../iot_test_helpers";

const BAR = { id: 1, name: "Bar", isOnline: false };

defineIotModels();

/** Open the form of a box; `answers` are what one look after the other sees. */
async function openForm(isOnline, answers = []) {
    IotBox._records = [
        { id: 1, name: "Bar", ip: "192.168.1.20", is_online: isOnline },
        { id: 2, name: "Kitchen" },
    ];
    mockService("iot_discovery", {
        async look(ip) {
            expect.step(`look at ${ip}`);
            return answers.shift() ?? null;
        },
    });
    onRpc("iot.box", "note_seen", ({ args }) => {
        expect.step(`note ${args.join(" ")}`);
        return true;
    });
    await mountView({
        type: "form",
        resModel: "iot.box",
        resId: 1,
        arch: `
            <form js_class="iot_box_form">
                <field name="is_online"/>
                <widget name="iot_box_lookout" invisible="is_online"/>
            </form>`,
    });
}

test("what became of an offline box is told to the server", async () => {
    const elsewhere = { known: BAR, status: "elsewhere", serverUrl: "https://x.example.com" };
    await openForm(false, [null, elsewhere]);
    expect.verifySteps(["look at 192.168.1.20"]);
    await advanceTime(15_000);
    await animationFrame();
    expect.verifySteps(["look at 192.168.1.20", "note 1 elsewhere https://x.example.com"]);
});

test("another box at the address of this one is none of its business", async () => {
    await openForm(false, [
        { known: null, status: "free", serverUrl: "" },
        { known: { ...BAR, id: 2 }, status: "free", serverUrl: "" },
    ]);
    await advanceTime(15_000);
    expect.verifySteps(["look at 192.168.1.20", "look at 192.168.1.20"]);
});

test("a box that is online is left in peace", async () => {
    await openForm(true);
    await advanceTime(120_000);
    expect.verifySteps([]);
});

test("the search for a box that is off ends", async () => {
    await openForm(false);
    for (let looks = 0; looks < 10; looks++) {
        await advanceTime(15_000);
    }
    expect.verifySteps(Array(4).fill("look at 192.168.1.20"));
});

test("it ends when the box is back", async () => {
    await openForm(false);
    expect.verifySteps(["look at 192.168.1.20"]);
    await changeBoxes([1], (env) => env["iot.box"].write([1], { is_online: true }));
    await advanceTime(300_000);
    expect.verifySteps([]);
});
