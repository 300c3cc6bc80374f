import { wireOf } from "./box_action";
import { outcome, outcomeOf } from "./box_event";
import { endOf, hasEnded, ServerLostError, ServerRefusal } from "./server_path";

const NOTE_TIME = 1000; // ms that the box waits for the server to allow the action
// The server tells the runs of a box's software apart by times (`DIRECT_NOTE_DELAY`, 15 s).
const NOTE_LIMIT = 12_000;
// Longer than a scale (2 s) and most printers take: then the box is asked by the other way, too.
const ACTION_TIME = 10_000;
const WATCH_TIME = 5000; // between two questions to the server, for a page whose bus is silent
const GIVE_UP_TIME = 2000; // for the server to say whether the device can still be kept from acting

/**
 * One action on its way to a device: directly where the page can reach the box, else through the
 * server, with one id on all ways. Whichever tells the end first tells it.
 */
export class ActionRun {
    isOver = false;
    controller = new AbortController();

    /**
     * @param {Object} call
     * @param {{ id: number, identifier: string, box: import("./direct_path").BoxPlace }} call.device
     * @param {string} call.action
     * @param {Object} call.args
     * @param {string} call.uid
     * @param {number} [call.patience] see `send` of the service
     * @param {(progress: Object) => void} call.onProgress
     * @param {Object} paths
     * @param {import("./direct_path").DirectPath} paths.direct
     * @param {import("./server_path").ServerPath} paths.server
     */
    constructor(call, { direct, server }) {
        Object.assign(this, call, { direct, server });
    }

    /** @returns {Promise<Object>} see `send` of the service */
    async perform() {
        const { promise, resolve, reject } = Promise.withResolvers();
        this.resolve = resolve;
        this.reject = reject;
        const unlisten = this.server.listen(this.uid, (request) => this.end(endOf(request)));
        try {
            this.spawn(this.start());
            if (this.patience) {
                this.spawn(this.direct.pause(this.patience).then(() => this.giveUp()));
            }
            return await promise;
        } finally {
            unlisten();
            this.isOver = true;
            this.controller.abort();
        }
    }

    /** Let something happen meanwhile; it ends everything only if it goes wrong. */
    spawn(work) {
        work.catch((error) => {
            if (error instanceof ServerRefusal) {
                this.end(outcome("failed", "refused", error.message));
            } else if (error instanceof ServerLostError) {
                this.end(outcome("failed", "no_server"));
            } else {
                this.reject(error);
            }
        });
    }

    /** @param {import("./box_event").Outcome} end */
    end(end) {
        this.isOver = true;
        this.resolve({ ...end, path: this.path });
    }

    report(path, request = {}) {
        if (!this.isOver) {
            this.path = path;
            this.onProgress({ path, state: request.state, reason: request.reason });
            if (this.patience && request.state === "queued" && request.reason === "offline") {
                this.spawn(this.giveUp());
            }
        }
    }

    /** Who asked waits no longer: what waits for a box or its turn shall not happen later. */
    async giveUp() {
        if (this.isOver) {
            return;
        }
        const silence = this.direct.pause(GIVE_UP_TIME);
        const answer = Promise.resolve(this.noted).then(() => this.server.giveUp(this.uid));
        const request = (await Promise.race([answer.catch(() => {}), silence])) ?? {};
        this.end(hasEnded(request) ? endOf(request) : outcome("expired", "no_answer"));
    }

    async start() {
        const { box } = this.device;
        const origin = await this.direct.plan(box);
        if (this.isOver) {
            return;
        }
        const trouble = Promise.withResolvers();
        this.isDirect = Boolean(origin); // the server counts on this page to act, or to say so
        this.noted = this.note(this.isDirect, trouble.resolve);
        const allowed = this.noted.catch(() => {}); // told where it is needed
        if (origin && (await this.direct.look(origin, box))) {
            // a refusal of the server comes before the box; a server that is slow or away does not
            // keep anybody from printing
            const late = this.direct.pause(NOTE_TIME);
            const request = await Promise.race([allowed, trouble.promise, late]);
            if (this.isOver) {
                return;
            }
            if (request?.state === "queued") {
                // the printer has another job, and would tell the one of the other
                await this.sendByServer({ isUncertain: false });
            } else {
                await this.act(origin);
            }
        } else {
            await this.sendByServer({ isUncertain: false });
        }
    }

    /** Make the request known to the server, and follow what becomes of it there. */
    async note(isDirect, onTrouble) {
        try {
            const request = await this.server.note(
                {
                    deviceId: this.device.id,
                    action: this.action,
                    args: this.args,
                    uid: this.uid,
                    isDirect,
                },
                { onTrouble }
            );
            this.notedAt = Date.now();
            if (hasEnded(request)) {
                this.end(endOf(request));
            } else {
                this.spawn(this.watch());
            }
            return request;
        } catch (error) {
            if (error instanceof ServerRefusal) {
                this.end(outcome("failed", "refused", error.message));
            }
            throw error;
        }
    }

    async watch() {
        while (!this.isOver) {
            await this.direct.pause(WATCH_TIME);
            if (this.isOver) {
                return;
            }
            let request;
            try {
                request = await this.server.read(this.uid);
            } catch (error) {
                if (error instanceof ServerLostError) {
                    continue; // it has the request, and will know the end of it
                }
                throw error;
            }
            if (request && hasEnded(request)) {
                this.end(endOf(request));
            } else if (request && this.path === "server") {
                this.report("server", request);
            }
        }
    }

    async act(origin) {
        this.report("direct");
        this.actedAt = Date.now();
        const { identifier } = this.device;
        const data = wireOf(this.action, this.args, this.uid);
        const { signal } = this.controller;
        const answer = this.direct.act(origin, identifier, data, this.uid, signal);
        const late = this.direct.pause(ACTION_TIME).then(() => ({ arrival: "late" }));
        const { arrival, event } = await Promise.race([answer, late]);
        if (this.isOver) {
            return;
        }
        if (arrival === "unknown_device") {
            this.endDirectly({ status: "disconnected" });
        } else if (event && outcomeOf(event)) {
            this.endDirectly(event);
        } else {
            if (arrival !== "uncertain") {
                this.spawn(this.hear(origin));
            }
            if (arrival !== "delivered") {
                await this.sendByServer({ isUncertain: true });
            }
        }
    }

    async hear(origin) {
        const { identifier } = this.device;
        const heard = await this.direct.hear(origin, identifier, this.uid, this.controller.signal);
        if (heard) {
            this.endDirectly(heard.event, heard.warning);
        } else {
            await this.noted.catch(() => this.end(outcome("expired", "uncertain")));
        }
    }

    /** The box has told this page the end: the user need not wait until the server knows, too. */
    endDirectly(event, warning = false) {
        if (this.isOver) {
            return;
        }
        const end = outcomeOf(event);
        this.end({ ...end, reason: end.reason || warning });
        this.noted.then(() => this.server.finish(this.uid, event)).catch(() => {});
    }

    async sendByServer({ isUncertain }) {
        let request;
        try {
            request = await this.noted;
        } catch (error) {
            if (isUncertain && error instanceof ServerLostError) {
                this.end(outcome("expired", "uncertain"));
                return;
            }
            throw error;
        }
        if (this.isOver) {
            return;
        }
        if (isUncertain && this.notedAt - this.actedAt > NOTE_LIMIT) {
            return; // the box may have restarted since: it would not know the action again
        }
        const isLeft = this.isDirect && request.state === "queued" && !isUncertain;
        if (request.state === "direct" || isLeft) {
            request = await this.server.takeOver(this.uid, isUncertain);
        }
        if (hasEnded(request)) {
            this.end(endOf(request));
        } else {
            this.report("server", request);
        }
    }
}
