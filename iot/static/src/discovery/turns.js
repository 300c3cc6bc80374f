/**
 * Who asks when. Chromium has room for 256 to 512 connections, of all pages together; the request
 * beyond waits in line, by name of the host, while its time must not run.
 *
 * @typedef {Object} Limits
 * @property {number} concurrency requests whose time is running
 * @property {number} [ahead] requests made before their time begins: only when some wait in line
 *     does Chromium drop the connection to a silent host together with its request
 */
export class Turns {
    line = []; // requests that are not made yet
    made = 0;
    running = new Set(); // deadlines
    waiting = new Map(); // deadlines of requests made ahead → what starts them

    /** @param {Limits} limits */
    constructor({ concurrency, ahead = 0 }) {
        this.concurrency = concurrency;
        this.limit = concurrency + ahead;
    }

    /**
     * Make a request when it is its turn.
     *
     * @template T
     * @param {(deadline: AbortSignal) => Promise<T>} request
     * @param {(deadline: AbortController) => void} start its time; is called later, if at all
     * @param {boolean} [isPatient] whether its time may run beside that of the others: it has plenty
     * @returns {Promise<T>}
     */
    async take(request, start, isPatient = false) {
        if (this.made < this.limit) {
            this.made++;
        } else {
            await new Promise((resolve) => this.line.push(resolve));
        }
        const deadline = new AbortController();
        if (isPatient) {
            start(deadline);
        } else {
            this.waiting.set(deadline, start);
            this.startNext();
        }
        try {
            return await request(deadline.signal);
        } finally {
            this.waiting.delete(deadline);
            this.running.delete(deadline);
            this.startNext();
            const next = this.line.shift();
            next ? next() : this.made--;
        }
    }

    startNext() {
        for (const [deadline, start] of this.waiting) {
            if (this.running.size >= this.concurrency) {
                return;
            }
            this.waiting.delete(deadline);
            this.running.add(deadline);
            start(deadline);
        }
    }
}
