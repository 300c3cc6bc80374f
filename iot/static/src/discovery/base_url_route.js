const TIMEOUT = 5_000; // ms
const ROUTE = "/web/health"; // answered without a session, and by any Odoo

/**
 * Try the address by which boxes reach this Odoo. Browsers do not let a page read what another
 * origin says, only know that it says something.
 *
 * @param {string} url the base URL, of another origin than this page
 * @param {Object} options
 * @param {typeof fetch} options.fetch
 * @param {AbortSignal} options.signal
 * @param {(ms: number) => AbortSignal} [options.timeoutSignal]
 * @returns {Promise<boolean>} whether anything answered in time
 */
export async function answersAt(
    url,
    { fetch, signal, timeoutSignal = (ms) => AbortSignal.timeout(ms) }
) {
    try {
        await fetch(url + ROUTE, {
            cache: "no-store",
            credentials: "omit",
            mode: "no-cors",
            referrerPolicy: "no-referrer",
            signal: AbortSignal.any([signal, timeoutSignal(TIMEOUT)]),
        });
        return true;
    } catch {
        return false;
    }
}
