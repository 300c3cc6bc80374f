import { _t } from "@web/core/l10n/translation";
import { ConnectionAbortedError, ConnectionLostError, RPCError } from "@web/core/network/rpc";

/** Reason code → what went wrong and what to do about it. */
const MESSAGES = {
    base_url_missing: {
        title: _t("Odoo does not know its own address"),
        help: _t(
            "Enter the address that boxes can reach, such as https://odoo.example.com, as web.base.url."
        ),
    },
    base_url_invalid: {
        title: _t("The address of this Odoo is not a web address"),
        help: _t(
            "Correct web.base.url: a scheme and a host, such as https://odoo.example.com, and nothing else."
        ),
    },
    base_url_scheme: {
        title: _t("The address of this Odoo must start with http:// or https://"),
        help: _t("Correct the beginning of web.base.url."),
    },
    base_url_localhost: {
        title: _t("No box can reach this Odoo at localhost"),
        help: _t(
            "On a box, localhost is the box itself. Put the address of this server on your network, such as http://192.168.1.10:8069, in web.base.url."
        ),
    },
    base_url_path: {
        title: _t("The address of this Odoo must not contain a path"),
        help: _t(
            "A box keeps only the scheme and the host. Remove what follows them in web.base.url."
        ),
    },
    base_url_credentials: {
        title: _t("The address of this Odoo must not contain a user name or password"),
        help: _t("Remove what stands before the @ in web.base.url."),
    },
    base_url_loopback: {
        title: _t("Only a box on this very server can use this token"),
        help: _t(
            "The address of this Odoo points back to the machine it runs on. For a box elsewhere on your network, correct web.base.url and make a new token."
        ),
    },
    connection_lost: {
        title: _t("The Odoo server did not answer"),
        help: _t("Check your network connection, then try again."),
    },
    refused: {
        title: _t("The Odoo server refused"),
        help: _t("It gave this reason:"),
    },
    server_error: {
        title: _t("The Odoo server met an error"),
        help: _t(
            "Try again. If it happens again, an administrator finds the cause in the server log."
        ),
    },
};

/**
 * @param {string} reason code of a refusal, a failure or a warning
 * @returns {{ title: string, help: string, isBaseUrl: boolean }} codes of a newer server read as
 *     a server error rather than as nothing
 */
export function getMessage(reason) {
    return {
        ...(MESSAGES[reason] || MESSAGES.server_error),
        isBaseUrl: reason in MESSAGES && reason.startsWith("base_url_"),
    };
}

/**
 * @param {Error} error what a call to the server threw
 * @returns {{ reason: string, detail?: string }}
 * @throws {Error} the same error when it is not one of a remote call, that is a fault of ours
 */
export function getFailure(error) {
    if (error instanceof ConnectionLostError || error instanceof ConnectionAbortedError) {
        return { reason: "connection_lost" };
    }
    if (!(error instanceof RPCError)) {
        throw error;
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
