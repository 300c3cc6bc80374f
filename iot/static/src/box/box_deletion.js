import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { useDeleteRecords } from "@web/views/view_hook";

/**
 * Ask before boxes are deleted, and tell what that means for them and for what depends on them.
 *
 * @param {import("@web/model/relational_model/relational_model").RelationalModel} model
 * @returns {Function} in place of what `useDeleteRecords` returns
 */
export function useBoxDeletion(model) {
    const orm = useService("orm");
    const askToDelete = useDeleteRecords(model);
    return async (dialogProps, records) => {
        const ids = records
            ? records.map((record) => record.resId)
            : await model.root.getResIds(true);
        const warnings = await orm.call("iot.box", "get_deletion_warnings", [ids]);
        const isOne = ids.length === 1;
        const meaning = isOne
            ? _t("The box will forget this database. It can be connected again at any time.")
            : _t("The boxes will forget this database. They can be connected again at any time.");
        askToDelete(
            {
                ...dialogProps,
                title: isOne
                    ? _t("Delete this IoT box?")
                    : _t("Delete %(count)s IoT boxes?", { count: ids.length }),
                body: [meaning, ...warnings].join("\n\n"),
            },
            records
        );
    };
}
