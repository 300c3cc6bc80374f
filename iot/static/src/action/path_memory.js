const DEAD_TIME = 60_000; // ms; a box that comes back, or a laptop that comes home, is used soon

/**
 * Which boxes the page cannot reach, so that no action waits for them a second time.
 */
export class PathMemory {
    failures = new Map();

    /** @param {string} path */
    isDead(path) {
        return this.failures.has(path);
    }

    /** Whether it is time to look, aside from any action, if a dead path lives again. */
    isDueForLook(path) {
        return Date.now() - this.failures.get(path) >= DEAD_TIME;
    }

    /** @param {boolean} isAlive what a look has shown */
    note(path, isAlive) {
        if (isAlive) {
            this.failures.delete(path);
        } else {
            this.failures.set(path, Date.now());
        }
    }
}
