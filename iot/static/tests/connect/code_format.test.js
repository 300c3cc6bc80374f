import { describe, expect, test } from "@odoo/hoot";
import { formatCode } from "@iot/connect/code_format";

describe.current.tags("headless");

/** Format a text in which | is the caret. */
const format = (marked) => {
    const caret = marked.indexOf("|");
    const { text, caret: next } = formatCode(marked.replace("|", ""), caret);
    return `${text.slice(0, next)}|${text.slice(next)}`;
};

for (const [typed, expected] of [
    ["|", "|"],
    ["b|", "B|"],
    ["bcdf|", "BCD-F|"],
    ["bcd-fgh-jkl|", "BCD-FGH-JKL|"],
    [" bcd fgh.jkl |", "BCD-FGH-JKL|"],
    ["12ab|", "12A-B|"],
    ["BCX|D-FGH", "BCX|-DFG-H"], // a letter typed in the middle
    ["BCD|FGH", "BCD|-FGH"], // the dash deleted from behind
    ["|BCD-FGH", "|BCD-FGH"],
]) {
    test(`${typed} reads ${expected}`, () => {
        expect(format(typed)).toBe(expected);
    });
}
