import { failureText } from "@iot/action/outcome_texts";
import { PosScaleService } from "@point_of_sale/app/screens/scale_screen/scale_service";
import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";

const PATIENCE = 8000; // ms; a serial scale takes two seconds

patch(PosScaleService.prototype, {
    get iotScaleId() {
        return this.hardwareProxy.pos.config.raw.iot_scale_id;
    },

    /** Override of `point_of_sale`: the scale of an IoT box says itself when it cannot be read. */
    _checkScaleIsConnected() {
        if (!this.iotScaleId) {
            super._checkScaleIsConnected(...arguments);
        }
    },

    /** Override of `point_of_sale`: ask the scale of an IoT box. */
    async _getWeightFromScale() {
        if (!this.iotScaleId) {
            return super._getWeightFromScale(...arguments);
        }
        const { iot } = this.hardwareProxy.pos;
        // who leaves the screen and comes back has the former reading still to come
        this.iotReading ??= iot
            .send(this.iotScaleId, "read_once", {}, { patience: PATIENCE })
            .finally(() => (this.iotReading = undefined));
        const outcome = await this.iotReading;
        if (outcome.status !== "done") {
            throw new Error(failureText(outcome));
        }
        if (typeof outcome.result !== "number") {
            throw new Error(_t("The scale reported no weight."));
        }
        return outcome.result;
    },
});
