/**
 * The devices of IoT boxes that this point of sale uses: what they are told to do, and how it is
 * with them. Face of the service `pos_iot_devices`, in Point of Sale `pos.iot`:
 *
 * - `send(id, action, args, { patience })` answers how it ended, as `send` of `iot_action` does. It
 *   takes `patience` milliseconds at most, and as long as what the device was told to do before.
 *   What has not answered last time is waited for less
 * - `listen(id, onEvent, signal)` tells what happens on a device by itself, for as long as it takes
 * - `list` are the devices with their `state`, and `refresh()` asks for it now
 * - `onReturn(id, callback)` tells when a device, or its box, is there again
 */
import { outcome } from "@iot/action/box_event";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError, RPCError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { Mutex } from "@web/core/utils/concurrency";
import { Reactive } from "@web/core/utils/reactive";
import { deviceState, isOver } from "./device_state";

const GONE = _t("This device was removed. Choose another one in the settings of Point of Sale.");
const FIELDS = ["status", "box_name", "box_identifier", "box_ip", "box_https_host", "box_status"];
const REFRESH_PAUSE = 30_000; // ms
const SILENT_PATIENCE = 8000; // for what has just not answered
const LISTEN_PAUSE = 10_000; // until a box that could not be heard is tried again

export class IotDevices extends Reactive {
    devices = {}; // id → fields, and what this page knows of it
    isServerLost = false;

    /**
     * @param {Object} services
     * @param {Object} services.iot_action
     * @param {Object} services.orm
     */
    constructor({ iot_action, orm }) {
        super();
        this.setup({ iot_action, orm });
    }

    setup({ iot_action, orm }) {
        this.action = iot_action;
        this.orm = orm;
        this.turns = new Map(); // id → Mutex
        this.returns = new Map(); // id → callback
    }

    /** @param {Object[]} devices records of `iot.device` */
    use(devices) {
        const fields = ["id", "name", "identifier", "type", ...FIELDS];
        for (const device of devices) {
            this.devices[device.id] = Object.fromEntries(
                fields.map((field) => [field, device[field]])
            );
        }
        if (this.isUsed) {
            void this.watch();
        }
    }

    get isUsed() {
        return Object.keys(this.devices).length > 0;
    }

    get list() {
        return Object.values(this.devices).map((device) => ({
            id: device.id,
            name: device.name,
            type: device.type,
            state: deviceState(device, this.isServerLost),
        }));
    }

    /**
     * @param {number} id
     * @param {string} action
     * @param {Object} [args]
     * @param {Object} options
     * @param {number} options.patience ms
     * @returns {Promise<import("@iot/action/box_event").Outcome>}
     */
    async send(id, action, args, { patience }) {
        const device = this.devices[id];
        if (!device || device.isGone) {
            return outcome("failed", "refused", GONE.toString());
        }
        if (!this.turns.has(id)) {
            this.turns.set(id, new Mutex());
        }
        // a box tells jobs of one printer apart only if they do not overlap
        const end = await this.turns.get(id).exec(() => {
            const isSilent = device.trouble?.reason === "no_answer";
            return this.action.send(placeOf(device), action, args, {
                patience: isSilent ? Math.min(patience, SILENT_PATIENCE) : patience,
            });
        });
        if (end.status === "done") {
            device.trouble = undefined;
            device.isPaperLow = end.reason === "WARNING_LOW_PAPER";
        } else {
            device.trouble = end;
        }
        return end;
    }

    /**
     * @param {number} id
     * @param {(event: Object) => void} onEvent
     * @param {AbortSignal} signal ends it
     */
    async listen(id, onEvent, signal) {
        let last = 0; // each time begins with events that have been told
        const tell = (event) => {
            if (event.time > last) {
                last = event.time;
                onEvent(event);
            }
        };
        while (!signal.aborted) {
            await this.action.listen(placeOf(this.devices[id]), tell, { signal });
            await pause(LISTEN_PAUSE);
        }
    }

    /**
     * @param {number} id
     * @param {() => void} callback
     */
    onReturn(id, callback) {
        this.returns.set(id, callback);
    }

    async watch() {
        for (;;) {
            await pause(REFRESH_PAUSE);
            await this.refresh();
        }
    }

    async refresh() {
        let found;
        try {
            found = await this._read();
        } catch (error) {
            if (!(error instanceof ConnectionLostError || error instanceof RPCError)) {
                throw error;
            }
            this.isServerLost = true;
            return;
        }
        this.isServerLost = false;
        for (const device of Object.values(this.devices)) {
            this._learn(
                device,
                found.find(({ id }) => id === device.id)
            );
        }
    }

    _learn(device, facts) {
        const wasHere = isHere(device);
        device.isGone = !facts;
        Object.assign(device, facts);
        const hasReturned = !wasHere && isHere(device);
        if (device.trouble && isOver(device.trouble, device, hasReturned)) {
            device.trouble = undefined;
        }
        if (hasReturned) {
            this.returns.get(device.id)?.();
        }
    }

    _read() {
        const ids = Object.keys(this.devices).map(Number);
        return this.orm.silent.searchRead("iot.device", [["id", "in", ids]], FIELDS);
    }
}

const isHere = ({ status, box_status }) => status === "connected" && box_status === "online";

const placeOf = ({ id, identifier, box_identifier, box_ip, box_https_host }) => ({
    id,
    identifier,
    box: { identifier: box_identifier, ip: box_ip, https_host: box_https_host },
});

const pause = (time) => new Promise((resolve) => browser.setTimeout(resolve, time));

export const iotDevicesService = {
    dependencies: ["iot_action", "orm"],
    start: (env, services) => new IotDevices(services),
};

registry.category("services").add("pos_iot_devices", iotDevicesService);
