/**
 * Making devices of IoT boxes do something: the service `iot_action`, for the backend and for any
 * other page with a bus, such as Point of Sale. It needs `orm` and `bus_service` only.
 *
 * `send(device, action, args, { onProgress, patience })` does it at most once, and always says how it ended:
 *
 *     const { status, result, reason } = await useService("iot_action").send(
 *         { id: 7, identifier: "/dev/ttyUSB0", box: { identifier: "10000000abcd1234", ip } },
 *         "read_once"
 *     );
 *
 * @param {Object} device as `readDevice` gives it; whoever must do without the server keeps it
 * @param {string} action see `iot/tools/device_action.py`
 * @param {Object} [args] of the action: `{ receipt: "<base64 JPEG>" }` for `print_receipt`
 * @param {Object} [options]
 * @param {(progress: { path: "direct" | "server", state?: string, reason?: string }) => void}
 *     [options.onProgress] where it is: on its way to the box, or with the server, which says what
 *     it waits for (state `queued`: reason `offline`, `busy`)
 * @param {number} [options.patience] ms; for somebody who stands there and waits. After that time,
 *     and at once if the box is offline, what has not been sent is given up, and of the rest is
 *     told that nobody knows. Without it, all is told that becomes known within minutes
 * @returns {Promise<{ status: "done" | "failed" | "expired", reason: string | false,
 *     message: string | false, result: any, path?: "direct" | "server" }>} expired: nobody knows
 *     whether the device has done it. `reason` is a code, see `outcome_texts.js`; `message` are
 *     words of the box, or of the server for the reason `refused`. Never rejects because of a box,
 *     a network or a server
 *
 * `listen(device, onEvent, { signal })` tells what happens on a device by itself: keys, bar codes,
 * weights. It needs a page that reaches the box: the server does not pass them on. Resolves to true
 * when the signal has ended it, to false when the box cannot be reached, or not any more.
 *
 * `readDevice(id)` reads what `send` must know of a device (`iot.device`).
 */
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { addressSpace } from "../discovery/address_space";
import { findPermission, permissionState } from "../discovery/permission";
import { ActionRun } from "./action_run";
import { isAnyAnswer } from "./box_event";
import { DirectPath } from "./direct_path";
import { ServerPath } from "./server_path";
import { uuid4 } from "./uuid";

export const actionService = {
    dependencies: ["bus_service", "orm"],
    async: ["send", "listen", "readDevice"],

    start(env, { bus_service: bus, orm }) {
        const setTimeout = (callback, time) => browser.setTimeout(callback, time);
        const direct = new DirectPath({
            fetch: (...args) => browser.fetch(...args),
            setTimeout,
            isEncryptedPage: browser.location.protocol === "https:",
            permissionFor,
            sessionId: uuid4(),
        });
        const server = new ServerPath({ orm, bus, setTimeout });
        return {
            send: (device, action, args = {}, { onProgress = () => {}, patience } = {}) =>
                new ActionRun(
                    { device, action, args, onProgress, patience, uid: uuid4() },
                    { direct, server }
                ).perform(),

            async listen({ identifier, box }, onEvent, { signal }) {
                const origin = await direct.plan(box);
                if (!origin || !(await direct.look(origin, box))) {
                    return false;
                }
                for await (const event of direct.events(origin, identifier, signal)) {
                    if (event && !isAnyAnswer(event)) {
                        onEvent(event);
                    }
                }
                return signal.aborted;
            },

            async readDevice(id) {
                const [device] = await orm.webRead("iot.device", [id], {
                    specification: {
                        identifier: {},
                        box_id: { fields: { identifier: {}, ip: {}, https_host: {} } },
                    },
                });
                return { id, identifier: device.identifier, box: device.box_id };
            },
        };
    },
};

registry.category("services").add("iot_action", actionService);

async function permissionFor(address) {
    return permissionState(
        await findPermission(browser.navigator.permissions, addressSpace(address))
    );
}
