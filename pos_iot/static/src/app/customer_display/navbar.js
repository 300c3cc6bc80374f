import { Navbar } from "@point_of_sale/app/components/navbar/navbar";
import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";

patch(Navbar.prototype, {
    /** Override of `point_of_sale`: the display of the IoT box, where there is one. */
    async openCustomerDisplay() {
        if (!this.pos.config.raw.iot_display_id) {
            return super.openCustomerDisplay(...arguments);
        }
        if (await this.pos.openIotDisplay()) {
            this.notification.add(_t("The customer display shows this point of sale."), {
                type: "success",
            });
        }
    },
});
