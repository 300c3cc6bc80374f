/**
 * Ask many hosts at once whether they are boxes. What a probe does is the caller's matter.
 *
 * @typedef {(host: string, options: { deadline: AbortSignal, signal: AbortSignal,
 *     priority: "high" | "low" })
 *     => Promise<{ box?: Object, failure?: string }>} Probe never rejects; the failure `silent`
 *     means that the host said nothing until the deadline
 * @typedef {Object} Pass
 * @property {number} timeout ms
 * @property {number} concurrency hosts whose time is running
 * @property {number} [ahead] hosts asked before their time begins. Chromium goes on connecting
 *     after a request was given up, until a silent host fails by itself, minutes later; it allows
 *     some 256 to 512 connections, and once they are used up no other host gets a turn, not even
 *     a box just found. Only when requests wait in line does it drop a connection with its request.
 *     The line is served by priority, then by name of the host, hence the order of ours.
 */

/** First all at once and in a hurry; then once more, with patience, those that kept silent. */
export const SWIFT = [
    { timeout: 600, concurrency: 254, ahead: 254 },
    { timeout: 2000, concurrency: 254, ahead: 254 },
];
/** For access points that drop packets, or take a fast scan for an attack. */
export const GENTLE = [{ timeout: 1000, concurrency: 16 }];

/**
 * What is the same for two answers of one box, which may have two network cards; clones that share
 * a serial number differ.
 */
export const boxKey = ({ identifier, mac }) => `${identifier} ${mac}`;

/**
 * @param {import("./hosts").Network[]} networks
 * @param {Probe} probe
 * @param {Object} options
 * @param {Pass[]} [options.passes]
 * @param {AbortSignal} options.signal no host is asked after it; the running probes get it, too
 * @param {(box: Object) => void} [options.onFound] at once, each box once
 * @param {(progress: { pass: number, done: number, total: number, kind: string, network: string })
 *     => void} [options.onProgress] before each host and at the end of each pass
 * @param {(callback: Function, ms: number) => any} [options.setTimeout]
 * @returns {Promise<{ boxes: Object[], probed: number, answered: number }>} the boxes in the order
 *     in which they answered; `answered` counts the hosts that said anything, if only a refusal
 */
export async function scan(
    networks,
    probe,
    {
        passes = SWIFT,
        signal,
        onFound = () => {},
        onProgress = () => {},
        setTimeout = globalThis.setTimeout,
    }
) {
    const boxes = new Map();
    const answered = new Set(); // hosts
    const alive = new Set(); // networks with such a host
    const targets = networks.flatMap((network) =>
        network.hosts.toSorted().map((host) => ({ host, network }))
    );

    const note = ({ host, network }, { box, failure }) => {
        if (failure === "silent") {
            return;
        }
        answered.add(host);
        alive.add(network);
        if (box && !boxes.has(boxKey(box))) {
            boxes.set(boxKey(box), box);
            onFound(box);
        }
    };
    // a network that was only guessed, and where nobody lives, is not worth the slow look
    const deservesAnotherLook = ({ host, network }) =>
        !answered.has(host) && (network.kind !== "usual" || alive.has(network));

    let queue = targets;
    for (const [pass, limits] of passes.entries()) {
        const report = (progress) => onProgress({ pass, ...progress });
        await askAll(queue, probe, { ...limits, signal, note, report, setTimeout });
        queue = queue.filter(deservesAnotherLook);
    }
    return { boxes: [...boxes.values()], probed: targets.length, answered: answered.size };
}

/** Ask the hosts of a queue in its order, within the limits of a pass. */
async function askAll(
    queue,
    probe,
    { timeout, concurrency, ahead = 0, signal, note, report, setTimeout }
) {
    let started = 0;
    let done = 0;
    const tell = ({ network }) =>
        report({ done, total: queue.length, kind: network.kind, network: network.label });
    const startClock = clock(concurrency, (deadline) =>
        setTimeout(() => deadline.abort(), timeout)
    );
    const worker = async () => {
        while (started < queue.length && !signal.aborted) {
            const target = queue[started++];
            tell(target);
            const deadline = new AbortController();
            const stopClock = startClock(deadline);
            const outcome = await probe(target.host, {
                deadline: deadline.signal,
                signal,
                priority: target.network.kind === "usual" ? "low" : "high",
            });
            stopClock();
            if (signal.aborted) {
                return;
            }
            done++;
            note(target, outcome);
        }
    };
    await Promise.all(Array.from({ length: concurrency + ahead }, worker));
    if (queue.length && !signal.aborted) {
        tell(queue.at(-1));
    }
}

/**
 * Let the time of at most `limit` deadlines run; that of the others begins, in order, as these end.
 *
 * @param {number} limit
 * @param {(deadline: AbortController) => void} start
 * @returns {(deadline: AbortController) => () => void} takes a deadline, gives what ends it
 */
function clock(limit, start) {
    const running = new Set();
    const waiting = new Set();
    const run = (deadline) => {
        waiting.delete(deadline);
        running.add(deadline);
        start(deadline);
    };
    return (deadline) => {
        waiting.add(deadline);
        if (running.size < limit) {
            run(deadline);
        }
        return () => {
            const [next] = waiting;
            if (running.delete(deadline)) {
                next && run(next);
            } else {
                waiting.delete(deadline);
            }
        };
    };
}
