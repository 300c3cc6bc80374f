import { fields, models } from "@web/../tests/web_test_helpers";
import { hootPosModels } from "@point_of_sale/../tests/unit/data/generate_model_definitions";
import { PosPrinter } from "@point_of_sale/../tests/unit/data/pos_printer.data";
import { PosSession } from "@point_of_sale/../tests/unit/data/pos_session.data";
import { patch } from "@web/core/utils/patch";

const BOX = {
    status: "connected",
    box_name: "Shop floor",
    box_identifier: "1000000012345678",
    box_ip: "192.168.1.20",
    box_https_host: false,
    box_status: "online",
};

export class IotDevice extends models.ServerModel {
    _name = "iot.device";

    // the server computes them
    status = fields.Char();
    box_name = fields.Char();
    box_identifier = fields.Char();
    box_ip = fields.Char();
    box_https_host = fields.Char();
    box_status = fields.Char();

    _load_pos_data_fields() {
        return [
            "id",
            "name",
            "identifier",
            "type",
            "subtype",
            "status",
            "box_name",
            "box_identifier",
            "box_ip",
            "box_https_host",
            "box_status",
        ];
    }

    _records = [
        { ...BOX, id: 1, name: "Receipts", type: "printer", identifier: "usbEPSON" },
        { ...BOX, id: 2, name: "Kitchen", type: "printer", identifier: "usbSTAR" },
        { ...BOX, id: 3, name: "Scale", type: "scale", identifier: "/dev/ttyUSB0" },
        { ...BOX, id: 4, name: "Screen", type: "display", identifier: "HDMI-A-1" },
        { ...BOX, id: 5, name: "Scanner", type: "scanner", identifier: "usb_05e0:1200" },
    ];
}

export class IotBox extends models.ServerModel {
    _name = "iot.box";
}

hootPosModels.push(IotBox, IotDevice);

patch(PosPrinter.prototype, {
    _load_pos_data_fields() {
        return [...super._load_pos_data_fields(...arguments), "iot_device_id"];
    },
});

patch(PosSession.prototype, {
    _load_pos_data_models() {
        return [...super._load_pos_data_models(...arguments), "iot.device"];
    },
});
