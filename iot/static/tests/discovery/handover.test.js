import { describe, expect, test } from "@odoo/hoot";
import { disconnect, handOver } from "@iot/discovery/handover";
import { json, networkOf, refuse } from "./box_answers";

describe.current.tags("headless");

const BOX = { host: "192.168.1.20" };
const CONNECT = "http://192.168.1.20:8069/iot_drivers/connect_to_server";
const CLEAR = "http://192.168.1.20:8069/iot_drivers/server_clear";
const TOKEN = "https://odoo.example.com?token=t&db_uuid=u&enterprise_code=&db_name=d";

const through = (answers) => ({ fetch: networkOf(answers), signal: new AbortController().signal });

test("a box takes the token", async () => {
    const answer = ({ method, headers, body }) => {
        expect(method).toBe("POST");
        expect(headers).toEqual({ "Content-Type": "application/json" });
        expect(JSON.parse(body)).toEqual({ params: { token: TOKEN } });
        return json({ jsonrpc: "2.0", id: null, result: { status: "success", message: "Done" } });
    };
    expect(await handOver(BOX, TOKEN, through({ [CONNECT]: answer }))).toEqual({ ok: true });
});

test("a box refuses in its own words, cut where they become a novel", async () => {
    const refusal = (message) => () => json({ result: { status: "failure", message } });
    expect(
        await handOver(BOX, TOKEN, through({ [CONNECT]: refusal("Invalid URL provided.") }))
    ).toEqual({
        reason: "box_refused",
        message: "Invalid URL provided.",
    });
    const { message } = await handOver(
        BOX,
        TOKEN,
        through({ [CONNECT]: refusal("x".repeat(999)) })
    );
    expect(message).toHaveLength(200);
});

for (const body of [
    { error: { code: 200 } },
    { result: null },
    {},
    null,
    [],
    { result: { message: 5 } },
]) {
    test(`${JSON.stringify(body)} is a refusal without words`, async () => {
        expect(await handOver(BOX, TOKEN, through({ [CONNECT]: () => json(body) }))).toEqual({
            reason: "box_refused",
            message: "",
        });
    });
}

test("a box that is gone, silent or broken is unreachable", async () => {
    const unreachable = { reason: "box_unreachable" };
    expect(await handOver(BOX, TOKEN, through({ [CONNECT]: refuse }))).toEqual(unreachable);
    expect(
        await handOver(BOX, TOKEN, { ...through({}), deadline: AbortSignal.timeout(1) })
    ).toEqual(unreachable);
    const broken = () => new Response("<html/>", { status: 502 });
    expect(await handOver(BOX, TOKEN, through({ [CONNECT]: broken }))).toEqual(unreachable);
});

test("who closes the popup stops the handing over", async () => {
    const controller = new AbortController();
    const handing = handOver(BOX, TOKEN, { ...through({}), signal: controller.signal });
    controller.abort();
    expect(await handing).toEqual({ reason: "aborted" });
});

test("a box forgets its database", async () => {
    const answer = ({ method }) => {
        expect.step(method);
        return json({ status: "success", message: "Successfully disconnected from server" });
    };
    expect(await disconnect(BOX, through({ [CLEAR]: answer }))).toEqual({ ok: true });
    expect.verifySteps([undefined]);
    expect(await disconnect(BOX, through({ [CLEAR]: refuse }))).toEqual({
        reason: "box_unreachable",
    });
});
