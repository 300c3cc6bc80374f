/**
 * Does anybody live in a network? Chromium goes on to connect to a silent host for some two minutes
 * after a request was given up, twice if that took longer than 250 ms, and nothing can stop it.
 * Some hundred such hosts use up the connections of all pages: neither a box nor Odoo itself can be
 * reached any more. So a few likely hosts are asked first, always the same: a new request takes over
 * an old connection, adds one, and there are never more than six to a host. Where the computer is
 * attached itself nothing is left over: connecting to a missing host fails after three seconds,
 * which is a sign of life, too.
 */
import { REASONS } from "./box_request";

/** How long a sign of life may take: longer than an attached network needs to miss a host. */
export const LIFE_LIMIT = 3_500; // ms

/** Numbers of hosts in a /24, the likeliest first: routers, and what they hand out. */
const LIKELY = [1, 254, 100, 2, 20, 50, 150, 200, 10];
const ENOUGH_FOR_A_GUESS = 5; // of them
const BLOCK = 254; // hosts of a /24
const LEAST_OF_BLOCK = 3;
const FEW = 30; // hosts, of a /27

/**
 * Choose the hosts to be asked first.
 *
 * @param {import("./hosts").Network} network
 * @returns {string[]} none when all are to be asked anyway: boxes that are known, and few hosts
 */
export function sampleOf({ kind, hosts, self }) {
    if (kind === "known" || hosts.length <= FEW) {
        return [];
    }
    const count = Math.max(1, Math.round(hosts.length / BLOCK));
    const size = hosts.length / count;
    const most = kind === "usual" ? ENOUGH_FOR_A_GUESS : LIKELY.length;
    const likely = LIKELY.slice(0, Math.max(LEAST_OF_BLOCK, Math.ceil(most / count)));
    const sample = new Set(hosts.includes(self) ? [self] : []);
    for (let block = 0; block < count; block++) {
        for (const number of likely) {
            sample.add(hosts[Math.floor((block + (number - 1) / BLOCK) * size)]);
        }
    }
    return [...sample];
}

/**
 * Ask a sample; with the first sign of life the others, too.
 *
 * @param {string[]} sample
 * @param {(host: string) => Promise<{ failure?: string } | undefined>} ask see `Probe` in scan.js;
 *     undefined when the search was stopped
 * @param {() => Promise<void>} askOthers
 * @returns {Promise<boolean>} whether there was one; when all that were asked are through
 */
export async function seekLife(sample, ask, askOthers) {
    let others;
    const askOne = async (host) => {
        const outcome = await ask(host);
        if (outcome && outcome.failure !== REASONS.SILENT) {
            others ??= askOthers();
        }
    };
    await Promise.all(sample.map(askOne));
    await others;
    return others !== undefined;
}
