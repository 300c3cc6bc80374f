import { boxUrl, BoxRequestError, REASONS, requestBox } from "./box_request";

/**
 * @typedef {Object} FoundBox what a box tells everybody on its network
 * @property {string} host where it answered
 * @property {string} url its homepage
 * @property {string} identifier serial number
 * @property {string | false} mac
 * @property {string} version of its image, such as "L2025.10.22"; "" when it does not tell
 * @property {string | false} pairingCode as it shows it
 * @property {boolean} isPairingCodeExpired it had one, and got no other
 * @property {string} serverUrl the server it belongs to, "" for none
 * @property {string | false} dbUuid the database it belongs to, if it has one
 */

const IDENTIFIER = /^[a-z0-9][\w.:-]{0,127}$/i; // as the server accepts it
const MAC = /^([0-9a-f]{2}[:-]){5}[0-9a-f]{2}$/i;
const VERSION = /^[\w.#-]{1,64}$/;
const PAIRING_CODE = /^[\p{L}\p{N}][\p{L}\p{N} -]{0,31}$/u;
const UUID = /^[\w-]{1,64}$/;
const MAX_URL_LENGTH = 300;

/**
 * Ask a host whether it is a box. Never rejects for a reason that lies with the host.
 *
 * @param {string} host
 * @param {import("./box_request").RequestOptions} options
 * @returns {Promise<{ box: FoundBox } | { failure: string }>} one of REASONS
 */
export async function probe(host, options) {
    try {
        const box = parseBox(host, await requestBox(host, "/iot_drivers/data", options));
        return box ? { box } : { failure: REASONS.NOT_A_BOX };
    } catch (error) {
        if (error instanceof BoxRequestError) {
            return { failure: error.reason };
        }
        throw error;
    }
}

/**
 * Take from the answer what we need, and nothing else: it contains secrets of the box's database.
 *
 * @param {string} host
 * @param {any} data whatever that host sent
 * @returns {FoundBox | null} null when no box says so
 */
export function parseBox(host, data) {
    const text = (key, form) =>
        typeof data?.[key] === "string" && form.test(data[key]) ? data[key] : false;
    const identifier = text("identifier", IDENTIFIER);
    const server = data?.server_status ?? "";
    if (!identifier || typeof server !== "string") {
        return null;
    }
    return {
        host,
        url: boxUrl(host),
        identifier,
        mac: text("mac_address", MAC),
        version: text("version", VERSION) || "",
        pairingCode: text("pairing_code", PAIRING_CODE),
        isPairingCodeExpired: data.pairing_code_expired === true,
        serverUrl: serverUrl(server),
        dbUuid: text("db_uuid", UUID),
    };
}

/** Scheme and host only: what else a stranger writes there is not to be shown. */
function serverUrl(text) {
    // nor anything that turns or breaks a text
    const address = text
        .slice(0, MAX_URL_LENGTH)
        .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, "")
        .trim();
    if (!/^https?:\/\//i.test(address)) {
        return address;
    }
    try {
        return new URL(address).origin;
    } catch {
        return address;
    }
}
