const TIMEOUT = 5_000; // ms

/**
 * Try the route by which boxes and pages hear of news; a proxy must let it through.
 *
 * @param {string} url ws: or wss:
 * @param {Object} options
 * @param {typeof WebSocket} options.WebSocket
 * @param {AbortSignal} options.signal
 * @param {(ms: number) => AbortSignal} [options.timeoutSignal]
 * @returns {Promise<boolean>} whether it opened in time; it is closed again
 */
export async function canOpenWebSocket(
    url,
    { WebSocket, signal, timeoutSignal = (ms) => AbortSignal.timeout(ms) }
) {
    if (signal.aborted) {
        return false;
    }
    const end = AbortSignal.any([signal, timeoutSignal(TIMEOUT)]);
    const socket = new WebSocket(url);
    try {
        return await new Promise((resolve) => {
            socket.addEventListener("open", () => resolve(true));
            socket.addEventListener("error", () => resolve(false));
            socket.addEventListener("close", () => resolve(false));
            end.addEventListener("abort", () => resolve(false));
        });
    } finally {
        socket.close();
    }
}
