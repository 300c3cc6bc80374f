import { registry } from "@web/core/registry";

const URL_FORM =
    /^https:\/\/odoo\.example\.com\?token=[^&|]+&db_uuid=[^&|]+&enterprise_code=[^&|]*&db_name=[^&|]+$/;
const PIPE_FORM = /^https:\/\/odoo\.example\.com\|[^|]+\|[^|]+\|[^|]*$/;

const tours = registry.category("web_tour.tours");

const openPopup = () => [
    {
        content: "connect from the page that explains IoT systems",
        trigger: ".o_iot_box_helper .o_iot_connect",
        run: "click",
    },
    { trigger: ".modal-title:contains(Searching for an IoT Box)" },
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
        { trigger: ".modal:not(:has(.o_iot_offline)) .o_iot_developer_mode" },
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
