/**
 * Why is there no box? Ordered checks over facts that were gathered before, so that each verdict is
 * a rule that can be read and tested.
 *
 * @typedef {Object} Facts
 * @property {{ protocol: string, hostname: string, isSecure: boolean }} page
 * @property {string} permission see `permissionState`
 * @property {{ boxes: Object[], probed: number, answered: number, failure?: string }} look
 *     what a short search brought; the failure, when a single host was asked
 * @property {boolean} isWebSocketOpen whether the websocket route of the server answered
 * @property {Object | null} hints of `iot.token.get_discovery_hints`, null when it did not answer
 * @property {number} clockOffset seconds by which the clock of the browser is fast
 *
 * @typedef {{ id: string, verdict: "ok" | "warning" | "problem" | "skipped", reason?: string,
 *     detail?: string }} Result a reason with each warning and problem, and only there
 */
import { addressSpace } from "./address_space";
import { REASONS } from "./box_request";

const MAX_CLOCK_OFFSET = 60; // s

const OK = { verdict: "ok" };
const SKIPPED = { verdict: "skipped" };
const warning = (reason, detail) => ({ verdict: "warning", reason, detail });
const problem = (reason, detail) => ({ verdict: "problem", reason, detail });

const isEncrypted = ({ page }) => page.protocol === "https:";
const isNearPage = ({ page }) => ["local", "loopback"].includes(addressSpace(page.hostname));

/** Whether requests of this page got anywhere: the browser's veto ends each of them at once. */
const isNetworkReached = ({ look }) =>
    look.boxes.length > 0 || look.failure === REASONS.NOT_A_BOX || look.answered < look.probed;

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
            if (facts.page.isSecure || isNearPage(facts)) {
                return OK;
            }
            // browsers let an unprotected page reach boxes only from their own network
            const isPublic = addressSpace(facts.page.hostname) === "public";
            return isPublic ? problem("page_insecure") : warning("page_insecure");
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
            if (isNearPage(facts) && isNetworkReached(facts)) {
                return SKIPPED; // such a page needs none
            }
            return facts.permission === "denied"
                ? problem("permission_denied")
                : warning("permission_unanswered");
        },
    },
    {
        id: "mixed_content",
        run(facts) {
            const isMuzzled = isEncrypted(facts) && facts.permission === "unsupported";
            return isMuzzled && !facts.look.boxes.length ? problem("no_local_network_access") : OK;
        },
    },
    {
        id: "network",
        run(facts) {
            const { look, permission, page } = facts;
            if (look.boxes.length) {
                return OK;
            }
            const mayBeVetoed = page.isSecure && !isNearPage(facts) && permission !== "granted";
            if (mayBeVetoed || !look.probed) {
                return SKIPPED;
            }
            if (look.failure) {
                return problem(HOST_REASONS[look.failure]);
            }
            if (!isNetworkReached(facts)) {
                return problem("network_blocked");
            }
            return look.answered ? warning("network_without_box") : problem("network_silent");
        },
    },
    {
        id: "server",
        run: ({ hints }) => (hints ? OK : problem("connection_lost")),
    },
    {
        id: "websocket",
        run: ({ isWebSocketOpen }) => (isWebSocketOpen ? OK : problem("websocket_blocked")),
    },
    {
        id: "base_url",
        run({ hints }) {
            if (!hints) {
                return SKIPPED;
            }
            const { error, warning: doubt } = hints.base_url;
            if (error) {
                return problem(error);
            }
            return doubt ? warning(doubt) : OK;
        },
    },
    {
        id: "clock",
        run({ hints, clockOffset }) {
            if (!hints) {
                return SKIPPED;
            }
            return Math.abs(clockOffset) > MAX_CLOCK_OFFSET
                ? warning("clock_differs", `${Math.round(clockOffset)} s`)
                : OK;
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
