import { Component, onWillDestroy, xml } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { ConnectionLostError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** A box that was just disconnected on its own page needs some seconds to answer again. */
const INTERVAL = 15_000; // ms
const LOOKS = 4; // who is not there within a minute is not on this network, or is off

/**
 * Looks for an offline box while its form is open: if this browser is on its network, it learns
 * whether the box was disconnected on its own page, or belongs to another database by now. What is
 * seen is a matter of the server, which tells all forms.
 */
export class BoxLookout extends Component {
    static template = xml``;
    static props = { ...standardWidgetProps };

    setup() {
        const discovery = useService("iot_discovery");
        const orm = useService("orm");
        const abort = new AbortController();
        onWillDestroy(() => abort.abort());
        watch(this.props.record, { discovery, orm, signal: abort.signal }).catch((error) => {
            if (!(error instanceof ConnectionLostError)) {
                throw error;
            }
        });
    }
}

async function watch({ resId, data }, { discovery, orm, signal }) {
    for (let looks = 0; looks < LOOKS && !signal.aborted; looks++) {
        const box = await discovery.look(data.ip, { signal });
        if (signal.aborted) {
            return;
        }
        if (box?.known?.id === resId) {
            await orm.silent.call("iot.box", "note_seen", [[resId], box.status, box.serverUrl]);
        }
        await new Promise((resolve) => browser.setTimeout(resolve, INTERVAL));
    }
}

registry.category("view_widgets").add("iot_box_lookout", {
    component: BoxLookout,
    fieldDependencies: [{ name: "ip", type: "char" }],
});
