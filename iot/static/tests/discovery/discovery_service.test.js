import { beforeEach, expect, test } from "@odoo/hoot";
import {
    getService,
    makeMockEnv,
    makeServerError,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import { browser } from "@web/core/browser/browser";
import { defineIotModels } from "../iot_test_helpers";
import { BOX_DATA, json, networkOf, refuse } from "./box_answers";

defineIotModels();

const KNOWN = {
    id: 3,
    name: "Bar",
    identifier: BOX_DATA.identifier,
    ip: "192.168.7.20",
    is_online: false,
};
const HINTS = {
    boxes: [KNOWN],
    client_address: "192.168.7.5",
    base_url: { url: "https://odoo.example.com" },
    server_time: 0,
    is_database_ambiguous: false,
};
const DATA = "http://192.168.7.20:8069/iot_drivers/data";

let asked;
beforeEach(async () => {
    asked = [];
    onRpc("iot.token", "get_discovery_hints", () => HINTS);
    usePage("https://odoo.example.com", "granted");
    await makeMockEnv();
});

/** The page at which the user is, and what its browser says of the local network. */
function usePage(url, state) {
    const { protocol, hostname, host, origin } = new URL(url);
    patchWithCleanup(browser, { location: { protocol, hostname, host, origin, href: url } });
    patchWithCleanup(browser.navigator.permissions, {
        query: async () => Object.assign(new EventTarget(), { state }),
    });
}

/** All hosts refuse at once, but for these. */
function useNetwork(answers) {
    const network = networkOf(answers);
    patchWithCleanup(browser, {
        fetch(url, init) {
            asked.push(new URL(url).hostname);
            return url in answers ? network(url, init) : refuse();
        },
    });
}

const discovery = () => getService("iot_discovery");

test("nothing is asked until somebody searches", async () => {
    useNetwork({});
    discovery();
    expect(asked).toEqual([]);
});

test("a search asks known boxes, the own and the usual networks, and classifies what it finds", async () => {
    useNetwork({ [DATA]: () => json(BOX_DATA) });
    const found = [];
    const result = await discovery().search({ onFound: (box) => found.push(box) });
    expect(asked.slice(0, 2)).toEqual(["192.168.7.20", "192.168.7.5"]);
    expect(new Set(asked).size).toBe(asked.length);
    expect(asked).toHaveLength(5 * 254);
    expect(found).toEqual(result.boxes);
    expect(found.map(({ host, status, known }) => [host, status, known.name])).toEqual([
        ["192.168.7.20", "free", "Bar"],
    ]);
    expect([result.permission, result.probed, result.answered]).toEqual(["granted", 1270, 1270]);
    expect(result.hints).toEqual(HINTS);
});

test("what the user typed is asked, and nothing else", async () => {
    useNetwork({ [DATA]: () => json(BOX_DATA) });
    const { boxes } = await discovery().search({ target: " http://192.168.7.20:8069/ " });
    expect(asked).toEqual(["192.168.7.20"]);
    expect(boxes).toHaveLength(1);
});

test("nonsense is refused and a large network only asked with consent", async () => {
    useNetwork({});
    expect(await discovery().search({ target: "nonsense!" })).toEqual({ error: "target_invalid" });
    const target = "10.0.0.0/23";
    expect(await discovery().search({ target })).toEqual({
        error: "target_needs_consent",
        hostCount: 510,
    });
    expect(asked).toEqual([]);
    await discovery().search({ target, hasConsent: true });
    expect(asked).toHaveLength(510);
});

test("a page that seems to come from a proxy's own machine does not search the user's machine", async () => {
    onRpc("iot.token", "get_discovery_hints", () => ({
        ...HINTS,
        boxes: [],
        client_address: "127.0.0.1",
    }));
    useNetwork({});
    await discovery().search();
    expect(asked.filter((host) => host.startsWith("127."))).toEqual([]);
    asked = [];
    usePage("http://127.0.0.1:8069", "granted");
    useNetwork({});
    await discovery().search();
    expect(asked.slice(0, 2)).toEqual(["127.0.0.1", "127.0.0.254"]);
});

test("a search that was stopped before asks nobody", async () => {
    useNetwork({ [DATA]: () => json(BOX_DATA) });
    const { boxes } = await discovery().search({ signal: AbortSignal.abort() });
    expect(boxes).toEqual([]);
    expect(asked).toEqual([]);
});

test("a server that refuses hints is heard", async () => {
    useNetwork({});
    onRpc("iot.token", "get_discovery_hints", () => {
        throw makeServerError({ type: "AccessError", message: "administrators only" });
    });
    await expect(discovery().search()).rejects.toThrow(/administrators only/);
    await expect(discovery().diagnose()).rejects.toThrow(/administrators only/);
    expect(asked).toEqual([]);
});

test("the token goes to the box that was found", async () => {
    useNetwork({
        "http://192.168.7.20:8069/iot_drivers/connect_to_server": ({ body }) => {
            expect.step(body);
            return json({ result: { status: "success", message: "" } });
        },
        "http://192.168.7.20:8069/iot_drivers/server_clear": () => json({ status: "success" }),
    });
    const box = { host: "192.168.7.20" };
    expect(await discovery().handOver(box, "token")).toEqual({ ok: true });
    expect.verifySteps([`{"params":{"token":"token"}}`]);
    expect(await discovery().disconnect(box)).toEqual({ ok: true });
});

test("the doctor looks at the host that the user typed", async () => {
    useNetwork({ [DATA]: () => new Response("<html>A router</html>") });
    const ids = [];
    const { results, report } = await discovery().diagnose({
        target: "192.168.7.20",
        onResult: ({ id }) => ids.push(id),
    });
    expect(asked).toEqual(["192.168.7.20"]);
    expect(ids).toEqual(results.map(({ id }) => id));
    const reasons = Object.fromEntries(results.map(({ id, reason }) => [id, reason]));
    expect(reasons.network).toBe("host_is_no_box");
    expect(reasons.clock).toBe("clock_fast");
    expect(report).toMatch(/network: problem, host_is_no_box/);
});

test("the doctor looks at known boxes and at one more network when nothing was typed", async () => {
    useNetwork({ [DATA]: () => json(BOX_DATA) });
    const { results, report } = await discovery().diagnose();
    expect(asked).toHaveLength(254);
    expect(results.find(({ id }) => id === "network").verdict).toBe("ok");
    expect(report).toMatch(/Box: 1000000012345678 at 192.168.7.20, L2025.10.22, free/);
});

test("the doctor also speaks when the server does not", async () => {
    onRpc("iot.token", "get_discovery_hints", () => new Response("", { status: 502 }));
    useNetwork({});
    const { results } = await discovery().diagnose();
    const verdicts = Object.fromEntries(results.map(({ id, verdict }) => [id, verdict]));
    expect(verdicts.server).toBe("problem");
    expect(verdicts.base_url).toBe("skipped");
});

test("one box is looked at where it announced itself", async () => {
    useNetwork({ [DATA]: () => json(BOX_DATA) });
    for (const announced of ["192.168.7.20", "192-168-7-20.x.odoo-iot.com"]) {
        const box = await discovery().look(announced);
        expect([box.status, box.known.id]).toEqual(["free", 3]);
    }
    expect(await discovery().look("192.168.7.21")).toBe(null);
    expect(await discovery().look(false)).toBe(null);
    expect(asked).toEqual(["192.168.7.20", "192.168.7.20", "192.168.7.21"]);
});

test("nobody is asked for the permission to look at a box", async () => {
    useNetwork({ [DATA]: () => json(BOX_DATA) });
    for (const state of ["prompt", "denied"]) {
        usePage("https://odoo.example.com", state);
        expect(await discovery().look("192.168.7.20")).toBe(null);
    }
    expect(asked).toEqual([]);
    usePage("http://192.168.7.1:8069", "prompt");
    expect((await discovery().look("192.168.7.20")).identifier).toBe(BOX_DATA.identifier);
});
