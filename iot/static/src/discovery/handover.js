import { BoxRequestError, REASONS, requestBox } from "./box_request";

const TIMEOUT = 15_000; // ms; a Raspberry Pi remounts its disk before it writes its configuration
const MAX_MESSAGE_LENGTH = 200;

/**
 * Give a box the token of this database. It stores it and restarts a second later.
 *
 * @param {{ host: string }} box
 * @param {string} token as the server wrote it out
 * @param {import("./box_request").RequestOptions} options
 * @returns {Promise<{ ok: true } | { reason: string, message?: string }>} `box_refused` with its
 *     message, `box_unreachable` or `aborted`. After the last two the box may have the token all
 *     the same: only the server knows whether it came.
 */
export async function handOver(box, token, options) {
    return outcome(async () => {
        const params = { token };
        const answer = await requestBox(box.host, "/iot_drivers/connect_to_server", {
            deadline: AbortSignal.timeout(TIMEOUT),
            ...options,
            params,
        });
        return answer?.result;
    });
}

/**
 * Make a box forget its database; it restarts at once.
 *
 * @param {{ host: string }} box
 * @param {import("./box_request").RequestOptions} options
 * @returns {Promise<{ ok: true } | { reason: string, message?: string }>} as `handOver`
 */
export async function disconnect(box, options) {
    return outcome(() =>
        requestBox(box.host, "/iot_drivers/server_clear", {
            deadline: AbortSignal.timeout(TIMEOUT),
            ...options,
        })
    );
}

async function outcome(request) {
    try {
        const answer = await request();
        if (answer?.status === "success") {
            return { ok: true };
        }
        const message = typeof answer?.message === "string" ? answer.message : "";
        return { reason: "box_refused", message: message.slice(0, MAX_MESSAGE_LENGTH) };
    } catch (error) {
        if (error instanceof BoxRequestError) {
            const isAborted = error.reason === REASONS.ABORTED;
            return { reason: isAborted ? "aborted" : "box_unreachable" };
        }
        throw error;
    }
}
