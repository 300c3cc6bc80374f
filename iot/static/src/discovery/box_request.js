/**
 * One request of this page to one box. Boxes are strangers: nothing of ours goes along, and nothing
 * endless comes back.
 */
import { declaredSpace } from "./address_space";

const BOX_PORT = 8069; // where Odoo itself listens on a box; ports 80 and 443 are a front of it
const MAX_BYTES = 512 * 1024; // an answer with many devices and QR codes has some 30 kB

/** The page could not get a usable answer; `reason` is one of REASONS. */
export class BoxRequestError extends Error {
    constructor(reason, options) {
        super(`The box gave no usable answer: ${reason}`, options);
        this.reason = reason;
    }
}

export const REASONS = Object.freeze({
    /** Nothing came within the time-out: no such host, or a firewall that drops. */
    SILENT: "silent",
    /** The browser gave up: refused, unroutable, no CORS header, or the browser's own veto. */
    UNREACHABLE: "unreachable",
    /** The caller does not want to know any more. */
    ABORTED: "aborted",
    /** Something answered that is no box. */
    NOT_A_BOX: "not_a_box",
});

/** @param {string} host */
export const boxUrl = (host) => `http://${host}:${BOX_PORT}`;

/**
 * @typedef {Object} RequestOptions
 * @property {typeof fetch} fetch
 * @property {AbortSignal} signal
 * @property {AbortSignal} [deadline] for question and answer; none while a person is being asked
 * @property {"high"} [priority]
 * @property {boolean} [isEncryptedPage] whether this page came over https
 */

/**
 * @param {string} host
 * @param {string} route
 * @param {RequestOptions & { params?: Object, origin?: string }} options with `params` it is a
 *     JSON-RPC call; `origin` when the box is to be reached by another door than its own
 * @returns {Promise<any>} the JSON of the answer
 * @throws {BoxRequestError}
 */
export async function requestBox(
    host,
    route,
    { fetch, signal, deadline, priority, params, origin = boxUrl(host), isEncryptedPage }
) {
    const targetAddressSpace = declaredSpace(host, isEncryptedPage);
    const init = {
        cache: "no-store",
        credentials: "omit",
        priority,
        redirect: "error",
        referrerPolicy: "no-referrer",
        signal: deadline ? AbortSignal.any([signal, deadline]) : signal,
        ...(targetAddressSpace && { targetAddressSpace }),
        ...(params && {
            method: "POST",
            headers: { "Content-Type": "application/json" },
            body: JSON.stringify({ params }),
        }),
    };
    let response, text;
    try {
        response = await fetch(origin + route, init);
        text = await readText(response);
    } catch (error) {
        if (error instanceof BoxRequestError) {
            throw error;
        }
        if (signal.aborted) {
            throw new BoxRequestError(REASONS.ABORTED, { cause: error });
        }
        const reason = deadline?.aborted ? REASONS.SILENT : REASONS.UNREACHABLE;
        throw new BoxRequestError(reason, { cause: error });
    }
    try {
        return JSON.parse(response.ok ? text : "");
    } catch (error) {
        throw new BoxRequestError(REASONS.NOT_A_BOX, { cause: error });
    }
}

/** The body as text; a stranger that sends more than any box does is left in the middle. */
async function readText(response) {
    const reader = response.body.getReader();
    const decoder = new TextDecoder();
    let text = "";
    let bytes = 0;
    for (;;) {
        const { done, value } = await reader.read();
        if (done) {
            return text + decoder.decode();
        }
        bytes += value.length;
        if (bytes > MAX_BYTES) {
            await reader.cancel();
            throw new BoxRequestError(REASONS.NOT_A_BOX);
        }
        text += decoder.decode(value, { stream: true });
    }
}
