import { Component, onWillDestroy, useEffect, useRef, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { EVENTS, nextState, secondsLeft, START_STATE, STATES } from "./connect_flow";
import { getFailure, getMessage } from "./connect_messages";
import { ReasonAlert } from "./reason_alert";
import { TokenPanel } from "./token_panel";

const TICK_INTERVAL = 1000; // ms

/**
 * Seconds since some fixed moment. Not the time of day, which the user may set and which rarely
 * agrees with the one of the server.
 */
const now = () => browser.performance.now() / 1000;

export class ConnectDialog extends Component {
    static template = "iot.ConnectDialog";
    static components = { Dialog, ReasonAlert, TokenPanel };
    static props = { close: Function };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.bus = useService("bus_service");
        this.STATES = STATES;
        this.state = useState({ flow: START_STATE, now: now() });
        this.content = useRef("content");

        this.listen("iot.token/used", (message) =>
            this.send(EVENTS.USED, {
                tokenId: message.token_id,
                boxId: message.box_id,
                boxName: message.box_name,
            })
        );
        this.listen("iot.token/revoked", (message) =>
            this.send(EVENTS.REVOKED, { tokenId: message.token_id })
        );
        useEffect(
            (isTicking) => {
                if (isTicking) {
                    const interval = browser.setInterval(() => this.onTick(), TICK_INTERVAL);
                    return () => browser.clearInterval(interval);
                }
            },
            () => [Boolean(this.flow.token)]
        );
        // the button that had the focus disappears with its state
        useEffect(
            (name) => {
                if (name !== STATES.START) {
                    this.content.el.focus();
                }
            },
            () => [this.flow.name]
        );
    }

    get flow() {
        return this.state.flow;
    }

    get title() {
        return this.flow.name === STATES.START
            ? _t("Searching for an IoT Box")
            : _t("Pair an IoT Box offline");
    }

    get isTokenShown() {
        return [STATES.TOKEN, STATES.REVOKING].includes(this.flow.name);
    }

    get secondsLeft() {
        return secondsLeft(this.flow.token, this.state.now);
    }

    /** Where developer mode is switched on: this same page. */
    get developerModeUrl() {
        const url = new URL(browser.location.href);
        url.searchParams.set("debug", "1");
        return url.pathname + url.search;
    }

    /** What a screen reader says when the state changes. */
    get announcement() {
        switch (this.flow.name) {
            case STATES.START:
                return "";
            case STATES.MINTING:
                return _t("Making a token…");
            case STATES.TOKEN:
                return this.flow.problem
                    ? _t("The token could not be revoked.")
                    : _t("The token is ready. Waiting for the box.");
            case STATES.REVOKING:
                return _t("Revoking the token…");
            case STATES.EXPIRED:
                return _t("The token has expired.");
            case STATES.REVOKED:
                return _t("The token is revoked.");
            case STATES.FAILED:
                return getMessage(this.flow.reason).title;
            case STATES.CONNECTED:
                return _t("%(box)s is connected.", { box: this.flow.boxName });
        }
        throw new Error(`Unknown state ${this.flow.name}`);
    }

    listen(type, callback) {
        this.bus.subscribe(type, callback);
        onWillDestroy(() => this.bus.unsubscribe(type, callback));
    }

    /**
     * @param {string} type one of EVENTS
     * @param {Object} [data]
     * @returns {boolean} whether the event changed the state
     */
    send(type, data = {}) {
        const previous = this.flow;
        this.state.flow = nextState(previous, { type, ...data });
        return this.flow !== previous;
    }

    /** Report a failed call as an event; a fault of ours still reaches the error service. */
    sendFailure(type, error) {
        let failure = { reason: "server_error" };
        try {
            failure = getFailure(error);
        } finally {
            this.send(type, failure);
        }
    }

    onTick() {
        this.state.now = now();
        this.send(EVENTS.TICK, { now: this.state.now });
    }

    async onMint() {
        if (!this.send(EVENTS.MINT)) {
            return;
        }
        // counted from the question: the answer may be slow, and the token must not look younger
        const askedAt = now();
        try {
            const answer = await this.orm.call("iot.token", "create_for_offline_pairing");
            this.state.now = now();
            if (answer.error) {
                this.send(EVENTS.MINT_FAILED, { reason: answer.error, baseUrl: answer.base_url });
            } else {
                this.send(EVENTS.MINTED, {
                    token: {
                        id: answer.id,
                        url: answer.token,
                        pipe: answer.legacy_token,
                        warning: answer.warning,
                        deadline: askedAt + answer.seconds_left,
                    },
                });
            }
        } catch (error) {
            this.sendFailure(EVENTS.MINT_FAILED, error);
        }
    }

    async onRevoke() {
        if (!this.send(EVENTS.REVOKE)) {
            return;
        }
        const { tokenId } = this.flow;
        try {
            await this.orm.call("iot.token", "action_revoke", [[tokenId]]);
            this.send(EVENTS.REVOKED, { tokenId });
        } catch (error) {
            this.sendFailure(EVENTS.REVOKE_FAILED, error);
        }
    }

    onOpenBox() {
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
