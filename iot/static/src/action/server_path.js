import { ConnectionLostError, RPCError } from "@web/core/network/rpc";
import { outcome } from "./box_event";

const ENDED = "iot.request/ended";
const ENDS = ["done", "failed", "expired"];
const RETRY_PAUSES = [1000, 3000]; // ms

/** The server could not be reached, several times. */
export class ServerLostError extends Error {}

/** The server says no; the message is for the user. */
export class ServerRefusal extends Error {}

/**
 * The way through the server, which also notes what is done without it. All calls may be repeated:
 * the id of the request makes a second one change nothing.
 */
export class ServerPath {
    listeners = null; // uid → callback

    /**
     * @param {Object} options
     * @param {Object} options.orm
     * @param {Object} options.bus `bus_service`
     * @param {typeof setTimeout} options.setTimeout
     */
    constructor({ orm, bus, setTimeout }) {
        Object.assign(this, { orm, bus, setTimeout });
    }

    /**
     * Hear of the end of a request.
     *
     * @param {string} uid
     * @param {(request: Object) => void} callback
     * @returns {() => void} ends it
     */
    listen(uid, callback) {
        if (!this.listeners) {
            this.listeners = new Map();
            this.bus.subscribe(ENDED, (request) => this.listeners.get(request.uid)?.(request));
        }
        this.listeners.set(uid, callback);
        return () => this.listeners.delete(uid);
    }

    /**
     * Make the request known, and send it unless the page is about to do that itself.
     *
     * @param {Object} options
     * @param {() => void} [options.onTrouble] called when the first try fails
     * @returns {Promise<Object>} as `iot.device.request_action`
     * @throws {ServerLostError | ServerRefusal}
     */
    note({ deviceId, action, args, uid, isDirect }, { onTrouble } = {}) {
        const values = { action, arguments: args, uid, is_direct: isDirect };
        return this._call("iot.device", "request_action", [[deviceId]], values, onTrouble);
    }

    /** See `take_over_direct` of `iot.request`. */
    takeOver(uid, isUncertain) {
        return this._call("iot.request", "take_over_direct", [uid, isUncertain]);
    }

    /** See `give_up` of `iot.request`. */
    giveUp(uid) {
        return this._call("iot.request", "give_up", [uid]);
    }

    /** Tell what the box has told this page; see `finish_direct` of `iot.request`. */
    finish(uid, event) {
        const outcome = { ...event };
        delete outcome.action_args; // all that was sent to the device, again
        return this._call("iot.request", "finish_direct", [uid, outcome]);
    }

    /** @returns {Promise<Object | undefined>} as `note`; undefined: nobody knows of it any more */
    async read(uid) {
        const [request] = await this._call("iot.request", "read_outcome", [[uid]]);
        return request;
    }

    async _call(model, method, args, kwargs = {}, onTrouble = () => {}) {
        for (const pause of [...RETRY_PAUSES, null]) {
            try {
                return await this.orm.silent.call(model, method, args, kwargs);
            } catch (error) {
                if (error instanceof RPCError) {
                    throw new ServerRefusal(error.data?.message || error.message);
                }
                if (!(error instanceof ConnectionLostError)) {
                    throw error;
                }
            }
            onTrouble();
            if (pause) {
                await new Promise((resolve) => this.setTimeout(resolve, pause));
            }
        }
        throw new ServerLostError();
    }
}

/** Whether a request has ended, as the server tells it. */
export const hasEnded = (request) => ENDS.includes(request.state);

/** @returns {import("./box_event").Outcome} */
export const endOf = ({ state, reason, message, result }) =>
    outcome(state, reason, message, result);
