import { _t } from "@web/core/l10n/translation";
import { EVENTS } from "./connect_states";

/** What only the connection doctor finds; see reason_texts.js, which these are part of. */
export const DIAGNOSES = {
    page_insecure: {
        title: _t("This page is not encrypted"),
        help: _t(
            "If it came over the Internet, the browser keeps it away from your devices: open Odoo at an https:// address, or connect the box by its pairing code."
        ),
        action: EVENTS.ENTER_CODE,
    },
    page_policy: {
        title: _t("This page may not connect to boxes"),
        help: _t(
            "A proxy before Odoo forbids it by the header Content-Security-Policy. An administrator allows http: in its connect-src. Until then, connect the box by its pairing code."
        ),
        action: EVENTS.ENTER_CODE,
    },
    host_silent: {
        title: _t("This address does not answer"),
        help: _t(
            "The box may be off, on another network, or behind a firewall, which must let port 8069 in, above all on Windows. Try the address in a tab of its own."
        ),
    },
    host_refuses: {
        title: _t("The request to this address failed at once"),
        help: _t(
            "The box may still be starting: wait a minute after switching it on. Or the address is another device's, is unknown on your network, or the browser forbids the request. Try the address in a tab of its own."
        ),
    },
    host_is_no_box: {
        title: _t("Something other than an IoT box answers at this address"),
        help: _t("Compare it with the address that the box shows or prints."),
        action: EVENTS.ENTER_TARGET,
    },
    loopback_without_box: {
        title: _t("No IoT box runs on this computer"),
        help: _t(
            "Only addresses of this computer itself were asked. Search the address of the box, or your network, such as 192.168.1.0/24."
        ),
        action: EVENTS.ENTER_TARGET,
    },
    network_refused: {
        title: _t("All requests to the network failed at once"),
        help: _t(
            "This computer may be offline or on another network; or an extension of the browser, a VPN or a firewall stops the requests. Check this, or search the address of the box."
        ),
        action: EVENTS.ENTER_TARGET,
    },
    network_without_box: {
        title: _t("Devices answer on your network, but none of them is an IoT box"),
        help: _t("Switch the box on, and check that it is on the network of this computer."),
        action: EVENTS.SEARCH,
    },
    network_silent: {
        title: _t("No device answers on the networks that were searched"),
        help: _t(
            "A few addresses of each were asked. If the box is there, search its own address. Your network may also be another one; a guest Wi-Fi or a VPN keeps devices apart."
        ),
        action: EVENTS.ENTER_TARGET,
    },
    websocket_blocked: {
        title: _t("The websocket of the Odoo server cannot be reached"),
        help: _t(
            "Without it, this window and the boxes miss the messages of the server. A proxy before Odoo must pass /websocket on to the port for live chat, with the headers Upgrade and Connection."
        ),
    },
    base_url_silent: {
        title: _t("This browser gets no answer at the address of this Odoo"),
        help: _t(
            "Boxes are told to connect to it. Unless they reach it in another way than this browser, correct web.base.url."
        ),
    },
    clock_fast: {
        title: _t("The clock of this computer is ahead of the server's"),
        help: _t("Correct the one that is wrong: encryption fails on wrong clocks."),
    },
    clock_slow: {
        title: _t("The clock of this computer is behind the server's"),
        help: _t("Correct the one that is wrong: encryption fails on wrong clocks."),
    },
};
