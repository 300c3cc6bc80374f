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

/** The networks where boxes may be, when the user names none. */
export const likelyNetworks = (hints) =>
    candidateNetworks({
        knownHosts: hints.boxes.map(({ ip }) => ip),
        clientAddress: clientAddress(hints),
    });

/** @returns {Promise<PermissionStatus | null>} for the first host to be asked */
export const permissionFor = (networks) =>
    findPermission(browser.navigator.permissions, addressSpace(networks[0].hosts[0]));
