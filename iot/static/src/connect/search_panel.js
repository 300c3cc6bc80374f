import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { BoxList } from "./box_list";
import { EVENTS, STATES } from "./connect_states";
import { isSelectable, onlyFreeBox, selectedBox } from "./search_flow";

/** How far the search is, and what it has found. */
export class SearchPanel extends Component {
    static template = "iot.SearchPanel";
    static components = { BoxList };
    static props = { flow: Object, now: Number, send: Function };

    setup() {
        this.STATES = STATES;
    }

    get search() {
        return this.props.flow.search;
    }

    get selected() {
        return selectedBox(this.search);
    }

    /** Whether the box found is connected by itself if the search finds no other. */
    get isOnlyOne() {
        return this.search.isRunning && Boolean(onlyFreeBox(this.search));
    }

    get isNoneFree() {
        return !this.search.isRunning && !this.search.boxes.some(isSelectable);
    }

    get percentage() {
        const { done, total } = this.search.progress;
        return total ? Math.round((100 * done) / total) : 0;
    }

    get progressText() {
        const { pass, kind, network, done, total } = this.search.progress;
        if (!total) {
            return _t("Searching your network…");
        }
        if (pass) {
            return _t("Asking those that kept silent once more: %(done)s of %(total)s", {
                done,
                total,
            });
        }
        return kind === "known"
            ? _t("Asking known boxes: %(done)s of %(total)s addresses", { done, total })
            : _t("Searching %(network)s: %(done)s of %(total)s addresses", {
                  network,
                  done,
                  total,
              });
    }

    onSelect(host) {
        this.props.send(EVENTS.SELECT, { host });
    }
}
