import { browser } from "@web/core/browser/browser";
import { rpcBus } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { patch } from "@web/core/utils/patch";

const URL_FORM =
    /^https:\/\/odoo\.example\.com\?token=[^&|]+&db_uuid=[^&|]+&enterprise_code=[^&|]*&db_name=[^&|]+$/;
const PIPE_FORM = /^https:\/\/odoo\.example\.com\|[^|]+\|[^|]+\|[^|]*$/;

const tours = registry.category("web_tour.tours");

/** The popup searches as soon as it opens: not the network of whoever runs the tests. */
const cutTheCable = () => {
    const { fetch } = browser;
    patch(browser, {
        fetch(url, ...args) {
            return new URL(url, browser.location.href).origin === browser.location.origin
                ? fetch(url, ...args)
                : Promise.reject(new TypeError("Failed to fetch"));
        },
    });
};

/** Mark the page once the server has answered: a tour that ends cuts off what is under way. */
const markAnswerTo = (method) => {
    rpcBus.addEventListener("RPC:RESPONSE", ({ detail }) => {
        if (detail.data.params.method === method) {
            document.body.dataset.iotAnswered = method;
        }
    });
};

const openPopup = () => [
    {
        trigger: ".o_iot_box_helper",
        run: cutTheCable,
    },
    {
        content: "connect from the page that explains IoT systems",
        trigger: ".o_iot_box_helper .o_iot_connect",
        run: "click",
    },
    { trigger: "[data-state=nothing_found] [data-reason=nothing_found]" },
];

const checkToken = (content, form) => ({
    content,
    trigger: "[data-state=token] #o_iot_token",
    run({ anchor }) {
        if (!form.test(anchor.value)) {
            throw new Error(`${anchor.value} is not ${form}`);
        }
    },
});

tours.add("iot_offline_pairing", {
    steps: () => [
        ...openPopup(),
        { trigger: ".o_iot_offline", run: "click" },
        checkToken("the token has the form for current boxes", URL_FORM),
        { trigger: "#o_iot_old_box", run: "click" },
        { trigger: "#o_iot_old_box:checked" },
        checkToken("the token has the form for old boxes", PIPE_FORM),
        { trigger: ".o_iot_revoke", run: "click" },
        { trigger: "[data-state=revoked]" },
        { trigger: ".o_iot_new_token", run: "click" },
        checkToken("there is a new token", URL_FORM),
        { trigger: ".o_iot_close", run: "click" },
        { trigger: "body:not(:has(.o_dialog)) .o_iot_box_helper" },
    ],
});

tours.add("iot_offline_pairing_localhost", {
    steps: () => [
        ...openPopup(),
        { trigger: ".o_iot_offline", run: "click" },
        {
            trigger:
                "[data-state=failed] [data-reason=base_url_localhost]:contains(System Parameters)",
        },
        { trigger: ".o_iot_close", run: "click" },
        { trigger: "body:not(:has(.o_dialog)) .o_iot_box_helper" },
    ],
});

tours.add("iot_connect_without_developer_mode", {
    steps: () => [
        ...openPopup(),
        {
            content: "all ways but offline pairing are there",
            trigger: ".o_iot_ways:not(:has(.o_iot_offline)):has(.o_iot_code):has(.o_iot_target)",
        },
        { trigger: ".o_iot_doctor", run: "click" },
        {
            content: "the doctor finds what the tour has done to the network",
            trigger: "[data-check=network][data-verdict=problem]",
        },
        { trigger: "#o_iot_report" },
        { trigger: ".o_iot_back", run: "click" },
        { trigger: ".o_iot_code", run: () => markAnswerTo("action_revoke") },
        { trigger: ".o_iot_code", run: "click" },
        { trigger: "#o_iot_code", run: "edit bcdfghjkl" },
        { trigger: ".o_iot_submit_code", run: "click" },
        {
            content: "no box has asked the broker of this database for that code",
            trigger: "[data-state=code] [data-reason=unknown_code]",
        },
        {
            content: "the token that was made for it is revoked",
            trigger: "body[data-iot-answered=action_revoke]",
        },
        { trigger: ".o_iot_close", run: "click" },
        { trigger: "body:not(:has(.o_dialog)) .o_iot_box_helper" },
    ],
});

tours.add("iot_user", {
    steps: () => [
        { trigger: ".o_iot_box_helper:contains(Ask an administrator)" },
        { trigger: "body:not(:has(.o_iot_connect))" },
        {
            content: "configuration is not for users",
            trigger:
                ".o_menu_sections:has([data-menu-xmlid='iot.iot_device_menu']):not(:contains(Configuration))",
        },
    ],
});
