import { _t } from "@web/core/l10n/translation";
import { EVENTS } from "./connect_states";
import { DIAGNOSES } from "./diagnosis_texts";

/**
 * Reason code → what went wrong, what to do about it, and the one button that goes on from there:
 * trying again, unless `action` names another event; `label` says it better than its usual words.
 */
export const REASONS = {
    // this Odoo and its address
    base_url_missing: {
        title: _t("Odoo does not know its own address"),
        help: _t(
            "Enter the address that boxes can reach, such as https://odoo.example.com, as web.base.url."
        ),
    },
    base_url_invalid: {
        title: _t("The address of this Odoo is not a web address"),
        help: _t(
            "Correct web.base.url: a scheme and a host, such as https://odoo.example.com, and nothing else."
        ),
    },
    base_url_scheme: {
        title: _t("The address of this Odoo must start with http:// or https://"),
        help: _t("Correct the beginning of web.base.url."),
    },
    base_url_localhost: {
        title: _t("No box can reach this Odoo at localhost"),
        help: _t(
            "On a box, localhost is the box itself. Put the address of this server on your network, such as http://192.168.1.10:8069, in web.base.url."
        ),
    },
    base_url_path: {
        title: _t("The address of this Odoo must not contain a path"),
        help: _t(
            "A box keeps only the scheme and the host. Remove what follows them in web.base.url."
        ),
    },
    base_url_credentials: {
        title: _t("The address of this Odoo must not contain a user name or password"),
        help: _t("Remove what stands before the @ in web.base.url."),
    },
    base_url_loopback: {
        title: _t("Only a box on this very server can reach this Odoo"),
        help: _t(
            "The address of this Odoo points back to the machine it runs on. For a box elsewhere on your network, correct web.base.url before you connect it."
        ),
    },
    connection_lost: {
        title: _t("The Odoo server did not answer"),
        help: _t("Check your network connection, then try again."),
    },
    refused: {
        title: _t("The Odoo server refused"),
        help: _t("It gave this reason:"),
    },
    server_error: {
        title: _t("The Odoo server met an error"),
        help: _t(
            "Try again. If it happens again, an administrator finds the cause in the server log."
        ),
    },
    // what a search ends with
    nothing_found: {
        title: _t("No IoT box answered on your network"),
        help: _t(
            "Switch the box on, wait a minute, and connect it to the same network as this computer. A guest Wi-Fi usually keeps devices apart. On Windows, the firewall must let port 8069 in."
        ),
        action: EVENTS.SEARCH,
    },
    nothing_at_target: {
        title: _t("No IoT box answered at this address"),
        help: _t(
            "A display on the box shows its address, and a receipt printer prints it when the box starts. This computer must be able to reach port 8069 of the box."
        ),
        action: EVENTS.ENTER_TARGET,
    },
    search_stopped: {
        title: _t("The search was stopped before it found a box"),
        help: _t("Search again, or connect the box by its pairing code."),
        action: EVENTS.SEARCH,
    },
    permission_denied: {
        title: _t("Your browser does not let Odoo look for devices on your network"),
        help: _t(
            "Click on the symbol left of the address of this page, set “Local network access” to “Allow”, then search again."
        ),
        action: EVENTS.SEARCH,
    },
    permission_unanswered: {
        title: _t("Your browser may still be asking whether Odoo may look for devices"),
        help: _t(
            "Answer its question with “Allow”, then search again. If you do not see it, click on the symbol left of the address of this page. If Odoo runs on your own network, browsers do not ask: switch the box on, and check that it is on this network."
        ),
        action: EVENTS.SEARCH,
    },
    no_local_network_access: {
        title: _t("This browser cannot look for boxes from a secure page"),
        help: _t(
            "Boxes speak http, this page https, and only newer versions of Chrome, Edge and Firefox can be allowed to join the two. Use one of them, or connect the box by its pairing code."
        ),
        action: EVENTS.ENTER_CODE,
    },
    // an address that is typed
    target_empty: {
        title: _t("Enter an address"),
        help: _t("For example 192.168.1.20, or 192.168.1.0/24 for a whole network."),
    },
    target_invalid: {
        title: _t("This is neither an address nor a network"),
        help: _t("For example 192.168.1.20, or 192.168.1.0/24 for a whole network."),
    },
    target_port: {
        title: _t("A box does not listen on this port"),
        help: _t("Enter the address without a port."),
    },
    target_too_large: {
        title: _t("This network is too large"),
        help: _t("Odoo searches at most 4094 addresses at a time, such as 10.0.0.0/20."),
    },
    target_public: {
        title: _t("This network is not yours to search"),
        help: _t("Its addresses belong to the Internet. Enter a network such as 192.168.1.0/24."),
    },
    // a box that is to be connected
    box_unreachable: {
        title: _t("The box did not answer"),
        help: _t("It may be switched off, restarting, or on another network. Wait a minute first."),
    },
    box_refused: {
        title: _t("The box refused the address of this Odoo"),
        help: _t("It gave this reason:"),
        action: EVENTS.DIAGNOSE,
    },
    box_busy: {
        title: _t("Somebody else is connecting this box right now"),
        help: _t("Another window, or another person, has just given it a token. Wait a moment."),
    },
    box_elsewhere: {
        title: _t("The box is connected to another database by now"),
        help: _t("Disconnect it on its homepage first, then search again. It is connected to:"),
        action: EVENTS.SEARCH,
    },
    box_here: {
        title: _t("The box is connected to this database by now"),
        help: _t("Close this window: you find it among the IoT boxes."),
        action: EVENTS.SEARCH,
    },
    box_unknown: {
        title: _t("The box takes itself for one of this database, which does not know it"),
        help: _t(
            "Its token may be void; or somebody else connects it just now: then wait a minute. Otherwise reconnect it."
        ),
        label: _t("Reconnect"),
    },
    box_silent: {
        title: _t("The box belongs to this database, but does not reach it"),
        help: _t(
            "It may be starting: wait a minute first. If it stays offline among the IoT boxes, its token may be void: reconnect it."
        ),
        label: _t("Reconnect"),
    },
    not_registered: {
        title: _t("The box has not connected yet"),
        help: _t(
            "It has the token, but has not reached this Odoo within two minutes. It may still be starting; or it cannot reach the address of this Odoo, or its clock is wrong."
        ),
    },
    token_revoked: {
        title: _t("The token of this box was revoked"),
        help: _t("Somebody revoked it before the box had connected."),
    },
    token_expired: {
        title: _t("The token of this box has expired"),
        help: _t(
            "The box did not connect in ten minutes. Perhaps it cannot reach the address of this Odoo, or its clock is wrong."
        ),
    },
    // a pairing code
    code_empty: {
        title: _t("Enter the pairing code"),
        help: _t("A display on the box shows it, and a receipt printer prints it."),
    },
    unknown_code: {
        title: _t("No box has this pairing code"),
        help: _t(
            "Compare it with the code that the box shows. A box on another network must be able to reach the pairing service of this Odoo; else enter the address of the box."
        ),
    },
    expired: {
        title: _t("This pairing code has expired"),
        help: _t("A code is valid for two hours. Restart the box: it shows a new one."),
    },
    claimed: {
        title: _t("This pairing code was used already"),
        help: _t(
            "A code works once. If the box is not connected in a few minutes, restart it: it shows a new code."
        ),
    },
    locked: {
        title: _t("Too many wrong pairing codes"),
        help: _t(
            "To keep guessers out, Odoo takes no codes for now. Try again later, or connect the box by its address."
        ),
        action: EVENTS.ENTER_TARGET,
    },
    malformed: {
        title: _t("A pairing code does not look like this"),
        help: _t("Compare it with the code that the box shows, such as BCD-FGH-JKL."),
    },
    disabled: {
        title: _t("The pairing service does not serve this database"),
        help: _t("An administrator chooses another one under Settings → IoT."),
    },
    broker_unreachable: {
        title: _t("The pairing service did not answer"),
        help: _t("Try again later, or connect the box by its address."),
        action: EVENTS.ENTER_TARGET,
    },
    broker_invalid: {
        title: _t("The pairing service gave an answer that Odoo does not understand"),
        help: _t("An administrator checks its address under Settings → IoT."),
    },
    databases: {
        title: _t("This server has several databases"),
        help: _t(
            "A pairing code does not tell a box which of them is meant. Connect the box from a computer on its own network, by its address, or ask the administrator of the server to tie each database to a host name of its own."
        ),
        action: EVENTS.ENTER_TARGET,
    },
    token: {
        title: _t("The server did not recognize the token of this attempt"),
        help: _t("Try again."),
    },
    ...DIAGNOSES,
};
