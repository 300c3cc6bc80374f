import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { patchWithCleanup } from "@web/../tests/web_test_helpers";
import { browser } from "@web/core/browser/browser";
import { STATES } from "@iot/connect/connect_states";
import { ConnectSession } from "@iot/connect/connect_session";

describe.current.tags("headless");

let clock; // ms

beforeEach(() => {
    clock = 0;
    patchWithCleanup(browser, { performance: { now: () => clock } });
});

test("a fault of ours in one question to the server does not end the questions", async () => {
    const answers = [
        () => Promise.reject(new TypeError("a fault of ours")),
        () => [{ state: "used", box_id: [3, "Bar"] }],
    ];
    const session = new ConnectSession(
        { orm: { read: async () => answers.shift()() } },
        {
            onChange: () => {},
            onConnected: ({ boxId, boxName }) => expect.step(`${boxId} ${boxName}`),
        }
    );
    session.flow = { name: STATES.WAITING, attempt: 1, tokenId: 7 };
    session.inquiredAt = clock;
    clock += 10_000;
    await expect(session.onTick()).rejects.toThrow("a fault of ours");
    clock += 10_000;
    await session.onTick();
    expect.verifySteps(["3 Bar"]);
});
