import { onWillDestroy, status, useComponent } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { FetchRecordError } from "@web/model/relational_model/errors";

const BOX_CHANGED = "iot.box/changed";

/**
 * Call back when boxes, or devices of boxes, appear, change or go.
 *
 * @param {(boxIds: number[]) => void} onChanged
 */
export function useBoxChanges(onChanged) {
    const bus = useService("bus_service");
    const listener = ({ box_ids: boxIds }) => onChanged(boxIds);
    bus.subscribe(BOX_CHANGED, listener);
    onWillDestroy(() => bus.unsubscribe(BOX_CHANGED, listener));
}

/**
 * Reload a kanban or list view when boxes change; what the user selected stays selected.
 *
 * @param {import("@web/model/relational_model/relational_model").RelationalModel} model
 */
export function useListReload(model) {
    useBoxChanges(async () => {
        if (!model.isReady) {
            return; // its first load, which is under way, brings the change
        }
        const selectedIds = new Set(model.root.selection.map((record) => record.resId));
        await model.load();
        for (const record of model.root.records) {
            if (selectedIds.has(record.resId)) {
                record.toggleSelection(true);
            }
        }
    });
}

/**
 * Reload a form view when its box changes, unless the user is editing; leave it for a list when
 * its record is gone.
 *
 * @param {import("@web/model/relational_model/relational_model").RelationalModel} model
 * @param {Object} options
 * @param {(record: Object) => number | false} options.getBoxId the box that the form is about
 * @param {string} options.action xml id of the list to leave for
 */
export function useFormReload(model, { getBoxId, action }) {
    const component = useComponent();
    const actionService = useService("action");
    useBoxChanges(async (boxIds) => {
        if (!model.isReady || (await model.root.isDirty()) || status(component) === "destroyed") {
            return;
        }
        // asked only now: a deletion of the user's own, if any, has ended and moved the form on
        if (!boxIds.includes(getBoxId(model.root))) {
            return;
        }
        try {
            await model.root.load();
        } catch (error) {
            if (!(error instanceof FetchRecordError)) {
                throw error;
            }
            await actionService.doAction(action, { clearBreadcrumbs: true });
        }
    });
}
