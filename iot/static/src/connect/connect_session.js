import { browser } from "@web/core/browser/browser";
import { nextState, START_STATE } from "./connect_flow";
import { getFailure, rethrowFault } from "./connect_messages";
import { EFFECTS, search } from "./connect_effects";
import { EVENTS, STATES } from "./connect_states";
import { isRegistering } from "./pairing_flow";

const TICK_INTERVAL = 1000; // ms
const INQUIRY_INTERVAL = 10; // s, between questions to the server while a box registers

/** States in which a token that nobody carries is of no use without this popup. */
const UNACCEPTED = [STATES.HANDING_OVER, STATES.CLAIMING];

/** State of a token that lets no box in → the event that tells. */
const TOKEN_ENDS = { revoked: EVENTS.REVOKED, expired: EVENTS.EXPIRED };

/**
 * Seconds since some fixed moment. Not the time of day, which the user may set and which rarely
 * agrees with the one of the server.
 */
const now = () => browser.performance.now() / 1000;

/**
 * One popup's life: it holds the state of the flow and does what a state asks for, by the server,
 * the network and the bus. It knows no component.
 */
export class ConnectSession {
    /**
     * @param {Object} services
     * @param {Object} services.orm not bound to a component: a token is revoked after it is gone
     * @param {Object} services.discovery service `iot_discovery`
     * @param {Object} services.bus service `bus_service`
     * @param {(box: { boxId: number, boxName: string }) => void} onConnected
     * @param {(flow: Object, now: number) => void} onChange
     */
    constructor({ orm, discovery, bus }, { onConnected, onChange }) {
        this.orm = orm;
        this.discovery = discovery;
        this.bus = bus;
        this.onConnected = onConnected;
        this.onChange = onChange;
        this.flow = START_STATE;
        this.isOver = false;
        this.listeners = {
            "iot.token/used": (message) => this.onUsed(message),
            "iot.token/revoked": (message) =>
                this.send(EVENTS.REVOKED, { tokenId: message.token_id }),
            "iot.box/changed": () => this.onBoxChanged(),
        };
    }

    get now() {
        return now();
    }

    start() {
        for (const [type, listener] of Object.entries(this.listeners)) {
            this.bus.subscribe(type, listener);
        }
        this.follow({});
    }

    /** Stop everything at once. What a box has accepted already stays valid. */
    end() {
        this.isOver = true;
        for (const [type, listener] of Object.entries(this.listeners)) {
            this.bus.unsubscribe(type, listener);
        }
        this.searching?.abort();
        this.acting?.abort();
        browser.clearInterval(this.interval);
        if (UNACCEPTED.includes(this.flow.name) && this.flow.tokenId) {
            this.revoke(this.flow.tokenId);
        }
    }

    /**
     * @param {string} type one of EVENTS
     * @param {Object} [data]
     * @returns {boolean} whether the event changed the state
     */
    send(type, data = {}) {
        const previous = this.flow;
        if (this.isOver) {
            return false;
        }
        this.flow = nextState(previous, { type, now: this.now, ...data });
        if (this.flow === previous) {
            return false;
        }
        this.onChange(this.flow, this.now);
        this.follow(previous);
        return true;
    }

    /** Report a failed call as an event; a fault of ours still reaches the error service. */
    sendFailure(type, error, data = {}) {
        let failure = { reason: "server_error" };
        try {
            failure = getFailure(error);
        } finally {
            this.send(type, { ...data, ...failure });
        }
    }

    /** Do what the state asks for, and give up what it no longer speaks of. */
    follow(previous) {
        const { flow } = this;
        this.followSearch();
        if (flow.name !== previous.name || flow.attempt !== previous.attempt) {
            this.acting?.abort();
            this.acting = new AbortController();
            this.inquiredAt = this.now;
            EFFECTS[flow.name]?.(this, flow, { signal: this.acting.signal, previous });
        }
        // the token of an attempt that is given up; one that a box has used stays as it is
        const isAttempt = previous.search && previous.name !== STATES.UNDOING;
        if (isAttempt && previous.tokenId && previous.tokenId !== flow.tokenId) {
            this.revoke(previous.tokenId);
        }
        this.followClock();
    }

    followSearch() {
        const wanted = this.flow.search?.isRunning ? this.flow.search.id : undefined;
        if (wanted !== this.searchId) {
            this.searching?.abort();
            this.searching = undefined;
            this.searchId = wanted;
            if (wanted !== undefined) {
                this.searching = new AbortController();
                search(this, this.flow.search, this.searching.signal);
            }
        }
    }

    followClock() {
        const { flow } = this;
        const isTicking = Boolean(flow.token || flow.deadline || isRegistering(flow));
        if (isTicking && !this.interval) {
            this.interval = browser.setInterval(() => this.onTick(), TICK_INTERVAL);
        } else if (!isTicking && this.interval) {
            browser.clearInterval(this.interval);
            this.interval = undefined;
        }
    }

    async onTick() {
        if (!this.isInquiring) {
            await this.inquire();
            // a time-out is claimed only after the server was asked
            this.send(EVENTS.TICK);
        }
        if (!this.isOver) {
            this.onChange(this.flow, this.now);
        }
    }

    /** Ask now and then what became of a token, as the bus does not reach every page. */
    async inquire() {
        const { tokenId, deadline = Infinity } = this.flow;
        const isDue = this.now >= Math.min(this.inquiredAt + INQUIRY_INTERVAL, deadline);
        if (!isRegistering(this.flow) || !isDue) {
            return;
        }
        this.isInquiring = true;
        this.inquiredAt = this.now;
        let tokens;
        try {
            tokens = await this.ask("read", "iot.token", [tokenId], ["state", "box_id"]);
        } finally {
            this.isInquiring = false;
        }
        const token = tokens?.[0];
        if (token?.state === "used" && token.box_id) {
            const [boxId, boxName] = token.box_id;
            this.send(EVENTS.USED, { tokenId, boxId, boxName });
        } else if (token?.state in TOKEN_ENDS) {
            this.send(TOKEN_ENDS[token.state], { tokenId });
        }
    }

    onUsed({ token_id: tokenId, box_id: boxId, box_name: boxName }) {
        if (!this.send(EVENTS.USED, { tokenId, boxId, boxName })) {
            this.lookForBox();
        }
    }

    onBoxChanged() {
        this.lookForBox();
        if (this.flow.search?.boxes.length) {
            this.refreshHints();
        }
    }

    /** Learn which of the boxes found this database knows by now. */
    async refreshHints() {
        const hints = await this.ask("call", "iot.token", "get_discovery_hints");
        if (hints) {
            this.send(EVENTS.HINTED, { hints });
        }
    }

    /** Tell the server what a box that is offline there says of itself. */
    async noteSeen({ known, status, serverUrl }) {
        await this.ask("call", "iot.box", "note_seen", [[known.id], status, serverUrl]);
    }

    /** Learn whether the box that we want was connected by another window or person. */
    async lookForBox() {
        const { identifier } = this.flow;
        if (!identifier) {
            return;
        }
        const domain = [
            ["identifier", "=", identifier],
            ["is_online", "=", true],
        ];
        const boxes = await this.ask("searchRead", "iot.box", domain, ["name"], { limit: 1 });
        const box = boxes?.[0];
        if (box) {
            this.send(EVENTS.BOX_SEEN, { identifier, boxId: box.id, boxName: box.name });
        }
    }

    async revoke(tokenId) {
        await this.ask("call", "iot.token", "action_revoke", [[tokenId]]);
    }

    /**
     * Call the server where a failure changes nothing: a token dies by itself, a box speaks again.
     *
     * @returns {Promise<any>} undefined when it failed
     */
    async ask(method, ...args) {
        try {
            return await this.orm[method](...args);
        } catch (error) {
            rethrowFault(error);
        }
    }
}
