import { browser } from "@web/core/browser/browser";
import { ConnectionLostError } from "@web/core/network/rpc";
import { addressSpace } from "./address_space";
import { answersAt } from "./base_url_route";
import { REASONS } from "./box_request";
import { clockOffset, examine } from "./doctor";
import { formatReport } from "./doctor_report";
import {
    clientAddress,
    likelyNetworks,
    NEVER,
    permissionFor,
    requestOptions,
    typedNetwork,
} from "./environment";
import { parseTarget } from "./hosts";
import { classify } from "./ownership";
import { watchPolicy } from "./page_policy";
import { permissionState } from "./permission";
import { probe } from "./probe";
import { scan, SWIFT } from "./scan";
import { canOpenWebSocket } from "./websocket_route";

/** What is known before the server has answered. */
const NO_HINTS = { boxes: [], client_address: false, base_url: { url: "" } };
/** Enough to see whether anybody is there at all. */
const NETWORKS_LOOKED_AT = 2;
const LOOK_TIMEOUTS = [600, 1500]; // ms

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
    const policy = watchPolicy(document);
    const [look, isBaseUrlSilent, isWebSocketOpen] = await Promise.all([
        lookAround(networks, hints || NO_HINTS, signal),
        isSilentAt(hints?.base_url, signal),
        canOpenWebSocket(`${protocol === "https:" ? "wss:" : "ws:"}//${host}/websocket`, {
            WebSocket: window.WebSocket,
            signal,
        }),
    ]);
    // the browser tells of a violation only after the request has failed
    await new Promise((resolve) => browser.setTimeout(resolve));
    policy.stop();
    const isBlocked = (blockedHost) => policy.blocked.has(blockedHost);
    const facts = {
        page: { protocol, hostname, isSecure: window.isSecureContext },
        permission: permissionState(permission),
        isClientNear: Boolean(hints && clientAddress(hints)),
        look: { ...look, isBlockedByPage: networks.some(({ hosts }) => hosts.some(isBlocked)) },
        isWebSocketOpen,
        isBaseUrlSilent: isBaseUrlSilent && !isBlocked(new URL(hints.base_url.url).hostname),
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
        : [typedNetwork(typed, hints)];
}

/** @returns {Promise<boolean | undefined>} undefined when this page cannot know */
async function isSilentAt(baseUrl, signal) {
    const { origin } = browser.location;
    if (!baseUrl || baseUrl.error || baseUrl.url === origin) {
        return undefined;
    }
    const { fetch, isEncryptedPage } = requestOptions();
    if (isEncryptedPage && baseUrl.url.startsWith("http:")) {
        return undefined; // mixed content, which is no matter to a box
    }
    return !(await answersAt(baseUrl.url, { fetch, signal }));
}

/**
 * A short search; of a single host also what was wrong with it. Those that keep silent are asked a
 * second time, as a busy computer takes long to hear that hundreds of hosts refuse; both together
 * take less than the three seconds after which a missing host of an attached network fails.
 */
async function lookAround(networks, hints, signal) {
    const outcomes = new Map(); // by host, the last one
    const look = await scan(
        networks,
        async (host, options) => {
            const outcome = await probe(host, { ...requestOptions(), ...options });
            outcomes.set(host, outcome);
            return outcome;
        },
        { pace: { ...SWIFT, timeouts: LOOK_TIMEOUTS }, signal }
    );
    return {
        boxes: look.boxes.map((box) => classify(box, hints)),
        probed: look.probed,
        networks: networks.map((network) => tally(network, outcomes)),
        failure: look.probed === 1 ? [...outcomes.values()][0]?.failure : undefined,
    };
}

/** @returns {import("./veto").Tally} */
function tally({ label, hosts }, outcomes) {
    const asked = hosts.filter((host) => outcomes.has(host));
    const failures = asked.map((host) => outcomes.get(host).failure);
    const count = (predicate) => failures.filter(predicate).length;
    return {
        label,
        isLoopback: hosts.every((host) => addressSpace(host) === "loopback"),
        probed: failures.length,
        silent: count((failure) => failure === REASONS.SILENT),
        spoke: count((failure) => !failure || failure === REASONS.NOT_A_BOX),
    };
}
