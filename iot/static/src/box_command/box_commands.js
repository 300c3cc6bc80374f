import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { COMMANDS } from "./box_command_service";
import { RemoteDebugDialog } from "./remote_debug_dialog";

/**
 * Let the buttons of a form ask something of its box, and stay usable meanwhile.
 *
 * @returns {(name: string, boxId: number) => boolean} to be called with the name of a button:
 *     whether it was one of these
 */
export function useBoxCommands() {
    const commands = useService("iot_box_command");
    const dialog = useService("dialog");
    const notification = useService("notification");

    return (name, boxId) => {
        if (name === COMMANDS.DEBUG) {
            dialog.add(RemoteDebugDialog, { boxId });
            return true;
        }
        if (!Object.values(COMMANDS).includes(name)) {
            return false;
        }
        commands.run(boxId, name).then((report) => {
            if (!report) {
                notification.add(_t("The box is busy with what it was asked before."), {
                    type: "warning",
                });
            }
        });
        return true;
    };
}
