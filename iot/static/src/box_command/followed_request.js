import { hasEnded, ServerLostError } from "../action/server_path";

const WATCH_TIME = 5000; // ms between two questions to the server, for a page whose bus is silent
const PATIENCE = 120_000; // ms; the server itself gives a request half a minute

/**
 * Wait until a request has ended: the bus tells it, and the server is asked in case it does not.
 *
 * @param {Object} request as `iot.device.request_action` tells it
 * @param {import("../action/server_path").ServerPath} server
 * @param {(time: number) => Promise<void>} pause
 * @returns {Promise<Object>} one that has ended
 */
export async function followedRequest(request, server, pause) {
    let unlisten;
    const heard = new Promise((resolve) => {
        unlisten = server.listen(request.uid, resolve);
    });
    try {
        // the bus may have told it before anybody listened
        for (let wait = 0; !hasEnded(request) && wait < PATIENCE; wait += WATCH_TIME) {
            const pausing = wait ? pause(WATCH_TIME) : Promise.resolve();
            request = await Promise.race([heard, pausing.then(() => read(request, server))]);
        }
        return hasEnded(request) ? request : { ...request, state: "expired", reason: "no_server" };
    } finally {
        unlisten();
    }
}

async function read(request, server) {
    try {
        const found = await server.read(request.uid);
        return found ?? { ...request, state: "expired", reason: "no_answer" };
    } catch (error) {
        if (error instanceof ServerLostError) {
            return request; // the server has it, and will know the end of it
        }
        throw error;
    }
}
