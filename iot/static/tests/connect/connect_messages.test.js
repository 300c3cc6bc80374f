import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { allowTranslations } from "@web/../tests/web_test_helpers";
import { ConnectionAbortedError, ConnectionLostError, RPCError } from "@web/core/network/rpc";
import { getButtons } from "@iot/connect/connect_buttons";
import { getFailure, getMessage } from "@iot/connect/connect_messages";
import { EVENTS, STATES } from "@iot/connect/connect_states";
import { REASONS } from "@iot/connect/reason_texts";

describe.current.tags("headless");
beforeEach(allowTranslations);

/** The codes that the address of this Odoo can bring, see tools/base_url.py. */
const BASE_URL_CODES = [
    "base_url_missing",
    "base_url_invalid",
    "base_url_scheme",
    "base_url_localhost",
    "base_url_path",
    "base_url_credentials",
    "base_url_loopback",
    "base_url_silent",
];

/** All other codes, by who gives them. */
const CODES = [
    // the pairing broker, see tools/broker_client.py and models/handed_pairing.py
    ...["unknown_code", "expired", "claimed", "locked", "disabled", "malformed"],
    ...["broker_unreachable", "broker_invalid", "databases", "token"],
    // discovery/handover.js and the popup itself
    ...["box_busy", "box_refused", "box_unreachable", "box_elsewhere", "box_here"],
    ...["box_unknown", "box_silent"],
    ...["not_registered", "token_revoked", "token_expired", "code_empty"],
    // discovery/hosts.js
    ...["target_empty", "target_invalid", "target_port", "target_too_large", "target_public"],
    // nothing_reason.js
    ...["nothing_found", "nothing_at_target", "search_stopped"],
    ...["permission_denied", "permission_unanswered", "no_local_network_access"],
    // discovery/doctor.js
    ...["page_insecure", "page_policy", "host_silent", "host_refuses", "host_is_no_box"],
    ...["loopback_without_box", "network_refused", "network_without_box", "network_silent"],
    ...["websocket_blocked", "clock_fast", "clock_slow"],
    // calls to the server
    ...["connection_lost", "refused", "server_error"],
];

const rpcError = (exceptionName, message) =>
    Object.assign(new RPCError(message), { exceptionName, data: { message } });

test("the table holds these codes, and no other", () => {
    expect(Object.keys(REASONS).sort()).toEqual([...BASE_URL_CODES, ...CODES].sort());
});

test("each code has a title, help and an action that there is a button for", () => {
    const codes = [...BASE_URL_CODES, ...CODES];
    for (const code of codes) {
        const { title, help, action } = getMessage(code);
        expect(String(title)).not.toBe("");
        expect(String(help)).not.toBe("");
        const flow = { name: STATES.FAILED, reason: code, search: {}, retry: EVENTS.CONNECT };
        expect(getButtons(flow)[0]).toMatchObject({ event: action, style: "btn-primary" });
    }
    // an address that is empty and one that is nonsense share an example, and nothing else is shared
    expect(new Set(codes.map((code) => String(getMessage(code).title))).size).toBe(codes.length);
});

test("what is wrong with the address of this Odoo says where to correct it", () => {
    expect(BASE_URL_CODES.every((code) => getMessage(code).isBaseUrl)).toBe(true);
    expect(CODES.some((code) => getMessage(code).isBaseUrl)).toBe(false);
});

test("an unknown code reads as a server error", () => {
    const message = getMessage("base_url_of_tomorrow");
    expect(String(message.title)).toBe("The Odoo server met an error");
    expect(message.isBaseUrl).toBe(false);
});

test("a lost connection is told from a server error", () => {
    expect(getFailure(new ConnectionLostError("/web"))).toEqual({ reason: "connection_lost" });
    expect(getFailure(new ConnectionAbortedError())).toEqual({ reason: "connection_lost" });
    expect(getFailure(rpcError("builtins.KeyError", "'secret'"))).toEqual({
        reason: "server_error",
    });
});

test("what the server says to users is passed on", () => {
    const error = rpcError("odoo.exceptions.AccessError", "Administrators only.");
    expect(getFailure(error)).toEqual({ reason: "refused", detail: "Administrators only." });
});

test("a fault of our own is not hidden", () => {
    const fault = new TypeError("undefined is not a function");
    expect(() => getFailure(fault)).toThrow(fault);
});
