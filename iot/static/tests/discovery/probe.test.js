import { describe, expect, test } from "@odoo/hoot";
import { parseBox, probe } from "@iot/discovery/probe";
import { BOX_DATA, json, networkOf, refuse } from "./box_answers";

describe.current.tags("headless");

const HOST = "192.168.1.20";
const DATA_URL = `http://${HOST}:8069/iot_drivers/data`;
const NEVER = new AbortController().signal;

const FOUND = {
    host: HOST,
    url: `http://${HOST}:8069`,
    identifier: "1000000012345678",
    mac: "b8:27:eb:00:00:01",
    version: "L2025.10.22",
    pairingCode: "BCD-FGH-JKL",
    isPairingCodeExpired: false,
    serverUrl: "",
    dbUuid: false,
};

const ask = (answers, options = {}) =>
    probe(HOST, { fetch: networkOf(answers), signal: NEVER, ...options });

test("a box is recognised", async () => {
    expect(await ask({ [DATA_URL]: () => json(BOX_DATA) })).toEqual({ box: FOUND });
});

test("the request carries nothing of ours", async () => {
    const answer = (init) => {
        expect(init.credentials).toBe("omit");
        expect(init.referrerPolicy).toBe("no-referrer");
        expect(init.redirect).toBe("error");
        expect("targetAddressSpace" in init).toBe(false);
        expect("method" in init || "headers" in init || "body" in init).toBe(false);
        expect.step("asked");
        return json(BOX_DATA);
    };
    await ask({ [DATA_URL]: answer }, { isEncryptedPage: true });
    expect.verifySteps(["asked"]);
});

test("a name is declared local on an encrypted page, or the browser refuses at once", async () => {
    const answers = {
        "http://bar.example.com:8069/iot_drivers/data": ({ targetAddressSpace }) => {
            expect.step(targetAddressSpace);
            return json(BOX_DATA);
        },
    };
    const options = { fetch: networkOf(answers), signal: NEVER };
    await probe("bar.example.com", { ...options, isEncryptedPage: true });
    await probe("bar.example.com", { ...options, isEncryptedPage: false });
    expect.verifySteps(["local", undefined]);
});

test("secrets of the box's database are not kept", async () => {
    const data = { ...BOX_DATA, enterprise_code: "M1234", token: "t", wifi_ssid: "shop" };
    const { box } = await ask({ [DATA_URL]: () => json(data) });
    expect(Object.keys(box)).toEqual(Object.keys(FOUND));
    expect(JSON.stringify(box)).not.toMatch(/M1234|shop/);
});

test("a paired box tells to whom it belongs, by scheme and host", () => {
    const data = { ...BOX_DATA, db_uuid: "3f2a-1", pairing_code: false };
    expect(parseBox(HOST, { ...data, server_status: "https://a.odoo.com" })).toEqual({
        ...FOUND,
        pairingCode: false,
        serverUrl: "https://a.odoo.com",
        dbUuid: "3f2a-1",
    });
    const serverUrl = (text) => parseBox(HOST, { ...data, server_status: text }).serverUrl;
    expect(serverUrl("https://user:secret@a.odoo.com/x?token=y")).toBe("https://a.odoo.com");
    expect(serverUrl("not a link")).toBe("not a link");
    expect(serverUrl(" \u202emoc.live\u0000\u001b ")).toBe("moc.live", {
        message: "nothing that turns or breaks a text",
    });
    expect(serverUrl("x".repeat(5000))).toHaveLength(300);
    expect(serverUrl(null)).toBe("", { message: "newer boxes may say null" });
});

const NO_BOXES = {
    nothing: [null, undefined, true, 12, "text", [], {}],
    "an identifier that cannot be one": [
        undefined,
        "",
        false,
        ["1"],
        "x".repeat(129),
        "<img src=x onerror=alert(1)>",
        "../../etc",
    ].map((identifier) => ({ ...BOX_DATA, identifier })),
    "a server that cannot be one": [1, true, ["https://a.odoo.com"], {}].map((server_status) => ({
        ...BOX_DATA,
        server_status,
    })),
};

for (const [name, answers] of Object.entries(NO_BOXES)) {
    test(`who answers ${name} is no box`, () => {
        for (const data of answers) {
            expect(parseBox(HOST, data)).toBe(null, { message: JSON.stringify(data) });
        }
    });
}

const DROPPED = {
    pairing_code: [false, null, 7, "", "a".repeat(33), "<b>1</b>", "AB\nCD", { a: 1 }],
    mac_address: [null, "", "b8:27", 5, "<b>"],
    version: [null, "", {}, "v".repeat(65), "<script>"],
    db_uuid: [null, 5, "u".repeat(65), "a b"],
};
const KEYS = {
    pairing_code: "pairingCode",
    mac_address: "mac",
    version: "version",
    db_uuid: "dbUuid",
};

for (const [key, values] of Object.entries(DROPPED)) {
    test(`a ${key} that cannot be one is dropped, the box stays`, () => {
        for (const value of values) {
            const box = parseBox(HOST, { ...BOX_DATA, [key]: value });
            expect(box[KEYS[key]] || false).toBe(false, { message: JSON.stringify(value) });
            expect(box.identifier).toBe(FOUND.identifier);
        }
    });
}

const OTHER_ANSWERS = {
    "a page": () => new Response("<html>Router</html>"),
    "no text": () => new Response(""),
    "half of it": () => new Response(JSON.stringify(BOX_DATA).slice(0, 50)),
    "an error": () => new Response(JSON.stringify(BOX_DATA), { status: 500 }),
    "too much": () => new Response(" ".repeat(600 * 1024) + JSON.stringify(BOX_DATA)),
};

for (const [name, answer] of Object.entries(OTHER_ANSWERS)) {
    test(`who answers ${name} is no box`, async () => {
        expect(await ask({ [DATA_URL]: answer })).toEqual({ failure: "not_a_box" });
    });
}

test("an endless answer is left in the middle", async () => {
    const endless = new ReadableStream({
        pull: (controller) => controller.enqueue(new Uint8Array(64 * 1024)),
        cancel: () => expect.step("left"),
    });
    expect(await ask({ [DATA_URL]: () => new Response(endless) })).toEqual({
        failure: "not_a_box",
    });
    expect.verifySteps(["left"]);
});

test("a host that refuses is told from one that is silent", async () => {
    expect(await ask({ [DATA_URL]: refuse })).toEqual({ failure: "unreachable" });
    const deadline = new AbortController();
    const asking = ask({}, { deadline: deadline.signal });
    deadline.abort();
    expect(await asking).toEqual({ failure: "silent" });
});

test("the deadline covers the answer, too", async () => {
    const deadline = new AbortController();
    const answer = ({ signal }) => {
        const body = new ReadableStream({
            start: (controller) =>
                signal.addEventListener("abort", () => controller.error(signal.reason)),
        });
        queueMicrotask(() => deadline.abort());
        return new Response(body);
    };
    expect(await ask({ [DATA_URL]: answer }, { deadline: deadline.signal })).toEqual({
        failure: "silent",
    });
});

test("without a deadline the request waits for the person, and ends with the search", async () => {
    const end = new AbortController();
    const asking = ask({}, { signal: end.signal });
    end.abort();
    expect(await asking).toEqual({ failure: "aborted" });
});
