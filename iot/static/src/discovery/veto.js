/**
 * Does the browser keep this page from the network? To the page, a request that is forbidden looks
 * like one that is refused. What counts is how all of them ended: mixed content and policies end
 * each request at once; Local Network Access is a matter of Chromium only once a host has answered,
 * so that silent hosts stay silent, but none ever gets a word through.
 */
import { addressSpace } from "./address_space";

/**
 * @typedef {Object} Tally how the hosts of one network answered; the rest failed at once: they
 *     refuse, there is no way to them, or the browser forbids it
 * @property {string} label see `Network` in hosts.js
 * @property {boolean} isLoopback whether all of them are addresses of this computer itself
 * @property {number} probed
 * @property {number} silent kept silent until their time was over
 * @property {number} spoke said something by http, box or not
 */

const spaceOfPage = ({ page }) => addressSpace(page.hostname);

/** Whether this page comes from the network of the browser; of a name only the server may know. */
function isNear(facts) {
    const space = spaceOfPage(facts);
    return ["local", "loopback"].includes(space) || (space === "unknown" && facts.isClientNear);
}

/** @param {Tally} tally */
export const isAlive = ({ probed, silent, spoke }) => spoke > 0 || (silent > 0 && silent < probed);

/**
 * Whether nothing was silent and nothing spoke. The own computer is left aside, where most
 * addresses refuse, if this page comes from there.
 *
 * @param {import("./doctor").Facts} facts
 */
export function haveAllFailed(facts) {
    const isOwn = (network) => network.isLoopback && spaceOfPage(facts) === "loopback";
    const networks = facts.look.networks.filter((network) => !isOwn(network));
    return networks.length > 0 && networks.every(({ silent, spoke }) => !silent && !spoke);
}

/**
 * What keeps this page from the network, as far as the facts tell.
 *
 * @param {import("./doctor").Facts} facts
 * @returns {"page_policy" | "page_insecure" | "no_local_network_access" | "permission_denied"
 *     | "permission_unanswered" | undefined}
 */
export function findVeto(facts) {
    const { page, permission, look } = facts;
    if (!look.probed || look.boxes.length || look.networks.some(({ spoke }) => spoke)) {
        return undefined;
    }
    if (look.isBlockedByPage) {
        return "page_policy";
    }
    if (!page.isSecure) {
        return isNear(facts) ? undefined : "page_insecure";
    }
    if (permission === "unsupported") {
        const isMixed = page.protocol === "https:" && haveAllFailed(facts);
        return isMixed ? "no_local_network_access" : undefined;
    }
    const space = spaceOfPage(facts);
    if (permission === "granted" || space === "loopback") {
        return undefined;
    }
    if (permission === "denied") {
        return "permission_denied";
    }
    // browsers do not ask for pages of the local network, and a private address proves one
    return space === "local" ? undefined : "permission_unanswered";
}

/** Whether a request that failed may have failed by what the browser forbids this page. */
export function mayBeVetoed(facts) {
    const { page, permission } = facts;
    return isNear(facts) ? permission === "denied" : !page.isSecure || permission !== "granted";
}
