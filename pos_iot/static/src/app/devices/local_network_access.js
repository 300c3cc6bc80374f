/**
 * Whether a page that uses a box is to say so to Point of Sale, which then asks all devices without
 * https. Epson printers may have been set up for https: shops that use them decide that themselves.
 *
 * @param {string} protocol of the page
 * @param {Object} config record of `pos.config`
 * @param {Object} models of Point of Sale
 */
export function needsLocalNetworkAccess(protocol, config, models) {
    const hasEpson =
        (config.other_devices && config.epson_printer_ip) ||
        models["pos.printer"].some(({ printer_type }) => printer_type === "epson_epos");
    return protocol === "https:" && !hasEpson;
}
