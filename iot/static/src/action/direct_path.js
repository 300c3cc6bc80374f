/**
 * The way from this page to a box on its network, past the server.
 *
 * The routes are those that `iot_longpolling` of `iot_base` uses; it is not used itself, because it
 * speaks with one session for all actions, so that nobody can tell which of them a printer answers,
 * hides whether a request may have arrived, and stays deaf after its first failed poll.
 */
import { requestBox, BoxRequestError, REASONS } from "../discovery/box_request";
import { isAnswer, outcomeOf, warningOf } from "./box_event";
import { boxAddress, boxOrigin } from "./box_origin";
import { PathMemory } from "./path_memory";

const ACTION_ROUTE = "/iot_drivers/action";
const EVENT_ROUTE = "/iot_drivers/event";

const LOOK_TIME = 1500; // ms; a box answers in some 10, a Wi-Fi may think for a second
// A box keeps its events for 5 s, and forgets who waits when another page begins to wait (contract
// section 7.3). Who asks again before they are gone misses none.
const POLL_TIME = 4000;
const POLL_PAUSE = 1000; // after a poll that failed
const MAX_FAILED_POLLS = 5;
const HEAR_TIME = 60_000; // the box itself gives a print job 30 s

/**
 * @typedef {Object} BoxPlace
 * @property {string} identifier
 * @property {string | false} ip as the box announces it: an address, or a name that tells it
 * @property {string | false} [https_host] by which it is reached over HTTPS
 */
export class DirectPath {
    memory = new PathMemory();
    looks = new Map(); // origin → look that is under way

    /**
     * @param {Object} options
     * @param {typeof fetch} options.fetch
     * @param {typeof setTimeout} options.setTimeout
     * @param {boolean} options.isEncryptedPage
     * @param {(address: string) => Promise<string>} options.permissionFor see `boxOrigin`
     * @param {string} options.sessionId of this page: a box remembers each that it was ever asked by
     */
    constructor({ fetch, setTimeout, isEncryptedPage, permissionFor, sessionId }) {
        Object.assign(this, { fetch, setTimeout, isEncryptedPage, permissionFor, sessionId });
    }

    /**
     * Where to try a box, without any waiting for it.
     *
     * @param {BoxPlace} box
     * @returns {Promise<string | null>} null: not now
     */
    async plan(box) {
        if (!box.ip) {
            return null;
        }
        const permission = this.isEncryptedPage
            ? await this.permissionFor(boxAddress(box.ip))
            : "granted";
        const page = { isEncrypted: this.isEncryptedPage, permission };
        const origin = boxOrigin(box.ip, page, box.https_host);
        if (!origin) {
            return null;
        }
        if (permission === "prompt") {
            // the browser asks the person now: that takes its time, and no action waits for it
            void this.look(origin, box, { mayTakeTime: true });
            return null;
        }
        const path = pathOf(origin, box);
        if (!this.memory.isDead(path)) {
            return origin;
        }
        if (this.memory.isDueForLook(path)) {
            void this.look(origin, box);
        }
        return null;
    }

    /**
     * See whether this very box is there: addresses move from one box to another.
     *
     * @param {string} origin
     * @param {BoxPlace} box
     * @returns {Promise<boolean>} never rejects
     */
    look(origin, box, { mayTakeTime = false } = {}) {
        const path = pathOf(origin, box);
        if (!this.looks.has(path)) {
            const look = this._ask(origin, box, mayTakeTime)
                .then((isThere) => {
                    this.memory.note(path, isThere);
                    return isThere;
                })
                .finally(() => this.looks.delete(path));
            this.looks.set(path, look);
        }
        return this.looks.get(path);
    }

    async _ask(origin, box, mayTakeTime) {
        try {
            const { result } = await this._post(
                origin,
                ACTION_ROUTE,
                // a box is one of its own devices, for which no such action exists
                { session_id: this.sessionId, device_identifier: box.identifier, data: {} },
                { deadline: mayTakeTime ? undefined : this._deadline(LOOK_TIME) }
            );
            return result === true;
        } catch (error) {
            if (error instanceof BoxRequestError) {
                return false;
            }
            throw error;
        }
    }

    /**
     * Let a device do something, and wait until it has.
     *
     * @param {string} origin
     * @param {string} identifier of the device
     * @param {Object} data see box_action.js
     * @param {string} uid
     * @param {AbortSignal} signal
     * @returns {Promise<{ arrival: "delivered" | "unknown_device" | "uncertain",
     *     event?: Object }>} uncertain: the box may have got it, or not. Newer boxes answer by the
     *     event itself
     */
    async act(origin, identifier, data, uid, signal) {
        try {
            const { result } = await this._post(
                origin,
                ACTION_ROUTE,
                { session_id: uid, device_identifier: identifier, data },
                { signal }
            );
            if (result === true || (typeof result === "object" && result !== null)) {
                return { arrival: "delivered", event: result === true ? undefined : result };
            }
            return { arrival: result === false ? "unknown_device" : "uncertain" };
        } catch (error) {
            if (error instanceof BoxRequestError) {
                return { arrival: "uncertain" };
            }
            throw error;
        }
    }

    /**
     * Wait for the end of an action.
     *
     * @returns {Promise<{ event: Object, warning?: string } | null>} the event that tells it, and
     *     what the device has warned of before; null when the signal says so, the box cannot be
     *     heard any more, or says nothing
     */
    async hear(origin, identifier, uid, signal) {
        const until = Date.now() + HEAR_TIME;
        let warning;
        for await (const event of this.events(origin, identifier, signal)) {
            if (event && isAnswer(event, uid)) {
                if (outcomeOf(event)) {
                    return { event, warning };
                }
                warning = warningOf(event) ?? warning;
            }
            if (Date.now() >= until) {
                break;
            }
        }
        return null;
    }

    /**
     * What happens on a device, whoever has caused it, until the signal says so or the box cannot
     * be heard any more. Begins with what has happened in the last five seconds.
     *
     * @yields {Object | null} null after a while without any event
     */
    async *events(origin, identifier, signal) {
        let failures = 0;
        let lastEvent = 0;
        while (!signal.aborted && failures < MAX_FAILED_POLLS) {
            const event = await this._poll(origin, identifier, lastEvent, signal);
            if (signal.aborted) {
                return;
            }
            if (event === null) {
                yield null;
            } else if (event?.time > lastEvent) {
                lastEvent = event.time;
                failures = 0;
                yield event;
            } else {
                failures++;
                await this.pause(POLL_PAUSE);
            }
        }
    }

    /** @returns {Promise<Object | null | undefined>} null: nothing happened; undefined: no answer */
    async _poll(origin, identifier, lastEvent, signal) {
        const listener = {
            session_id: this.sessionId,
            devices: { [identifier]: {} },
            last_event: lastEvent,
        };
        try {
            const deadline = this._deadline(POLL_TIME);
            const { result } = await this._post(
                origin,
                EVENT_ROUTE,
                { listener },
                { signal, deadline }
            );
            return result ?? null;
        } catch (error) {
            if (error instanceof BoxRequestError) {
                return error.reason === REASONS.SILENT ? null : undefined;
            }
            throw error;
        }
    }

    async _post(origin, route, params, { signal = NEVER, deadline } = {}) {
        const { fetch, isEncryptedPage } = this;
        const host = new URL(origin).hostname;
        const options = { fetch, isEncryptedPage, signal, deadline, params, origin };
        const answer = await requestBox(host, route, options);
        return answer ?? {};
    }

    _deadline(time) {
        const controller = new AbortController();
        this.setTimeout(() => controller.abort(), time);
        return controller.signal;
    }

    pause(time) {
        return new Promise((resolve) => this.setTimeout(resolve, time));
    }
}

const NEVER = new AbortController().signal;

const pathOf = (origin, { identifier }) => `${identifier} ${origin}`;
