/**
 * What people ask of a box on its form: one thing at a time for each box, and a report of how it
 * went, which stays when the form is left and opened again.
 *
 *     const { reports, run } = useService("iot_box_command");
 *     await run(boxId, "request_restart");
 *     reports[boxId]; // { command, stage, request }
 *
 * Stages: `asked`, then for what restarts the box `returning`, and in the end `returned`, `away`
 * (not back in time) or `ended`. `request` is how the request stands, see `followed_request.js`.
 */
import { reactive } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { ConnectionLostError, RPCError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { ServerPath } from "../action/server_path";
import { followedRequest } from "./followed_request";

const LOOK_TIME = 2000; // ms between two looks whether a box is back
const RETURN_TIME = 180_000; // a Raspberry Pi that updates itself while it starts takes minutes
const PRESENCE = ["is_online", "websocket_opened_at", "drivers_state"];

/** Names of methods of `iot.box`. */
export const COMMANDS = {
    TEST: "request_connection_test",
    RESTART: "request_restart",
    DRIVERS: "request_drivers_update",
    DEBUG: "request_remote_debug",
};
const RESTARTING = [COMMANDS.RESTART, COMMANDS.DRIVERS];

export const boxCommandService = {
    dependencies: ["bus_service", "orm"],
    async: ["run"],

    start(env, { bus_service: bus, orm }) {
        const reports = reactive({});
        const setTimeout = (callback, time) => browser.setTimeout(callback, time);
        const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));
        const server = new ServerPath({ orm, bus, setTimeout });

        async function read(boxId) {
            const [box] = await orm.silent.read("iot.box", [boxId], PRESENCE);
            return box ?? {};
        }

        async function awaitReturn(boxId, before) {
            for (let time = 0; time < RETURN_TIME; time += LOOK_TIME) {
                await pause(LOOK_TIME);
                try {
                    const box = await read(boxId);
                    if (box.is_online && box.websocket_opened_at !== before.websocket_opened_at) {
                        return { stage: "returned", driversState: box.drivers_state };
                    }
                } catch (error) {
                    if (!(error instanceof ConnectionLostError)) {
                        throw error;
                    }
                }
            }
            return { stage: "away" };
        }

        async function perform(boxId, command, args) {
            const before = await read(boxId);
            // never repeated, unlike what has an id before it is sent
            const asked = await orm.silent.call("iot.box", command, [[boxId]], args);
            const request = await followedRequest(asked, server, pause);
            if (request.state !== "done" || !RESTARTING.includes(command)) {
                return { stage: "ended", request };
            }
            reports[boxId] = { command, stage: "returning", request };
            return { request, ...(await awaitReturn(boxId, before)) };
        }

        return {
            reports,

            /**
             * @param {number} boxId
             * @param {string} command one of `COMMANDS`
             * @param {Object} [args] of the method
             * @returns {Promise<Object | null>} the last report; null: it is busy with another one
             */
            async run(boxId, command, args = {}) {
                if (isUnderWay(reports[boxId])) {
                    return null;
                }
                reports[boxId] = { command, stage: "asked" };
                try {
                    reports[boxId] = { command, ...(await perform(boxId, command, args)) };
                } catch (error) {
                    reports[boxId] = { command, stage: "ended", request: requestOf(error) };
                    if (!reports[boxId].request.reason) {
                        throw error;
                    }
                }
                return reports[boxId];
            },

            dismiss(boxId) {
                delete reports[boxId];
            },
        };
    },
};

registry.category("services").add("iot_box_command", boxCommandService);

/** @param {Object} [report] */
export const isUnderWay = (report) => ["asked", "returning"].includes(report?.stage);

function requestOf(error) {
    if (error instanceof RPCError) {
        const message = error.data?.message || error.message;
        return { state: "failed", reason: "refused", message, result: null };
    }
    const reason = error instanceof ConnectionLostError && "no_server";
    return { state: "failed", reason, message: false, result: null };
}
