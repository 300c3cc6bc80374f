import { animationFrame } from "@odoo/hoot-mock";
import { busModels, waitNotifications } from "@bus/../tests/bus_test_helpers";
import {
    defineModels,
    fields,
    MockServer,
    models,
    onRpc,
    serverState,
    webModels,
} from "@web/../tests/web_test_helpers";

export class IotBox extends models.Model {
    _name = "iot.box";

    name = fields.Char();
    identifier = fields.Char();
    ip = fields.Char();
    is_online = fields.Boolean();
    status = fields.Selection({
        selection: [
            ["online", "Online"],
            ["no_push", "Reachable, no push"],
            ["offline", "Offline"],
        ],
    });
    device_count = fields.Integer();
    connected_device_count = fields.Integer();

    /** What the server says of a copy or a new address of the database. */
    get_notices() {
        return { foreign_ids: [], elsewhere_count: 0, server_url: "https://odoo.example.com" };
    }

    _records = [
        { id: 1, name: "Bar", is_online: true, status: "online" },
        { id: 2, name: "Kitchen", status: "offline" },
    ];
    _views = {
        kanban: `
            <kanban js_class="iot_box_kanban" create="0">
                <templates>
                    <t t-name="card">
                        <field name="name" class="fw-bold"/>
                        <field name="status" widget="badge"/>
                    </t>
                </templates>
            </kanban>`,
        list: `
            <list js_class="iot_box_list" create="0">
                <field name="name"/>
                <field name="status" widget="badge"/>
            </list>`,
        form: `<form js_class="iot_box_form" create="0"><field name="name"/></form>`,
        search: `
            <search>
                <filter name="online" string="Online" domain="[('status', '=', 'online')]"/>
            </search>`,
    };
}

export class IotDevice extends models.Model {
    _name = "iot.device";

    name = fields.Char();
    box_id = fields.Many2one({ relation: "iot.box" });
    type = fields.Char();
    subtype = fields.Char();
    display_url = fields.Char();
    status = fields.Selection({
        selection: [
            ["connected", "Connected"],
            ["disconnected", "Disconnected"],
            ["box_offline", "Box offline"],
        ],
    });

    _records = [
        { id: 11, name: "Scale", box_id: 1, status: "connected" },
        { id: 12, name: "Printer", box_id: 2, status: "connected" },
    ];
    _views = {
        kanban: `
            <kanban js_class="iot_device_kanban" create="0">
                <templates><t t-name="card"><field name="name"/></t></templates>
            </kanban>`,
        list: `
            <list js_class="iot_device_list" create="0">
                <field name="name"/>
                <field name="status" widget="badge"/>
            </list>`,
        form: `
            <form js_class="iot_device_form" create="0">
                <field name="name"/>
                <field name="box_id"/>
            </form>`,
    };
}

/** The models behind our screens, and those that make the bus of the mock server work. */
export function defineIotModels() {
    defineModels({ ...webModels, ...busModels, IotBox, IotDevice });
}

/** Decide what the server answers when asked whether the user manages IoT boxes. */
export function setIotManager(isManager) {
    onRpc("res.users", "has_group", ({ args }) =>
        args[1] === "iot.group_iot_manager" ? isManager : true
    );
}

/** Send a message through the bus of the mock server and wait until the page has handled it. */
export async function sendBusMessage(type, payload) {
    MockServer.env["bus.bus"]._sendone(serverState.partnerId, type, payload);
    await waitNotifications([type, payload]);
    await animationFrame();
}

/** Change records on the server, which then tells the screens that these boxes changed. */
export async function changeBoxes(boxIds, change) {
    change(MockServer.env);
    await sendBusMessage("iot.box/changed", { box_ids: boxIds });
    await animationFrame();
}
