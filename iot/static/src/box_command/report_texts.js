import { _t } from "@web/core/l10n/translation";
import { failureText } from "../action/outcome_texts";
import { COMMANDS } from "./box_command_service";

const UNDER_WAY = {
    asked: {
        [COMMANDS.TEST]: _t("The box is measuring its connections…"),
        [COMMANDS.RESTART]: _t("Asking the box to restart…"),
        [COMMANDS.DRIVERS]: _t("Asking the box to restart, to take the new drivers…"),
        [COMMANDS.DEBUG]: _t("Asking the box about its tunnel…"),
    },
    returning: {
        [COMMANDS.RESTART]: _t("The box is restarting. This takes a minute or two…"),
        [COMMANDS.DRIVERS]: _t(
            "The box is restarting, to take the new drivers. This takes a minute or two…"
        ),
    },
};
const AWAY = _t(
    "The box has confirmed to restart, but it was not back after three minutes. Check its power and its network."
);

const QUALITIES = {
    fast: _t("fast"),
    normal: _t("normal"),
    slow: _t("slow"),
    unreachable: _t("unreachable"),
};

/**
 * What to tell of a command to a box.
 *
 * @param {Object} report see `box_command_service.js`
 * @returns {{ type: "info" | "success" | "warning" | "danger", text: string }}
 */
export function describeReport({ command, stage, request, driversState }) {
    if (stage in UNDER_WAY) {
        return { type: "info", text: UNDER_WAY[stage][command] };
    }
    if (stage === "away") {
        return { type: "danger", text: AWAY };
    }
    if (request.state !== "done") {
        return { type: "danger", text: failureText(request, "box") };
    }
    switch (command) {
        case COMMANDS.TEST:
            return describeConnections(request.result);
        case COMMANDS.RESTART:
            return { type: "success", text: _t("The box has restarted and is online again.") };
        case COMMANDS.DRIVERS:
            return driversState === "current"
                ? {
                      type: "success",
                      text: _t("The box is back, with the drivers of this database."),
                  }
                : {
                      type: "warning",
                      text: _t("The box is back, but has not taken the new drivers. See its logs."),
                  };
        default:
            return request.result?.enabled
                ? { type: "warning", text: _t("Remote debugging: the tunnel is open.") }
                : { type: "info", text: _t("Remote debugging: no tunnel is open.") };
    }
}

function describeConnections(result) {
    const lan = result?.lan_quality;
    const wan = result?.wan_quality;
    const isGood = [lan, wan].every((quality) => ["fast", "normal"].includes(quality));
    return {
        type: isGood ? "success" : "warning",
        text: _t("The box answers. Its network (LAN): %(lan)s. The Internet (WAN): %(wan)s.", {
            lan: qualityText(lan),
            wan: qualityText(wan),
        }),
    };
}

const qualityText = (quality) =>
    quality in QUALITIES ? QUALITIES[quality].toString() : _t("not measured");
