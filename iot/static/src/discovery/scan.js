/**
 * Ask many hosts at once whether they are boxes. What a probe does is the caller's matter.
 *
 * @typedef {(host: string, options: { deadline: AbortSignal, signal: AbortSignal,
 *     priority: "high" })
 *     => Promise<{ box?: Object, failure?: string }>} Probe never rejects; the failure `silent`
 *     means that the host said nothing until the deadline
 *
 * @typedef {import("./turns").Limits & { timeouts: number[] }} Pace ms that a host has to answer;
 *     those that kept silent are asked once more for each further one
 */
import { REASONS } from "./box_request";
import { LIFE_LIMIT, sampleOf, seekLife } from "./life_signs";
import { Turns } from "./turns";

/**
 * First all at once and in a hurry; then once more, with patience, those that kept silent. For
 * longer than the three seconds in which a system gives up addresses that nobody has: the browser
 * may still be busy with those of a search before.
 */
export const SWIFT = { timeouts: [600, 4000], concurrency: 254, ahead: 254 };
/** For access points that drop packets, or take a fast scan for an attack. */
export const GENTLE = { timeouts: [1000], concurrency: 16 };

/**
 * What is the same for two answers of one box, which may have two network cards; clones that share
 * a serial number differ.
 */
export const boxKey = ({ identifier, mac }) => `${identifier} ${mac}`;

/**
 * Search networks side by side: in each a few hosts, and all where one of these gives a sign of
 * life; see life_signs.js.
 *
 * @param {import("./hosts").Network[]} networks
 * @param {Probe} probe
 * @param {Object} options
 * @param {Pace} [options.pace]
 * @param {AbortSignal} options.signal no host is asked after it; the running probes get it, too
 * @param {(box: Object) => void} [options.onFound] at once, each box once
 * @param {(progress: { pass: number, done: number, total: number, kind: string, network: string })
 *     => void} [options.onProgress] before each host and at the end of each pass over a network;
 *     the total shrinks with each network that turns out to be silent
 * @param {(callback: Function, ms: number) => any} [options.setTimeout]
 * @returns {Promise<{ boxes: Object[], probed: number, answered: number, silent: string[] }>} the
 *     boxes in the order in which they answered; how many hosts were asked, and how many of them
 *     said anything, if only a refusal; the labels of networks without a sign of life
 */
export async function scan(networks, probe, options) {
    const search = new Scan(networks, probe, options);
    await Promise.all(networks.map((network) => search.lookAt(network)));
    return {
        boxes: [...search.boxes.values()],
        probed: search.probed.size,
        answered: search.answered.size,
        silent: networks.filter(({ label }) => search.silent.has(label)).map(({ label }) => label),
    };
}

class Scan {
    boxes = new Map();
    probed = new Set(); // hosts
    answered = new Set(); // hosts
    silent = new Set(); // labels of networks

    constructor(
        networks,
        probe,
        {
            pace = SWIFT,
            signal,
            onFound = () => {},
            onProgress = () => {},
            setTimeout = globalThis.setTimeout,
        }
    ) {
        Object.assign(this, { probe, signal, onFound, onProgress });
        this.turns = new Turns(pace);
        this.passes = pace.timeouts.map((timeout) => ({
            start: (deadline) => setTimeout(() => deadline.abort(), timeout),
            done: 0,
            total: 0,
        }));
        this.startPatiently = (deadline) => setTimeout(() => deadline.abort(), LIFE_LIMIT);
        this.passes[0].total = networks.reduce((total, { hosts }) => total + hosts.length, 0);
    }

    /** Ask the hosts of a network, as often as the pace wants it. */
    async lookAt(network) {
        const hosts = network.hosts.toSorted();
        const sample = sampleOf(network);
        const isAlive = sample.length
            ? await this.lookForLife(network, sample, hosts)
            : await this.askAll(network, hosts, 0).then(() => true);
        if (this.signal.aborted) {
            return;
        }
        if (!isAlive) {
            this.silent.add(network.label);
            this.passes[0].total -= hosts.length - sample.length;
        }
        this.tell(network, 0);
        for (let pass = 1; isAlive && pass < this.passes.length; pass++) {
            const queue = hosts.filter((host) => !this.answered.has(host));
            this.passes[pass].total += queue.length;
            await this.askAll(network, queue, pass);
            if (queue.length) {
                this.tell(network, pass);
            }
        }
    }

    /** @returns {Promise<boolean>} whether the network is alive; then all its hosts were asked */
    async lookForLife(network, sample, hosts) {
        const { start } = this.passes[0];
        const others = hosts.filter((host) => !sample.includes(host));
        const patient = new Set(); // deadlines
        let isAlive = false;
        const startSampled = (deadline) => {
            if (isAlive) {
                start(deadline);
            } else {
                patient.add(deadline);
                this.startPatiently(deadline);
            }
        };
        return seekLife(
            sample,
            (host) => this.ask(network, host, 0, startSampled, true),
            () => {
                isAlive = true;
                patient.forEach(start); // like everybody else now
                return this.askAll(network, others, 0);
            }
        );
    }

    async askAll(network, hosts, pass) {
        const { start } = this.passes[pass];
        await Promise.all(hosts.map((host) => this.ask(network, host, pass, start)));
    }

    /** @returns {Promise<Object | undefined>} the outcome, unless the search was stopped */
    ask(network, host, pass, start, isPatient = false) {
        const request = async (deadline) => {
            if (this.signal.aborted) {
                return undefined;
            }
            this.tell(network, pass);
            this.probed.add(host);
            const outcome = await this.probe(host, {
                deadline,
                signal: this.signal,
                priority: "high", // of any lower one Chromium lets only a few go at a time
            });
            if (this.signal.aborted) {
                return undefined;
            }
            this.passes[pass].done++;
            this.note(host, outcome);
            return outcome;
        };
        return this.turns.take(request, start, isPatient);
    }

    note(host, { box, failure }) {
        if (failure === REASONS.SILENT) {
            return;
        }
        this.answered.add(host);
        if (box && !this.boxes.has(boxKey(box))) {
            this.boxes.set(boxKey(box), box);
            this.onFound(box);
        }
    }

    tell({ kind, label }, pass) {
        if (!this.signal.aborted) {
            const { done, total } = this.passes[pass];
            this.onProgress({ pass, done, total, kind, network: label });
        }
    }
}
