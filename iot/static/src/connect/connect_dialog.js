import {
    Component,
    markRaw,
    onMounted,
    onWillDestroy,
    useEffect,
    useRef,
    useState,
} from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { CodePanel } from "./code_panel";
import { getButtons, getWays } from "./connect_buttons";
import { secondsLeft, START_STATE } from "./connect_flow";
import { ConnectSession } from "./connect_session";
import { STATES } from "./connect_states";
import { getAnnouncement, getTitle } from "./connect_texts";
import { ConnectedPanel } from "./connected_panel";
import { DoctorPanel } from "./doctor_panel";
import { NamedDialog } from "./named_dialog";
import { NothingPanel } from "./nothing_panel";
import { ReasonAlert } from "./reason_alert";
import { SearchPanel } from "./search_panel";
import { TargetPanel } from "./target_panel";
import { TokenPanel } from "./token_panel";
import { WaitingPanel } from "./waiting_panel";

/**
 * What follows once a box is connected, such as offering its devices to a point of sale:
 * `(env, { boxId: number, boxName: string, close: () => void }) => void`. It calls `close` once the
 * user has put the box to use; until then this popup stays for its *Undo*.
 */
const followUps = registry.category("iot_connected");

const PANELS = {
    [STATES.SEARCHING]: SearchPanel,
    [STATES.PERMISSION]: SearchPanel,
    [STATES.CHOOSING]: SearchPanel,
    [STATES.NOTHING_FOUND]: NothingPanel,
    [STATES.TARGET]: TargetPanel,
    [STATES.CONSENT]: TargetPanel,
    [STATES.CODE]: CodePanel,
    [STATES.RESOLVING]: WaitingPanel,
    [STATES.CLAIMING]: WaitingPanel,
    [STATES.HANDING_OVER]: WaitingPanel,
    [STATES.WAITING]: WaitingPanel,
    [STATES.TIMED_OUT]: WaitingPanel,
    [STATES.UNDOING]: WaitingPanel,
    [STATES.MINTING]: WaitingPanel,
    [STATES.CONNECTED]: ConnectedPanel,
    [STATES.UNDONE]: ConnectedPanel,
    [STATES.DOCTOR]: DoctorPanel,
};

/** The popup that connects a box: shows one state of the flow at a time, see connect_flow.js. */
export class ConnectDialog extends Component {
    static template = "iot.ConnectDialog";
    static components = { NamedDialog, ReasonAlert, TokenPanel };
    static props = { close: Function };

    setup() {
        this.action = useService("action");
        this.STATES = STATES;
        this.state = useState({ flow: markRaw(START_STATE), now: 0 });
        this.content = useRef("content");

        const { orm, iot_discovery: discovery, bus_service: bus } = this.env.services;
        this.session = new ConnectSession(
            { orm, discovery, bus },
            {
                onChange: (flow, now) => Object.assign(this.state, { flow: markRaw(flow), now }),
                onConnected: (box) => {
                    const connected = { ...box, close: this.props.close };
                    followUps.getAll().forEach((call) => call(this.env, connected));
                },
            }
        );
        this.send = (type, data) => this.session.send(type, data);
        onMounted(() => this.session.start());
        onWillDestroy(() => this.session.end());
        // what had the focus may have disappeared with its state, or be a button that is disabled now
        useEffect(
            () => {
                const focused = document.activeElement;
                const isKept = this.content.el.closest(".modal").contains(focused);
                if (!isKept || focused.disabled) {
                    this.content.el.focus();
                }
            },
            () => [this.flow.name, this.flow.attempt]
        );
    }

    get flow() {
        return this.state.flow;
    }

    get title() {
        return getTitle(this.flow);
    }

    get announcement() {
        return getAnnouncement(this.flow);
    }

    get panel() {
        return PANELS[this.flow.name];
    }

    get buttons() {
        return getButtons(this.flow);
    }

    get ways() {
        return getWays(this.flow, Boolean(this.env.debug));
    }

    get isTokenShown() {
        return [STATES.TOKEN, STATES.REVOKING].includes(this.flow.name);
    }

    get secondsLeft() {
        return secondsLeft(this.flow.token, this.state.now);
    }

    onClick({ id, event, data }) {
        if (event) {
            this.send(event, data);
        } else if (id === "open_box") {
            this.openBox();
        } else if (id === "close") {
            this.props.close();
        }
    }

    openBox() {
        const { boxId } = this.flow;
        this.props.close();
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "iot.box",
            res_id: boxId,
            views: [[false, "form"]],
        });
    }
}
