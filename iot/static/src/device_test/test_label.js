const LINE = 40; // dots
const SPECIAL = /[\^~_\p{Cc}]/gu;

/**
 * @param {string[]} lines
 * @returns {string} base64 of a label in ZPL, the language of label printers
 */
export function testLabel(lines) {
    const fields = lines.map((line, index) => {
        const text = line.replace(SPECIAL, (char) => {
            const code = char.charCodeAt(0).toString(16).toUpperCase();
            return `_${code.padStart(2, "0")}`;
        });
        return `^FO30,${30 + index * LINE}^A0N,28^FH_^FD${text}^FS`;
    });
    const bytes = new TextEncoder().encode(`^XA^CI28${fields.join("")}^XZ\n`);
    return btoa(String.fromCharCode(...bytes));
}
