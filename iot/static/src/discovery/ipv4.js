const NUMBER = /^(0|[1-9]\d{0,2})$/; // 010 would be octal for some readers, and decimal for others

/**
 * @param {string} text
 * @returns {number | null} the address as an unsigned 32 bit number; null when it is not one
 */
export function parseIpv4(text) {
    const parts = text.split(".");
    if (parts.length !== 4 || !parts.every((part) => NUMBER.test(part) && Number(part) <= 255)) {
        return null;
    }
    return parts.reduce((address, part) => address * 256 + Number(part), 0);
}

/**
 * @param {number} address
 * @returns {string} dotted
 */
export function formatIpv4(address) {
    return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join(".");
}

/**
 * @param {number} address
 * @param {string} block such as "10.0.0.0/8"
 */
export function isInBlock(address, block) {
    const [base, prefix] = block.split("/");
    const size = 2 ** (32 - Number(prefix));
    return Math.floor(address / size) === Math.floor(parseIpv4(base) / size);
}
