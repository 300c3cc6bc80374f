/**
 * Ask many hosts at once whether they are boxes. What a probe does is the caller's matter.
 *
 * @typedef {(host: string, options: { timeout: number, signal: AbortSignal })
 *     => Promise<{ box?: Object, failure?: string }>} Probe never rejects; the failure `silent`
 *     means that the host said nothing in time
 */

/** First all at once and in a hurry; then once more, with patience, those that kept silent. */
export const SWIFT = [
    { timeout: 600, concurrency: 254 },
    { timeout: 2000, concurrency: 64 },
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
 * @param {{ timeout: number, concurrency: number }[]} [options.passes] time-outs in ms
 * @param {AbortSignal} options.signal no host is asked after it; the running probes get it, too
 * @param {(box: Object) => void} [options.onFound] at once, each box once
 * @param {(progress: { pass: number, done: number, total: number, kind: string, network: string })
 *     => void} [options.onProgress] before each host and at the end of each pass
 * @returns {Promise<{ boxes: Object[], probed: number, answered: number }>} the boxes in the order
 *     in which they answered; `answered` counts the hosts that said anything, if only a refusal
 */
export async function scan(
    networks,
    probe,
    { passes = SWIFT, signal, onFound = () => {}, onProgress = () => {} }
) {
    const boxes = new Map();
    const answered = new Set(); // hosts
    const alive = new Set(); // networks with such a host
    const targets = networks.flatMap((network) => network.hosts.map((host) => ({ host, network })));

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
    for (const [pass, { timeout, concurrency }] of passes.entries()) {
        const report = (progress) => onProgress({ pass, ...progress });
        await askAll(queue, probe, { timeout, concurrency, signal, note, report });
        queue = queue.filter(deservesAnotherLook);
    }
    return { boxes: [...boxes.values()], probed: targets.length, answered: answered.size };
}

/** Ask the hosts of a queue in its order, never more than `concurrency` at a time. */
async function askAll(queue, probe, { timeout, concurrency, signal, note, report }) {
    let started = 0;
    let done = 0;
    const tell = ({ network }) =>
        report({ done, total: queue.length, kind: network.kind, network: network.label });
    const worker = async () => {
        while (started < queue.length && !signal.aborted) {
            const target = queue[started++];
            tell(target);
            const outcome = await probe(target.host, { timeout, signal });
            if (signal.aborted) {
                return;
            }
            done++;
            note(target, outcome);
        }
    };
    await Promise.all(Array.from({ length: concurrency }, worker));
    if (queue.length && !signal.aborted) {
        tell(queue.at(-1));
    }
}
