import { describe, expect, test } from "@odoo/hoot";
import { isAnswer, outcomeOf } from "@iot/action/box_event";

describe.current.tags("headless");

const UID = "5e0c7a7e-0c3e-4bb5-9a55-2f9a8f6e5a11";
const OTHER = "7b1f2c3d-0000-4000-8000-000000000000";
const CONNECTED = { status: "connected", message_title: "", message_body: "" };

const PRINTED = { owner: UID, status: "success", message: null, result: "", session_id: OTHER };
const SHOWN = {
    owner: UID,
    status: "success",
    result: null,
    action_args: { action: "display_refresh", action_unique_id: UID },
};
const WEIGHED = { status: CONNECTED, result: 1.25, action_unique_id: UID, action: "read_once" };

test("an answer is known by what each kind of driver echoes of the action", () => {
    for (const event of [PRINTED, SHOWN, WEIGHED]) {
        expect(isAnswer(event, UID)).toBe(true);
        expect(isAnswer(event, OTHER)).toBe(false);
    }
});

test("the session of a listener is no sign of whose answer it is", () => {
    expect(isAnswer({ status: "success", session_id: UID, owner: OTHER }, UID)).toBe(false);
});

test("a reading that falls into an action is not the answer to it", () => {
    const reading = { status: CONNECTED, result: 0.4, owner: UID };
    expect(isAnswer({ ...reading, action_args: { action_unique_id: UID } }, UID)).toBe(false);
});

const ENDS = [
    [PRINTED, "done", false, false, null],
    [WEIGHED, "done", false, false, 1.25],
    [{ ...PRINTED, result: { print_id: 7 } }, "done", false, false, { print_id: 7 }],
    [{ status: "error", message: "ERROR_NO_PAPER" }, "failed", "ERROR_NO_PAPER", false, null],
    [{ status: "error", result: "division by zero" }, "failed", "box_error", "division by zero"],
    [{ status: "error", result: "a\n\u202eb\u0000\n" }, "failed", "box_error", "b"],
    [{ status: "error", result: "" }, "failed", "box_error", false],
    [
        { status: { status: "error", message_body: "Traceback\n  line 1\nOSError: gone\n" } },
        "failed",
        "box_error",
        "OSError: gone",
    ],
    [{ status: "disconnected" }, "failed", "unknown_device"],
    [{ status: "disconnected", time: 1.0 }, "failed", "device_lost"],
    [{ status: "duplicate" }, "done", "duplicate"],
];

test("an end is told by a final status", () => {
    for (const [event, status, reason, message = false, result = null] of ENDS) {
        expect(outcomeOf(event)).toEqual({ status, reason, message, result });
    }
});

test("warnings, jobs that have only begun, and anything unknown end nothing", () => {
    const unended = [
        { status: "warning", message: "WARNING_LOW_PAPER" },
        { status: "success", result: "pending" },
        { status: "connected" },
        { status: 7 },
        { status: null },
        {},
    ];
    for (const event of unended) {
        expect(outcomeOf(event)).toBe(null);
    }
});
