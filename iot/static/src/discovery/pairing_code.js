/**
 * A pairing code as it is compared: typed, printed or shown, in any case, with or without dashes.
 * Codes come from different brokers and have no common length or alphabet.
 *
 * @param {string} text
 * @returns {string} upper case, letters and digits only
 */
export function normalizeCode(text) {
    return text
        .normalize("NFKC")
        .toUpperCase()
        .replace(/[^\p{L}\p{N}]/gu, "");
}

/**
 * @param {{ pairingCode: string | false }[]} boxes
 * @param {string} code as typed
 * @returns {Object | null} the box that shows the code; null when none or more than one does
 */
export function findByCode(boxes, code) {
    const wanted = normalizeCode(code);
    const found = boxes.filter(
        ({ pairingCode }) => wanted && pairingCode && normalizeCode(pairingCode) === wanted
    );
    return found.length === 1 ? found[0] : null;
}
