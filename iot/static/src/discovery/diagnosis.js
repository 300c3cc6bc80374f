import { browser } from "@web/core/browser/browser";
import { ConnectionLostError } from "@web/core/network/rpc";
import { clockOffset, examine } from "./doctor";
import { formatReport } from "./doctor_report";
import { likelyNetworks, NEVER, permissionFor, requestOptions } from "./environment";
import { parseTarget } from "./hosts";
import { classify } from "./ownership";
import { permissionState } from "./permission";
import { probe } from "./probe";
import { scan, SWIFT } from "./scan";
import { canOpenWebSocket } from "./websocket_route";

/** What is known before the server has answered. */
const NO_HINTS = { boxes: [], client_address: false, base_url: { url: "" } };
/** Enough to see whether anybody is there at all. */
const NETWORKS_LOOKED_AT = 2;

/**
 * Gather what can be known about the way from this page to boxes, and judge it.
 *
 * @param {Object} orm
 * @param {Object} [options]
 * @param {string} [options.target] what the user typed, if anything
 * @param {AbortSignal} [options.signal]
 * @param {(result: import("./doctor").Result) => void} [options.onResult]
 * @returns {Promise<{ results: import("./doctor").Result[], report: string }>}
 * @throws {Error} of `orm`, but for a server that cannot be reached
 */
export async function diagnose(orm, { target = "", signal = NEVER, onResult = () => {} } = {}) {
    const { hints, clockOffset } = await askServer(orm);
    const networks = networksToLookAt(target, hints || NO_HINTS);
    const permission = await permissionFor(networks);
    const { protocol, hostname, host, origin } = browser.location;
    const [look, isWebSocketOpen] = await Promise.all([
        lookAround(networks, hints || NO_HINTS, signal),
        canOpenWebSocket(`${protocol === "https:" ? "wss:" : "ws:"}//${host}/websocket`, {
            WebSocket: window.WebSocket,
            signal,
        }),
    ]);
    const facts = {
        page: { protocol, hostname, isSecure: window.isSecureContext },
        permission: permissionState(permission),
        look,
        isWebSocketOpen,
        hints,
        clockOffset,
    };
    const results = examine(facts);
    if (!signal.aborted) {
        results.forEach(onResult);
    }
    const { userAgent } = browser.navigator;
    return {
        results,
        report: formatReport(results, facts, { origin, userAgent, time: new Date() }),
    };
}

async function askServer(orm) {
    const askedAt = Date.now() / 1000;
    try {
        const hints = await orm.call("iot.token", "get_discovery_hints");
        const moments = { askedAt, answeredAt: Date.now() / 1000 };
        return { hints, clockOffset: clockOffset(moments, hints.server_time) };
    } catch (error) {
        if (error instanceof ConnectionLostError) {
            return { hints: null, clockOffset: 0 };
        }
        throw error;
    }
}

function networksToLookAt(target, hints) {
    const typed = parseTarget(target);
    return typed.error || typed.needsConsent
        ? likelyNetworks(hints).slice(0, NETWORKS_LOOKED_AT)
        : [{ kind: "typed", ...typed }];
}

/** A short search; of a single host also what was wrong with it. */
async function lookAround(networks, hints, signal) {
    let failure;
    const look = await scan(
        networks,
        async (host, options) => {
            const outcome = await probe(host, { ...requestOptions(), ...options });
            failure = outcome.failure;
            return outcome;
        },
        { passes: SWIFT.slice(0, 1), signal }
    );
    return {
        ...look,
        boxes: look.boxes.map((box) => classify(box, hints)),
        failure: look.probed === 1 ? failure : undefined,
    };
}
