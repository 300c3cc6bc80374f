/**
 * Why a search found nothing, as far as the browser lets a page know.
 *
 * @param {Object} search see search_flow.js
 * @returns {string} reason code
 */
export function nothingReason({
    permission,
    isSecurePage,
    wasAsked,
    isStopped,
    isAlive,
    silentNetworks = [],
    target,
}) {
    if (permission === "denied") {
        return "permission_denied";
    }
    // a page from the local network needs no permission, and leaves it at that
    if (permission === "prompt" && (isSecurePage || wasAsked)) {
        return "permission_unanswered";
    }
    if (permission === "unsupported" && isSecurePage) {
        return "no_local_network_access";
    }
    if (isStopped) {
        return "search_stopped";
    }
    if (silentNetworks.length && !isAlive) {
        return "network_silent";
    }
    return target ? "nothing_at_target" : "nothing_found";
}
