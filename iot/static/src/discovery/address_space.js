import { isInBlock, parseIpv4 } from "./ipv4";

const LOOPBACK = ["127.0.0.0/8"];
/** What Local Network Access counts as local: private, link-local, shared and benchmark addresses. */
const LOCAL = [
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "169.254.0.0/16",
    "100.64.0.0/10",
    "198.18.0.0/15",
];

/**
 * Tell in which address space of Local Network Access a host lies.
 *
 * @param {string} host an IPv4 address or a name
 * @returns {"loopback" | "local" | "public" | "unknown"} unknown: a name that only the resolver of
 *     the browser can tell
 */
export function addressSpace(host) {
    const address = parseIpv4(host);
    if (address !== null) {
        const isIn = (blocks) => blocks.some((block) => isInBlock(address, block));
        return isIn(LOOPBACK) ? "loopback" : isIn(LOCAL) ? "local" : "public";
    }
    const name = host.toLowerCase().replace(/\.$/, "");
    if (name === "localhost" || name.endsWith(".localhost")) {
        return "loopback";
    }
    return name.endsWith(".local") ? "local" : "unknown";
}

/** Local Network Access guards what is more private than the page. */
const PRIVACY = ["public", "local", "loopback"];

/**
 * Tell whether a browser lets a page ask a host without a permission.
 *
 * @param {string} pageHost
 * @param {string} host
 * @returns {boolean} false when only the resolver of the browser could tell
 */
export function isAsPrivate(pageHost, host) {
    const [page, target] = [pageHost, host].map((name) => PRIVACY.indexOf(addressSpace(name)));
    return target >= 0 && page >= target;
}

/**
 * The `targetAddressSpace` that a request to `host` must declare, or undefined when the browser
 * knows better by itself: it refuses a request that declares the wrong space.
 *
 * Only a name on an encrypted page needs it: without, the browser counts the request as mixed
 * content before the name is resolved. An address speaks for itself.
 *
 * @param {string} host
 * @param {boolean} isEncryptedPage whether the page came over https
 */
export function declaredSpace(host, isEncryptedPage) {
    return isEncryptedPage && addressSpace(host) === "unknown" ? "local" : undefined;
}
