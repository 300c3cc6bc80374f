const PAGE = { width: 595, height: 842 }; // points; A4
const MARGIN = 72;

/**
 * A page of paper with a picture on it, for printers that know no bare pictures.
 *
 * @param {{ base64: string, width: number, height: number }} picture JPEG
 * @returns {string} base64 of a PDF
 */
export function picturePdf({ base64, width, height }) {
    const jpeg = atob(base64);
    const shown = { width: PAGE.width - 2 * MARGIN };
    shown.height = Math.round((shown.width * height) / width);
    const bottom = PAGE.height - MARGIN - shown.height;
    const drawing = `q ${shown.width} 0 0 ${shown.height} ${MARGIN} ${bottom} cm /Picture Do Q`;
    const objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${PAGE.width} ${PAGE.height}] ` +
            "/Resources << /XObject << /Picture 5 0 R >> >> /Contents 4 0 R >>",
        stream("", drawing),
        stream(
            `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} ` +
                "/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode ",
            jpeg
        ),
    ];
    let pdf = "%PDF-1.4\n";
    const offsets = objects.map((object, index) => {
        const offset = pdf.length;
        pdf += `${index + 1} 0 obj\n${object}\nendobj\n`;
        return offset;
    });
    const start = pdf.length;
    const entries = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`);
    pdf += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries.join("")}`;
    pdf += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
    return btoa(pdf); // each character is a byte
}

const stream = (entries, data) =>
    `<< ${entries}/Length ${data.length} >>\nstream\n${data}\nendstream`;
