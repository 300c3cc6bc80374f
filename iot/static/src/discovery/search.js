/**
 * A search as a person lives through it: the browser may have to ask whether this page may reach
 * the local network, and no host must be judged before that is answered.
 */
import { askPermission } from "./permission";
import { boxKey, scan } from "./scan";

/** How long the question of the browser may stay open before we search all the same. */
const ASKING_LIMIT = 60_000; // ms
/** A search that meets no question answers within that, or meets silence everywhere. */
const ASKING_DELAY = 1_000; // ms

/**
 * @param {import("./hosts").Network[]} networks
 * @param {import("./scan").Probe} probe
 * @param {Object} options those of `scan`, and
 * @param {PermissionStatus | null} options.permission
 * @param {boolean} options.isNear whether this page itself seems to come from the local network.
 *     Browsers let such a page pass without asking, and leave the state at `prompt` all the same.
 * @param {(state: "prompt" | "granted" | "denied" | "settled") => void} options.onPermission
 *     `prompt` when the browser seems to be asking, then how that ended
 * @param {(callback: Function, ms: number) => any} options.setTimeout
 * @returns as `scan`
 */
export async function search(networks, probe, options) {
    const { permission, isNear, signal } = options;
    const end = new AbortController();
    const lasting = { ...options, signal: AbortSignal.any([signal, end.signal]) };
    try {
        if (permission?.state === "prompt") {
            const answer = ask(networks[0].hosts[0], probe, lasting);
            if (!isNear) {
                await answer;
            }
        }
        return await scanUntilSettled(networks, probe, lasting);
    } finally {
        end.abort();
    }
}

/** Let the browser ask, by a probe without time-out; resolves when that is over. */
async function ask(host, probe, { permission, isNear, signal, onPermission, setTimeout }) {
    let isOver = false;
    let isTold = false;
    const tell = () => {
        if (!isOver && !signal.aborted) {
            isTold = true;
            onPermission("prompt");
        }
    };
    const waiting = new AbortController();
    if (isNear) {
        setTimeout(tell, ASKING_DELAY);
    } else {
        tell();
        setTimeout(() => waiting.abort(), ASKING_LIMIT);
    }
    const outcome = await askPermission(permission, {
        request: () => probe(host, { signal }),
        signal: AbortSignal.any([signal, waiting.signal]),
    });
    isOver = true;
    if (isTold && !signal.aborted) {
        onPermission(outcome);
    }
}

/** Start over whenever the permission changes: what was silent before may answer now. */
async function scanUntilSettled(networks, probe, options) {
    const { permission, signal } = options;
    const found = new Set();
    const onFound = (box) => {
        if (!found.has(boxKey(box))) {
            found.add(boxKey(box));
            options.onFound(box);
        }
    };
    for (;;) {
        const round = new AbortController();
        const startOver = () => round.abort();
        permission?.addEventListener("change", startOver);
        const result = await scan(networks, probe, {
            ...options,
            onFound,
            signal: AbortSignal.any([signal, round.signal]),
        });
        permission?.removeEventListener("change", startOver);
        if (signal.aborted || !round.signal.aborted) {
            return result;
        }
    }
}
