import { _t } from "@web/core/l10n/translation";

/** What only the connection doctor finds; see reason_texts.js, which these are part of. */
export const DIAGNOSES = {
    page_insecure: {
        title: _t("This page came over the Internet without encryption"),
        help: _t("Browsers keep such pages away from devices. Open Odoo at an https:// address."),
    },
    host_silent: {
        title: _t("This address does not answer"),
        help: _t(
            "The box may be off, on another network, or behind a firewall. Let port 8069 in, above all on Windows."
        ),
    },
    host_refuses: {
        title: _t("This address refuses the connection"),
        help: _t(
            "There is a device, but no IoT box that has started, or the browser forbids it. Wait a minute after switching the box on."
        ),
    },
    host_is_no_box: {
        title: _t("Something else than an IoT box answers at this address"),
        help: _t("Compare it with the address that the box shows or prints."),
    },
    network_blocked: {
        title: _t("This browser did not let a single request through"),
        help: _t("Allow this page to reach the local network, or try another browser."),
    },
    network_without_box: {
        title: _t("Devices answer on your network, but none of them is an IoT box"),
        help: _t("Switch the box on, and check that it is on the network of this computer."),
    },
    network_silent: {
        title: _t("Nothing answers on the networks that were searched"),
        help: _t(
            "Your network may be another one: search the address of the box. A guest Wi-Fi or a VPN keeps devices apart."
        ),
    },
    websocket_blocked: {
        title: _t("The websocket of the Odoo server cannot be reached"),
        help: _t(
            "This window and the boxes wait for messages in vain. The proxy before Odoo must pass on /websocket to the port for live chat, with the headers Upgrade and Connection."
        ),
    },
    clock_differs: {
        title: _t("The clocks of this computer and of the server differ"),
        help: _t("Correct the one that is wrong: encryption fails on wrong clocks."),
    },
};
