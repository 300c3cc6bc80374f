import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { isAsPrivate } from "./address_space";
import { diagnose } from "./diagnosis";
import {
    clientAddress,
    likelyNetworks,
    NEVER,
    permissionFor,
    requestOptions,
    typedNetwork,
} from "./environment";
import { disconnect, handOver } from "./handover";
import { announcedHost, parseTarget } from "./hosts";
import { classify } from "./ownership";
import { permissionState } from "./permission";
import { probe } from "./probe";
import { GENTLE, SWIFT } from "./scan";
import { search } from "./search";

const LOOK_TIMEOUT = 5_000; // ms
const ignore = () => {};

/** The boxes on the network of the browser. Does nothing until it is asked to. */
export const discoveryService = {
    dependencies: ["orm"],

    start(env, { orm }) {
        return {
            search: (options) => searchBoxes(orm, options),

            /** See `lookAt` below. */
            look: (announced, { signal = NEVER } = {}) => lookAt(orm, announced, signal),

            /** See `diagnose` in diagnosis.js. */
            diagnose: (options) => diagnose(orm, options),

            /** See `handOver` in handover.js. */
            handOver: (box, token, { signal = NEVER } = {}) =>
                handOver(box, token, { ...requestOptions(), signal }),

            /** See `disconnect` in handover.js. */
            disconnect: (box, { signal = NEVER } = {}) =>
                disconnect(box, { ...requestOptions(), signal }),
        };
    },
};

registry.category("services").add("iot_discovery", discoveryService);

/**
 * @param {Object} orm
 * @param {Object} [options]
 * @param {string} [options.target] what the user typed; the likely networks by default
 * @param {boolean} [options.hasConsent] that of the user to ask more than a /24
 * @param {boolean} [options.gentle] slower, for weak access points
 * @param {AbortSignal} [options.signal] stops it: nothing is asked or reported afterwards
 * @param {(box: Object) => void} [options.onFound] see `classify`; at once, each box once
 * @param {(progress: Object) => void} [options.onProgress] see `scan`
 * @param {(state: string) => void} [options.onPermission] see `search` in search.js
 * @returns {Promise<{ error: string, hostCount?: number } | { boxes: Object[], permission: string,
 *     hints: Object, probed: number, answered: number, silent: string[] }>} errors: those of
 *     `parseTarget`, and `target_needs_consent`. Otherwise see `scan`; the boxes so far when it was
 *     stopped
 * @throws {Error} of `orm`, when the server gives no hints
 */
async function searchBoxes(
    orm,
    {
        target = "",
        hasConsent = false,
        gentle = false,
        signal = NEVER,
        onFound = ignore,
        onProgress = ignore,
        onPermission = ignore,
    } = {}
) {
    const typed = target.trim() ? parseTarget(target) : null;
    if (typed?.error) {
        return { error: typed.error };
    }
    if (typed?.needsConsent && !hasConsent) {
        return { error: "target_needs_consent", hostCount: typed.hosts.length };
    }
    const hints = await orm.call("iot.token", "get_discovery_hints");
    const networks = typed ? [typedNetwork(typed, hints)] : likelyNetworks(hints, gentle);
    const permission = await permissionFor(networks);
    const result = await search(
        networks,
        (host, options) => probe(host, { ...requestOptions(), ...options }),
        {
            pace: gentle ? GENTLE : SWIFT,
            permission,
            isNear: Boolean(clientAddress(hints)),
            signal,
            onFound: (box) => onFound(classify(box, hints)),
            onProgress,
            onPermission,
            setTimeout: browser.setTimeout,
        }
    );
    return {
        ...result,
        boxes: result.boxes.map((box) => classify(box, hints)),
        permission: permissionState(permission),
        hints,
    };
}

/** Whether this browser would ask `host` without asking the user first. */
async function mayLook(host) {
    if (isAsPrivate(browser.location.hostname, host)) {
        return true;
    }
    const permission = await permissionFor([{ hosts: [host] }]);
    return !permission || permissionState(permission) === "granted";
}

/**
 * See what a box tells at the address that it has announced. Nobody is asked for a permission: this
 * is no search of the user's.
 *
 * @param {Object} orm
 * @param {string | false} announced
 * @param {AbortSignal} signal
 * @returns {Promise<Object | null>} see `classify`; null when no box answers, or when the browser
 *     would have to ask
 * @throws {Error} of `orm`, when the server gives no hints
 */
async function lookAt(orm, announced, signal) {
    const host = announcedHost(announced);
    if (!host || !(await mayLook(host))) {
        return null;
    }
    const deadline = AbortSignal.timeout(LOOK_TIMEOUT);
    const { box } = await probe(host, { ...requestOptions(), signal, deadline });
    return box ? classify(box, await orm.silent.call("iot.token", "get_discovery_hints")) : null;
}
