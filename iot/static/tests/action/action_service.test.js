import { describe, expect, test } from "@odoo/hoot";
import { advanceTime } from "@odoo/hoot-mock";
import { ConnectionLostError, RPCError } from "@web/core/network/rpc";
import { REQUEST, setUp } from "./action_page";

describe.current.tags("headless");

const WEIGHT = { status: "done", reason: false, message: false, result: 1.25 };
const lost = () => Promise.reject(new ConnectionLostError("/web/dataset/call_kw"));
const never = () => new Promise(() => {});
const settle = () => advanceTime(1);

describe("a box that can be reached", () => {
    test("acts directly, under the id that the server knows", async () => {
        const page = setUp();
        expect(await page.send()).toEqual({ ...WEIGHT, path: "direct" });
        await settle();
        expect(page.calls.sort()).toEqual([
            "box act read_once",
            "box hear",
            "box look",
            "finish_direct 1.25",
            "request_action true",
        ]);
        expect(page.uids.size).toBe(1);
        expect(page.progress).toEqual([{ path: "direct", state: undefined, reason: undefined }]);
    });

    test("is not asked for what the server refuses", async () => {
        const error = Object.assign(new RPCError(), { data: { message: "Not yours." } });
        const page = setUp({
            request_action: () => new Promise((_, reject) => setTimeout(() => reject(error), 500)),
        });
        const sent = page.send();
        await advanceTime(500);
        const { status, reason, message } = await sent;
        expect([status, reason, message]).toEqual(["failed", "refused", "Not yours."]);
        await settle();
        expect(page.calls).not.toInclude("box act read_once");
    });

    test("is not asked when the request has ended at once", async () => {
        const ended = { ...REQUEST, state: "failed", reason: "foreign_database" };
        const page = setUp({ request_action: () => ended });
        expect((await page.send()).reason).toBe("foreign_database");
        await settle();
        expect(page.calls).not.toInclude("box act read_once");
    });

    test("acts although the server is away", async () => {
        const page = setUp({ request_action: lost });
        expect(await page.send()).toEqual({ ...WEIGHT, path: "direct" });
    });

    test("acts although the server takes its time", async () => {
        const page = setUp({ request_action: never });
        const sent = page.send();
        await settle();
        expect(page.calls).not.toInclude("box act read_once");
        await advanceTime(1000);
        expect(await sent).toEqual({ ...WEIGHT, path: "direct" });
    });

    test("says that it has no such device", async () => {
        const page = setUp({}, { act: () => false });
        expect(await page.send()).toEqual({
            status: "failed",
            reason: "unknown_device",
            message: false,
            result: null,
            path: "direct",
        });
    });

    test("is believed when its answer comes by the bus first", async () => {
        const page = setUp({}, { hear: never });
        const sent = page.send();
        await settle();
        page.end("done", { result: 0.4 });
        expect((await sent).result).toBe(0.4);
        await advanceTime(20_000);
        expect(page.calls.filter((call) => call === "box hear")).toHaveLength(1);
        expect(page.calls).not.toInclude("finish_direct");
    });
});

describe("a box that cannot be reached", () => {
    const UNREACHABLE = { look: () => Promise.reject(new TypeError("Failed to fetch")) };

    test("is told by the server, which is certain that it got nothing", async () => {
        const page = setUp({}, UNREACHABLE);
        const sent = page.send();
        await settle();
        expect(page.calls).toEqual(["request_action true", "box look", "take_over_direct false"]);
        page.end("done", { result: 1.25 });
        expect(await sent).toEqual({ ...WEIGHT, path: "server" });
        expect(page.uids.size).toBe(1);
    });

    test("is not waited for by the next action, which has an id of its own", async () => {
        const page = setUp({}, UNREACHABLE);
        page.send();
        await settle();
        page.calls.length = 0;
        page.send();
        await settle();
        expect(page.calls).toEqual(["request_action false"]);
        expect(page.uids.size).toBe(2);
    });

    test("is said to be waited for", async () => {
        const queued = { ...REQUEST, state: "queued", reason: "offline" };
        const page = setUp({ take_over_direct: () => queued }, UNREACHABLE);
        page.send();
        await settle();
        expect(page.progress).toEqual([{ path: "server", state: "queued", reason: "offline" }]);
    });

    test("and no server either: that is said", async () => {
        const page = setUp({ request_action: lost }, UNREACHABLE);
        const sent = page.send();
        await advanceTime(1000);
        await advanceTime(3000);
        expect((await sent).reason).toBe("no_server");
        expect(page.uids.size).toBe(1);
        expect(page.calls.filter((call) => call === "request_action true")).toHaveLength(3);
    });
});

describe("a connection that breaks", () => {
    const BREAKING = { act: () => Promise.reject(new TypeError("Failed to fetch")) };

    test("lets the server send what the box may have got", async () => {
        const page = setUp({}, BREAKING);
        const sent = page.send();
        await settle();
        expect(page.calls.at(-1)).toBe("take_over_direct true");
        page.end("expired", { reason: "uncertain" });
        expect((await sent).reason).toBe("uncertain");
        expect(page.uids.size).toBe(1);
    });

    test("without a server leaves it uncertain", async () => {
        const page = setUp({ request_action: lost }, BREAKING);
        const sent = page.send();
        await advanceTime(1000);
        await advanceTime(3000);
        const { status, reason } = await sent;
        expect([status, reason]).toEqual(["expired", "uncertain"]);
    });

    test("is not mended when the server learns of it too late to tell runs of a box apart", async () => {
        let note;
        const noted = new Promise((resolve) => (note = resolve));
        const page = setUp({ request_action: () => noted }, BREAKING);
        page.send();
        await settle();
        await advanceTime(1000);
        expect(page.calls).toInclude("box act read_once");
        await advanceTime(12_001);
        note({ ...REQUEST, state: "direct" });
        await settle();
        expect(page.calls).not.toInclude("take_over_direct true");
    });

    test("of a box that is slow: the server tries, and whoever tells the end first is believed", async () => {
        let finish;
        const page = setUp({}, { act: () => new Promise((resolve) => (finish = resolve)) });
        const sent = page.send();
        await settle();
        expect(page.calls).not.toInclude("take_over_direct true");
        await advanceTime(10_000);
        expect(page.calls).toInclude("take_over_direct true");
        finish(true);
        expect((await sent).result).toBe(1.25);
    });
});

test("a page whose bus is silent asks the server", async () => {
    let state = "sent";
    const read_outcome = () => [{ ...REQUEST, state, result: state === "done" ? 1.25 : null }];
    const page = setUp({ read_outcome }, { hear: never });
    const sent = page.send();
    await advanceTime(5000);
    state = "done";
    await advanceTime(5000);
    expect(await sent).toEqual({ ...WEIGHT, path: "direct" });
    page.calls.length = 0;
    await advanceTime(20_000);
    expect(page.calls).toEqual([]);
});

test("a page that reaches a box hears what happens on a device by itself", async () => {
    let time = 0;
    const page = setUp({}, { hear: () => ({ value: String(++time), time }) });
    const controller = new AbortController();
    const heard = [];
    const onEvent = ({ value }) => heard.push(value) === 3 && controller.abort();
    expect(await page.listen(onEvent, controller.signal)).toBe(true);
    expect(heard).toEqual(["1", "2", "3"]);
    const far = setUp({}, { look: () => false });
    expect(await far.listen(() => {}, new AbortController().signal)).toBe(false);
});

test("the answer to an action, which repeats the last key, is no key", async () => {
    const events = [
        { value: "a", result: "" },
        { value: "a", status: "success", result: null, action_args: { action: "update_layout" } },
        { value: "b", result: "" },
    ];
    let time = 0;
    const page = setUp({}, { hear: () => ({ ...events[time], time: ++time }) });
    const controller = new AbortController();
    const heard = [];
    await page.listen(({ value }) => {
        heard.push(value);
        if (value === "b") {
            controller.abort();
        }
    }, controller.signal);
    expect(heard).toEqual(["a", "b"]);
});

test("the id is a version 4 UUID, which the server demands", async () => {
    const page = setUp();
    await page.send();
    expect(page.uids.size).toBe(1);
    for (const uid of page.uids) {
        expect(uid).toMatch(
            /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
        );
    }
});
