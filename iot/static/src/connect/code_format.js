const GROUP = 3;

const isOfCode = (character) => /[\p{L}\p{N}]/u.test(character);

/**
 * Write a pairing code as boxes show it, while it is typed.
 *
 * @param {string} text as typed or pasted
 * @param {number} caret position in `text`
 * @returns {{ text: string, caret: number }} upper case, in groups; the caret behind what it was
 *     behind
 */
export function formatCode(text, caret) {
    const characters = [...text].filter(isOfCode);
    const before = [...text.slice(0, caret)].filter(isOfCode).length;
    const write = (part) =>
        part
            .map((character, index) => (index && index % GROUP === 0 ? "-" : "") + character)
            .join("")
            .toUpperCase();
    return { text: write(characters), caret: write(characters.slice(0, before)).length };
}
