import { Navbar } from "@point_of_sale/app/components/navbar/navbar";
import { patch } from "@web/core/utils/patch";
import { IotStatus } from "./iot_status";

patch(Navbar, { components: { ...Navbar.components, IotStatus } });
