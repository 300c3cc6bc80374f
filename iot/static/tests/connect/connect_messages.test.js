import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { allowTranslations } from "@web/../tests/web_test_helpers";
import { ConnectionAbortedError, ConnectionLostError, RPCError } from "@web/core/network/rpc";
import { getFailure, getMessage } from "@iot/connect/connect_messages";

describe.current.tags("headless");
beforeEach(allowTranslations);

/** The codes of the contract with the server. */
const SERVER_CODES = [
    "base_url_missing",
    "base_url_invalid",
    "base_url_scheme",
    "base_url_localhost",
    "base_url_path",
    "base_url_credentials",
    "base_url_loopback",
];

const rpcError = (exceptionName, message) =>
    Object.assign(new RPCError(message), { exceptionName, data: { message } });

test("each code of the server has a title and help of its own", () => {
    const titles = SERVER_CODES.map((code) => String(getMessage(code).title));
    expect(new Set(titles).size).toBe(SERVER_CODES.length);
    for (const code of SERVER_CODES) {
        expect(String(getMessage(code).help)).not.toBe("");
        expect(getMessage(code).isBaseUrl).toBe(true);
    }
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
