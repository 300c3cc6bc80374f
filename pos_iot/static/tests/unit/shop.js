import { setupPosEnv } from "@point_of_sale/../tests/unit/utils";
import { makeMockServer, mockService } from "@web/../tests/web_test_helpers";

export const DONE = { status: "done", reason: false, message: false, result: null };
export const OFFLINE = { status: "expired", reason: "offline", message: false, result: null };

/**
 * A point of sale with devices of an IoT box.
 *
 * @param {Object} [config] fields of `pos.config`
 * @param {Object} [options]
 * @param {(call: Object) => any} [options.answer] what devices answer, see `send` of `iot_action`
 * @param {Object} [options.printer] fields of the order printer
 * @returns {Promise<{ store: Object, calls: Object[], listeners: Object[] }>}
 */
export async function setUpShop(config = {}, { answer = () => DONE, printer } = {}) {
    const { env } = await makeMockServer();
    env["pos.config"].write([1], config);
    if (printer) {
        env["pos.printer"].write([1], printer);
    }
    const used = [...Object.values(config).flat(), printer?.iot_device_id];
    const devices = env["iot.device"];
    devices.unlink(devices.search([["id", "not in", used.filter(Boolean)]]));
    const calls = [];
    const listeners = [];
    mockService("iot_action", () => ({
        async send(device, action, args, options) {
            const call = { device, action, args, ...options };
            calls.push(call);
            return answer(call);
        },
        listen(device, onEvent, { signal }) {
            return new Promise((resolve) => listeners.push({ device, onEvent, signal, resolve }));
        },
    }));
    const store = await setupPosEnv();
    return { store, calls, listeners };
}
