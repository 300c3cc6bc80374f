import { ConnectionAbortedError, ConnectionLostError, RPCError } from "@web/core/network/rpc";
import { EVENTS } from "./connect_states";
import { REASONS } from "./reason_texts";

/**
 * @param {string} reason code of a refusal, a failure or a warning
 * @returns {{ title: string, help: string, action: string, label?: string, isBaseUrl: boolean }}
 *     `action` is the event that goes on, `label` what its button says if not the usual; codes of a
 *     newer server read as a server error rather than as nothing
 */
export function getMessage(reason) {
    return {
        action: EVENTS.RETRY,
        ...(REASONS[reason] || REASONS.server_error),
        isBaseUrl: reason in REASONS && reason.startsWith("base_url_"),
    };
}

const REMOTE_ERRORS = [ConnectionLostError, ConnectionAbortedError, RPCError];

/**
 * @param {Error} error what a call to the server threw
 * @throws {Error} the same error when it is not one of a remote call, that is a fault of ours
 */
export function rethrowFault(error) {
    if (!REMOTE_ERRORS.some((type) => error instanceof type)) {
        throw error;
    }
}

/**
 * @param {Error} error what a call to the server threw
 * @returns {{ reason: string, detail?: string }}
 * @throws {Error} as `rethrowFault`
 */
export function getFailure(error) {
    rethrowFault(error);
    if (!(error instanceof RPCError)) {
        return { reason: "connection_lost" };
    }
    const isForUsers = [
        "odoo.exceptions.AccessError",
        "odoo.exceptions.UserError",
        "odoo.exceptions.ValidationError",
    ].includes(error.exceptionName);
    return isForUsers
        ? { reason: "refused", detail: error.data.message }
        : { reason: "server_error" };
}
