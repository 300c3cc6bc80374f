import { describe, expect, test } from "@odoo/hoot";
import { picturePdf } from "@iot/device_test/picture_pdf";
import { testLabel } from "@iot/device_test/test_label";
import { drawTestPicture } from "@iot/device_test/test_picture";

describe.current.tags("headless");

const bytesOf = (base64) => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
const textOf = (base64) => new TextDecoder().decode(bytesOf(base64));

async function pixelsOf({ base64, width, height }) {
    const bitmap = await createImageBitmap(new Blob([bytesOf(base64)], { type: "image/jpeg" }));
    expect([bitmap.width, bitmap.height]).toEqual([width, height]);
    const context = new OffscreenCanvas(width, height).getContext("2d");
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, width, height);
    return (left, top) => data[4 * (top * width + left)];
}

test("the picture has a frame all around, and white paper within", async () => {
    const picture = drawTestPicture("Test Page", ["EPSON TM-m30"]);
    const pixel = await pixelsOf(picture);
    const { width, height } = picture;
    for (const [left, top] of [
        [1, Math.floor(height / 2)],
        [width - 2, Math.floor(height / 2)],
        [width / 2, 1],
        [width / 2, height - 2],
    ]) {
        expect(pixel(left, top)).toBeLessThan(80);
    }
    expect(pixel(12, 12)).toBeGreaterThan(230);
});

test("long texts make the picture higher, never wider", () => {
    const short = drawTestPicture("Test Page", ["Bar"]);
    const words = drawTestPicture("Test Page", ["The printer of the bar ".repeat(8)]);
    const word = drawTestPicture("Test Page", ["W".repeat(200)]);
    expect(words.width).toBe(short.width);
    expect(words.height).toBeGreaterThan(short.height);
    expect(word.height).toBeGreaterThan(short.height);
});

test("the table of a PDF says where its objects are", () => {
    const pdf = atob(picturePdf(drawTestPicture("Test Page", [])));
    const start = Number(pdf.match(/startxref\n(\d+)\n%%EOF/)[1]);
    expect(pdf.slice(start)).toMatch(/^xref\n0 6\n/);
    const offsets = [...pdf.slice(start).matchAll(/^(\d{10}) 00000 n $/gm)].map(([, n]) => +n);
    offsets.forEach((offset, index) => {
        expect(pdf.slice(offset)).toMatch(new RegExp(`^${index + 1} 0 obj\n`));
    });
    expect(offsets).toHaveLength(5);
});

test("a label takes any text as text", () => {
    expect(textOf(testLabel(["Bär ^XZ ~JA _"]))).toBe(
        "^XA^CI28^FO30,30^A0N,28^FH_^FDBär _5EXZ _7EJA _5F^FS^XZ\n"
    );
});
