/**
 * The permission that browsers ask a person for before a page reaches the local network.
 */

/** Newer names first. A browser throws on those that it does not know. */
const NAMES = {
    local: ["local-network", "local-network-access"],
    loopback: ["loopback-network", "local-network-access"],
};

/**
 * @param {{ query: Function } | undefined} permissions `navigator.permissions`
 * @param {string} space address space of the hosts to reach
 * @returns {Promise<PermissionStatus | null>} live: it changes as the person answers; null when
 *     this browser has no such permission
 */
export async function findPermission(permissions, space) {
    for (const name of NAMES[space] || NAMES.local) {
        try {
            return await permissions.query({ name });
        } catch {
            continue; // an unknown name, or a browser without any permissions
        }
    }
    return null;
}

/**
 * @param {PermissionStatus | null} status
 * @returns {"granted" | "prompt" | "denied" | "unsupported"}
 */
export function permissionState(status) {
    return status?.state ?? "unsupported";
}

/**
 * Make the browser ask, and wait for the person: the request must have no time-out of its own.
 *
 * @param {PermissionStatus} status whose state is `prompt`
 * @param {Object} options
 * @param {() => Promise<void>} options.request one request to the local network; its end means
 *     that nobody is being asked (any more)
 * @param {AbortSignal} options.signal ends the waiting
 * @returns {Promise<"granted" | "denied" | "settled">} settled: the browser had no need to ask, or
 *     the person waved the question away
 */
export async function askPermission(status, { request, signal }) {
    const { promise: ended, resolve: end } = Promise.withResolvers();
    status.addEventListener("change", end);
    signal.addEventListener("abort", end);
    try {
        await Promise.race([ended, request()]);
    } finally {
        status.removeEventListener("change", end);
        signal.removeEventListener("abort", end);
    }
    return status.state === "prompt" ? "settled" : status.state;
}
