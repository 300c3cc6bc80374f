/** A page that shows whether a printer prints all of it, straight and sharp. */

const WIDTH = 512; // dots; what Point of Sale prints on paper of 80 mm
const MARGIN = 24;
const FONT = "sans-serif";

/**
 * @param {string} title
 * @param {string[]} lines
 * @returns {{ base64: string, width: number, height: number }} JPEG
 */
export function drawTestPicture(title, lines) {
    const canvas = document.createElement("canvas");
    canvas.width = WIDTH;
    canvas.height = WIDTH; // more than enough for measuring
    const texts = layOut(canvas.getContext("2d"), title, lines);
    const height = texts.at(-1).bottom + 2 * MARGIN + 96;
    canvas.height = height; // empties the canvas, too
    const context = canvas.getContext("2d");
    context.fillStyle = "white";
    context.fillRect(0, 0, WIDTH, height);
    context.fillStyle = "black";
    context.textAlign = "center";
    for (const { font, text, bottom } of texts) {
        context.font = font;
        context.fillText(text, WIDTH / 2, bottom);
    }
    drawPattern(context, height - MARGIN - 96);
    context.lineWidth = 4;
    context.strokeRect(2, 2, WIDTH - 4, height - 4); // a side that is missing shows a wrong width
    const base64 = canvas.toDataURL("image/jpeg", 0.9).split(",")[1];
    return { base64, width: WIDTH, height };
}

function layOut(context, title, lines) {
    const texts = [];
    let bottom = MARGIN;
    const add = (text, size, weight = "normal") => {
        context.font = `${weight} ${size}px ${FONT}`;
        for (const part of wrap(context, text)) {
            bottom += Math.round(size * 1.3);
            texts.push({ font: context.font, text: part, bottom });
        }
    };
    add(title, 44, "bold");
    lines.forEach((line) => add(line, 26));
    return texts;
}

function wrap(context, text) {
    const fits = (line) => context.measureText(line).width <= WIDTH - 2 * MARGIN;
    const parts = [""];
    for (const char of text) {
        if (fits(parts.at(-1) + char)) {
            parts[parts.length - 1] += char;
            continue;
        }
        const line = parts.pop();
        const space = line.lastIndexOf(" ");
        // words stay whole, unless one is longer than a line
        parts.push(...(space > 0 ? [line.slice(0, space), line.slice(space + 1)] : [line, ""]));
        parts[parts.length - 1] += char;
    }
    return parts;
}

/** Lines that grow thicker, and a black bar that shows dots that do not print. */
function drawPattern(context, top) {
    let left = MARGIN;
    for (let thickness = 1; left + 2 * thickness < WIDTH - MARGIN; thickness++) {
        context.fillRect(left, top, thickness, 48);
        left += 2 * thickness + 2;
    }
    context.fillRect(MARGIN, top + 60, WIDTH - 2 * MARGIN, 36);
}
