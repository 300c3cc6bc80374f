/** A fetch for tests, and what a stock box answers to `/iot_drivers/data`. */

export const BOX_DATA = Object.freeze({
    db_uuid: null,
    enterprise_code: null,
    ip: "192.168.1.20",
    identifier: "1000000012345678",
    mac_address: "b8:27:eb:00:00:01",
    devices: {
        printer: [{ name: "Star", type: "printer", identifier: "p1", connection: "direct" }],
    },
    server_status: "",
    pairing_code: "BCD-FGH-JKL",
    new_database_url: false,
    pairing_code_expired: false,
    version: "L2025.10.22",
    system: "Linux",
});

export const json = (data) => new Response(JSON.stringify(data));

/**
 * @param {Record<string, (init: RequestInit) => Response | Promise<Response>>} answers by URL; any
 *     other host is silent until its request is aborted, as a dead address on a network
 * @returns {typeof fetch}
 */
export function networkOf(answers) {
    return (url, init) =>
        new Promise((resolve, reject) => {
            init.signal.throwIfAborted();
            init.signal.addEventListener("abort", () => reject(init.signal.reason));
            if (url in answers) {
                Promise.resolve(answers[url](init)).then(resolve, reject);
            }
        });
}

export const refuse = () => Promise.reject(new TypeError("Failed to fetch"));
