/**
 * What the modules of the discovery are told of this page and its browser.
 */
import { browser } from "@web/core/browser/browser";
import { addressSpace } from "./address_space";
import { candidateNetworks } from "./hosts";
import { findPermission } from "./permission";

export const NEVER = new AbortController().signal;

export const requestOptions = () => ({
    fetch: browser.fetch,
    isEncryptedPage: browser.location.protocol === "https:",
});

/**
 * The browser's own address, as far as the server can know it: behind a proxy on its own machine
 * every client looks like 127.0.0.1, but only a page at a loopback address comes from there.
 *
 * @param {Object} hints of `iot.token.get_discovery_hints`
 * @returns {string | false}
 */
export function clientAddress({ client_address: address }) {
    const isFromHere = addressSpace(browser.location.hostname) === "loopback";
    return address && addressSpace(address) === "loopback" && !isFromHere ? false : address;
}

/**
 * The networks where boxes may be, when the user names none. A gentle search leaves out guesses as
 * long as there is something better: it would take minutes.
 *
 * @param {Object} hints
 * @param {boolean} [isGentle]
 */
export function likelyNetworks(hints, isGentle = false) {
    const networks = candidateNetworks({
        knownHosts: hints.boxes.map(({ ip }) => ip),
        clientAddress: clientAddress(hints),
    });
    const certain = networks.filter(({ kind }) => kind !== "usual");
    return isGentle && certain.length ? certain : networks;
}

/**
 * @param {{ hosts: string[], label: string }} target of `parseTarget`
 * @param {Object} hints
 * @returns {import("./hosts").Network}
 */
export const typedNetwork = (target, hints) => ({
    kind: "typed",
    self: clientAddress(hints),
    ...target,
});

/**
 * @returns {Promise<PermissionStatus | null>} for the first host to be asked. None on an
 *     unprotected page: browsers call it denied there, and let pages of the same network pass.
 */
export async function permissionFor(networks) {
    return window.isSecureContext
        ? findPermission(browser.navigator.permissions, addressSpace(networks[0].hosts[0]))
        : null;
}
