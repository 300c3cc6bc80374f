/**
 * Where to look for boxes: bounded lists of hosts, in the order in which they are asked.
 *
 * @typedef {{ kind: "known" | "own" | "usual" | "typed", label: string, hosts: string[],
 *     self?: string | false }} Network
 *     the label is a network such as "192.168.1.0/24", a typed host, or "" for the known boxes;
 *     self is the address of this computer, if it may be one of the hosts
 */
import { addressSpace } from "./address_space";
import { formatIpv4, isInBlock, parseIpv4 } from "./ipv4";

/** What routers for homes and small offices hand out, the most frequent ones first. */
const USUAL_NETWORKS = [
    "192.168.1.0/24",
    "192.168.0.0/24",
    "10.0.0.0/24",
    "192.168.178.0/24",
    "192.168.2.0/24",
];
const MAX_NETWORKS = 5;
const MAX_KNOWN_HOSTS = 254;
const PREFIX_WITHOUT_ASKING = 24;
const PREFIX_AT_MOST = 20;
const BOX_PORTS = ["", "80", "443", "8069"]; // the port is dropped: a box is always asked on 8069

/** Not the address of a single host: "this network", multicast, reserved, broadcast. */
const NOBODY = ["0.0.0.0/8", "224.0.0.0/4", "240.0.0.0/4"];
const NAME =
    /^(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;
/** `192-168-1-20.<domain>`: how a box with a certificate announces 192.168.1.20. */
const CERTIFIED_NAME = /^(\d{1,3}-\d{1,3}-\d{1,3}-\d{1,3})\./;

/**
 * Read what a person typed: an address, a name or a network, perhaps copied as a link.
 *
 * @param {string} text
 * @returns {{ hosts: string[], label: string, needsConsent?: true } | { error: string }} consent
 *     for more than a /24; errors: `target_empty`, `target_invalid`, `target_port` (boxes listen
 *     elsewhere), `target_too_large`, `target_public` (a network that is not the user's)
 */
export function parseTarget(text) {
    const typed = text.trim().toLowerCase();
    if (!typed) {
        return { error: "target_empty" };
    }
    const network = /^([\d.]+)(?:\/(\d{1,2})|\.\*)$/.exec(typed);
    if (network) {
        const isStarred = network[2] === undefined;
        const base = parseIpv4(isStarred ? `${network[1]}.0` : network[1]);
        return networkTarget(base, isStarred ? 24 : Number(network[2]));
    }
    return hostTarget(typed);
}

function networkTarget(address, prefix) {
    if (address === null || prefix > 32 || isNobody(address)) {
        return { error: "target_invalid" };
    }
    if (prefix < PREFIX_AT_MOST) {
        return { error: "target_too_large" };
    }
    if (prefix < 32 && addressSpace(formatIpv4(address)) === "public") {
        return { error: "target_public" };
    }
    const network = networkOf(address, prefix);
    return prefix < PREFIX_WITHOUT_ASKING ? { ...network, needsConsent: true } : network;
}

function hostTarget(typed) {
    const withoutScheme = typed.replace(/^https?:\/\//, "");
    const parts = /^([^/:?#@\s]+)(?::(\d*))?(?:[/?#].*)?$/.exec(withoutScheme);
    if (!parts) {
        return { error: "target_invalid" };
    }
    const host = parts[1].replace(/\.$/, "");
    const address = parseIpv4(host);
    if (address === null ? !NAME.test(host) : isNobody(address)) {
        return { error: "target_invalid" };
    }
    if (!BOX_PORTS.includes(parts[2] || "")) {
        return { error: "target_port" };
    }
    return { hosts: [host], label: host };
}

const isNobody = (address) => NOBODY.some((block) => isInBlock(address, block));

/** All hosts of the network around `address`, without those that are the network and everybody. */
function networkOf(address, prefix) {
    const size = 2 ** (32 - prefix);
    const base = Math.floor(address / size) * size;
    const [first, end] = size > 2 ? [base + 1, base + size - 1] : [base, base + size];
    const hosts = Array.from({ length: end - first }, (_, index) => formatIpv4(first + index));
    return { hosts, label: size === 1 ? hosts[0] : `${formatIpv4(base)}/${prefix}` };
}

/**
 * List the networks to search when nobody typed one.
 *
 * @param {Object} hints
 * @param {string[]} hints.knownHosts addresses that boxes of this database announced
 * @param {string | false} hints.clientAddress private IPv4 address of the browser, if known
 * @returns {Network[]} each host once
 */
export function candidateNetworks({ knownHosts, clientAddress }) {
    const known = [...new Set(knownHosts.map(announcedHost).filter(Boolean))];
    const address = clientAddress ? parseIpv4(clientAddress) : null;
    const own =
        address === null
            ? []
            : [{ kind: "own", self: clientAddress, ...networkOf(address, PREFIX_WITHOUT_ASKING) }];
    const usual = USUAL_NETWORKS.map((base) => ({ kind: "usual", ...parseTarget(base) }))
        .filter(({ label }) => label !== own[0]?.label)
        .slice(0, MAX_NETWORKS - own.length)
        .sort((first, second) => (first.label < second.label ? -1 : 1)); // see turns.js
    const seen = new Set();
    return [{ kind: "known", label: "", hosts: known.slice(0, MAX_KNOWN_HOSTS) }, ...own, ...usual]
        .map(({ hosts, ...network }) => ({
            ...network,
            hosts: hosts.filter((host) => !seen.has(host) && seen.add(host)),
        }))
        .filter((network) => network.hosts.length);
}

/**
 * @param {string | false} announced what a box told of its address
 * @returns {string | null} an IPv4 address or a name that can be asked
 */
export function announcedHost(announced) {
    const certified = CERTIFIED_NAME.exec(announced || "");
    const target = parseTarget(certified ? certified[1].replaceAll("-", ".") : announced || "");
    return target.hosts?.length === 1 ? target.hosts[0] : null;
}
