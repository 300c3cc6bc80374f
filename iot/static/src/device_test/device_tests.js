/** Type of a device → what a person can try on it. */
import { _t } from "@web/core/l10n/translation";
import { formatFloat } from "@web/views/fields/formatters";
import { session } from "@web/session";
import { picturePdf } from "./picture_pdf";
import { testLabel } from "./test_label";
import { drawTestPicture } from "./test_picture";

const TEST_PICTURE = "/iot/static/img/display_test.svg";
/** What a box shows on a display that nobody has told anything else (contract section 3.7). */
const OWN_PAGE = "http://localhost:8069/status/";

const { DateTime } = luxon;

/**
 * @typedef {Object} DeviceTest
 * @property {string} name
 * @property {string} label
 * @property {string} icon
 * @property {(device: Object) => boolean} [isFor]
 * @property {boolean} [isSetting] only administrators may do it
 * @property {(device: Object) => { action: string, args?: Object }} [prepare]
 * @property {(heard: string) => string} [listening] instead: what to do on the device, and what
 *     has been heard of it so far
 * @property {(outcome: Object) => string} done what to tell the user who stands before it
 */

/** @type {Record<string, DeviceTest[]>} */
const TESTS = {
    printer: [
        {
            name: "print",
            label: _t("Print Test Page"),
            icon: "fa-print",
            prepare: prepareTestPage,
            done: ({ reason }) =>
                reason === "WARNING_LOW_PAPER"
                    ? _t("Printed. The paper is running low.")
                    : _t("Printed. Look at it: nothing should be missing."),
        },
        {
            name: "cashbox",
            label: _t("Open Cash Drawer"),
            icon: "fa-inbox",
            isFor: ({ subtype }) => subtype === "receipt_printer",
            prepare: () => ({ action: "cashbox" }),
            done: () => _t("The printer has been told to open the cash drawer, if it has one."),
        },
    ],
    scale: [
        {
            name: "weigh",
            label: _t("Read Weight"),
            icon: "fa-balance-scale",
            prepare: () => ({ action: "read_once" }),
            done: ({ result }) =>
                typeof result === "number"
                    ? _t("Weight: %s kg", formatFloat(result, { digits: [16, 3] }))
                    : _t("The scale answered without a weight."),
        },
    ],
    keyboard: [
        {
            name: "keys",
            label: _t("Try Keys"),
            icon: "fa-keyboard-o",
            listening: (heard) => _t("Press some keys of the device: %s", heard || "…"),
            done: ({ result }) => _t("Keys: %s", result),
        },
    ],
    scanner: [
        {
            name: "scan",
            label: _t("Try Scanner"),
            icon: "fa-barcode",
            listening: (heard) => _t("Scan some bar codes: %s", heard || "…"),
            done: ({ result }) => _t("Bar codes: %s", result),
        },
    ],
    display: [
        {
            name: "show",
            label: _t("Show Test Picture"),
            icon: "fa-desktop",
            isSetting: true,
            prepare: () => ({
                action: "update_url",
                args: { url: session["web.base.url"] + TEST_PICTURE },
            }),
            done: () => _t("The display shows a test picture. End the test when you have seen it."),
        },
        {
            name: "end",
            label: _t("End Test"),
            icon: "fa-undo",
            isSetting: true,
            prepare: ({ displayUrl }) => ({
                action: "update_url",
                args: { url: displayUrl || OWN_PAGE },
            }),
            done: () => _t("The display shows its page again."),
        },
        {
            name: "refresh",
            label: _t("Reload Page"),
            icon: "fa-refresh",
            prepare: () => ({ action: "display_refresh" }),
            done: () => _t("The display has reloaded its page."),
        },
    ],
};

/** @returns {DeviceTest[]} */
export function testsOf(device, { isManager }) {
    return (TESTS[device.type] || []).filter(
        ({ isFor = () => true, isSetting = false }) => isFor(device) && (isManager || !isSetting)
    );
}

function prepareTestPage({ name, subtype, boxName }) {
    const now = DateTime.now().toLocaleString(DateTime.DATETIME_SHORT_WITH_SECONDS);
    const title = _t("Test Page");
    const lines = [name, boxName, session["web.base.url"] || session.db, now];
    if (subtype === "label_printer") {
        return { action: "print", args: { document: testLabel([title, ...lines]) } };
    }
    const picture = drawTestPicture(title, lines);
    return subtype === "receipt_printer"
        ? { action: "print_receipt", args: { receipt: picture.base64 } }
        : { action: "print", args: { document: picturePdf(picture) } };
}
