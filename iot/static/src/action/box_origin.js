import { boxUrl } from "../discovery/box_request";

/** A box with a certificate has a name that begins with its address: `192-168-1-20.…`. */
const DASHED_ADDRESS = /^(\d{1,3})-(\d{1,3})-(\d{1,3})-(\d{1,3})\..*$/;

/** The address of a box that announces itself as `host`. */
export const boxAddress = (host) => host.replace(DASHED_ADDRESS, "$1.$2.$3.$4");

/**
 * Where a page can hope to reach a box.
 *
 * @param {string} host `iot.box.ip`
 * @param {Object} page
 * @param {boolean} page.isEncrypted whether it came over https
 * @param {"granted" | "prompt" | "denied" | "unsupported"} page.permission that of Local Network
 *     Access, which a page without https has no need of
 * @param {string | false} [httpsHost] `iot.box.https_host`, where it is known
 * @returns {string | null}
 */
export function boxOrigin(host, { isEncrypted, permission }, httpsHost) {
    const address = boxAddress(host);
    if (!isEncrypted || permission === "granted" || permission === "prompt") {
        return boxUrl(address);
    }
    const certified = httpsHost || (address !== host && host);
    return certified && permission === "unsupported" ? `https://${certified}` : null;
}
