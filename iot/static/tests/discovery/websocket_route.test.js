import { describe, expect, test } from "@odoo/hoot";
import { canOpenWebSocket } from "@iot/discovery/websocket_route";

describe.current.tags("headless");

const NEVER = new AbortController().signal;

/** A socket to which `happening` happens, or nothing. */
const socketWith = (happening) =>
    class extends EventTarget {
        constructor(url) {
            super();
            expect.step(url);
            if (happening) {
                queueMicrotask(() => this.dispatchEvent(new Event(happening)));
            }
        }
        close() {
            expect.step("closed");
        }
    };

for (const [happening, isOpen] of Object.entries({ open: true, error: false, close: false })) {
    test(`${happening} means ${isOpen}`, async () => {
        const WebSocket = socketWith(happening);
        expect(await canOpenWebSocket("ws://odoo/websocket", { WebSocket, signal: NEVER })).toBe(
            isOpen
        );
        expect.verifySteps(["ws://odoo/websocket", "closed"]);
    });
}

test("a route that never answers is not waited for", async () => {
    const deadline = new AbortController();
    const opening = canOpenWebSocket("ws://odoo/websocket", {
        WebSocket: socketWith(null),
        signal: NEVER,
        timeoutSignal: () => deadline.signal,
    });
    deadline.abort();
    expect(await opening).toBe(false);
    expect.verifySteps(["ws://odoo/websocket", "closed"]);
});

test("nothing is opened after an abort", async () => {
    const signal = AbortSignal.abort();
    expect(await canOpenWebSocket("ws://odoo", { WebSocket: socketWith("open"), signal })).toBe(
        false
    );
    expect.verifySteps([]);
});
