/**
 * Why is there no box? Ordered checks over facts that were gathered before, so that each verdict is
 * a rule that can be read and tested.
 *
 * @typedef {Object} Facts
 * @property {{ protocol: string, hostname: string, isSecure: boolean }} page
 * @property {string} permission see `permissionState`
 * @property {boolean} isClientNear whether the server sees the browser at a private address
 * @property {{ boxes: Object[], probed: number, networks: import("./veto").Tally[],
 *     failure?: string, isBlockedByPage: boolean }} look what a short search brought; the
 *     failure, when a single host was asked; blocked by the Content-Security-Policy of the page
 * @property {boolean} isWebSocketOpen whether the websocket route of the server answered
 * @property {boolean} [isBaseUrlSilent] whether this browser got no answer at the base URL;
 *     undefined when it could not ask
 * @property {Object | null} hints of `iot.token.get_discovery_hints`, null when it did not answer
 * @property {number} clockOffset seconds by which the clock of the browser is fast
 *
 * @typedef {{ id: string, verdict: "ok" | "warning" | "problem" | "skipped", reason?: string,
 *     detail?: string }} Result a reason with each warning and problem, and only there
 */
import { addressSpace } from "./address_space";
import { REASONS } from "./box_request";
import { findVeto, haveAllFailed, isAlive, mayBeVetoed } from "./veto";

const MAX_CLOCK_OFFSET = 60; // s

const OK = { verdict: "ok" };
const SKIPPED = { verdict: "skipped" };
const warning = (reason, detail) => ({ verdict: "warning", reason, detail });
const problem = (reason, detail) => ({ verdict: "problem", reason, detail });

const HOST_REASONS = {
    [REASONS.SILENT]: "host_silent",
    [REASONS.UNREACHABLE]: "host_refuses",
    [REASONS.NOT_A_BOX]: "host_is_no_box",
};

/** In the order in which they are told: what comes first explains what follows. */
export const CHECKS = [
    {
        id: "page",
        run(facts) {
            const veto = findVeto(facts);
            if (veto === "page_policy") {
                return problem(veto);
            }
            if (veto !== "page_insecure") {
                return OK;
            }
            // a name may lead to a server next door all the same
            const isPublic = addressSpace(facts.page.hostname) === "public";
            return isPublic ? problem(veto) : warning(veto);
        },
    },
    {
        id: "permission",
        run(facts) {
            if (!facts.page.isSecure || facts.permission === "unsupported") {
                return SKIPPED;
            }
            if (facts.permission === "granted" || facts.look.boxes.length) {
                return OK;
            }
            const veto = findVeto(facts);
            if (veto === "permission_denied") {
                return problem(veto);
            }
            // otherwise the page gets on without
            return veto === "permission_unanswered" ? warning(veto) : SKIPPED;
        },
    },
    {
        id: "mixed_content",
        run(facts) {
            const veto = findVeto(facts);
            return veto === "no_local_network_access" ? problem(veto) : OK;
        },
    },
    {
        id: "network",
        run(facts) {
            const { boxes, probed, networks, failure } = facts.look;
            if (boxes.length) {
                return OK;
            }
            if (findVeto(facts) || !probed) {
                return SKIPPED;
            }
            if (failure) {
                return problem(HOST_REASONS[failure], networks[0].label);
            }
            if (networks.every(({ isLoopback }) => isLoopback)) {
                return warning("loopback_without_box");
            }
            if (haveAllFailed(facts)) {
                return problem("network_refused");
            }
            return networks.some((network) => !network.isLoopback && isAlive(network))
                ? warning("network_without_box")
                : problem("network_silent", silentNetworks(networks));
        },
    },
    {
        id: "server",
        run: ({ hints }) => (hints ? OK : problem("connection_lost")),
    },
    {
        id: "websocket",
        run({ isWebSocketOpen, hints }) {
            if (isWebSocketOpen) {
                return OK;
            }
            return hints ? problem("websocket_blocked") : SKIPPED;
        },
    },
    {
        id: "base_url",
        run(facts) {
            if (!facts.hints) {
                return SKIPPED;
            }
            const { error, warning: doubt, url } = facts.hints.base_url;
            const shown = withoutCredentials(url);
            if (error) {
                return problem(error, shown);
            }
            if (doubt) {
                return warning(doubt, shown);
            }
            return facts.isBaseUrlSilent && !mayBeVetoed(facts)
                ? warning("base_url_silent", shown)
                : OK;
        },
    },
    {
        id: "clock",
        run({ hints, clockOffset }) {
            if (!hints) {
                return SKIPPED;
            }
            const isRight = Math.abs(clockOffset) <= MAX_CLOCK_OFFSET;
            const reason = clockOffset > 0 ? "clock_fast" : "clock_slow";
            return isRight ? OK : warning(reason, duration(Math.abs(clockOffset)));
        },
    },
    {
        id: "databases",
        run({ hints }) {
            if (!hints) {
                return SKIPPED;
            }
            return hints.is_database_ambiguous ? warning("databases") : OK;
        },
    },
];

/**
 * @param {Facts} facts
 * @returns {Result[]}
 */
export function examine(facts) {
    return CHECKS.map(({ id, run }) => ({ id, ...run(facts) }));
}

/**
 * By how much a clock is fast, apart from what the way of the question and the answer may explain.
 *
 * @param {{ askedAt: number, answeredAt: number }} moments seconds, on that clock
 * @param {number} serverTime seconds, on the clock of the server meanwhile
 */
export function clockOffset({ askedAt, answeredAt }, serverTime) {
    return Math.max(0, askedAt - serverTime) - Math.max(0, serverTime - answeredAt);
}

const silentNetworks = (networks) =>
    networks
        .filter(({ label, isLoopback }) => label && !isLoopback)
        .map(({ label }) => label)
        .join(", ") || undefined;

/** A length of time by its two greatest units. */
function duration(seconds) {
    const parts = [
        [Math.floor(seconds / 86_400), "d"],
        [Math.floor(seconds / 3600) % 24, "h"],
        [Math.floor(seconds / 60) % 60, "min"],
        [Math.floor(seconds) % 60, "s"],
    ];
    const first = parts.findIndex(([count]) => count);
    return parts
        .slice(first, first + 2)
        .filter(([count]) => count)
        .map(([count, unit]) => `${count} ${unit}`)
        .join(" ");
}

/** A base URL with a password in it is an error that is reported, but never in full. */
export const withoutCredentials = (url) => url.replace(/\/\/[^/]*@/, "//").replace(/[?#].*/, "");
