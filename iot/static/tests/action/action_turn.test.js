import { describe, expect, test } from "@odoo/hoot";
import { advanceTime } from "@odoo/hoot-mock";
import { REQUEST, setUp } from "./action_page";

describe.current.tags("headless");

const WEIGHT = { status: "done", reason: false, message: false, result: 1.25 };
const never = () => new Promise(() => {});
const settle = () => advanceTime(1);

describe("a printer that has another job", () => {
    const BUSY = { ...REQUEST, state: "queued", reason: "busy" };

    test("is left to the server, which tells the end", async () => {
        const page = setUp({ request_action: () => BUSY, take_over_direct: () => BUSY });
        const sent = page.send();
        await settle();
        expect(page.calls).toEqual(["request_action true", "box look", "take_over_direct false"]);
        expect(page.progress).toEqual([{ path: "server", state: "queued", reason: "busy" }]);
        page.end("done", { result: 1.25 });
        expect(await sent).toEqual({ ...WEIGHT, path: "server" });
        expect(page.calls).not.toInclude("box act read_once");
    });

    test("is not said to be left alone when the server was late and the box was asked", async () => {
        let note;
        const noted = new Promise((resolve) => (note = resolve));
        const page = setUp({ request_action: () => noted }, { act: never });
        page.send();
        await settle();
        await advanceTime(1000);
        expect(page.calls).toInclude("box act read_once");
        note(BUSY);
        await advanceTime(10_000);
        expect(page.calls.filter((call) => call.startsWith("take_over"))).toEqual([]);
        expect(page.progress.at(-1)).toEqual({ path: "server", state: "queued", reason: "busy" });
    });
});
