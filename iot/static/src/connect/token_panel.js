import { Component, markup, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { CopyButton } from "@web/core/copy_button/copy_button";
import { _t } from "@web/core/l10n/translation";
import { ReasonAlert } from "./reason_alert";

/** A connection token, how long it is valid, and what to do with it. */
export class TokenPanel extends Component {
    static template = "iot.TokenPanel";
    static components = { CopyButton, ReasonAlert };
    static props = {
        token: {
            type: Object,
            shape: {
                id: Number,
                url: String,
                pipe: String,
                warning: { type: [String, { value: null }, { value: false }], optional: true },
                deadline: Number,
            },
        },
        secondsLeft: Number,
        problem: {
            type: Object,
            optional: true,
            shape: { reason: String, detail: { type: String, optional: true } },
        },
    };

    setup() {
        this.state = useState({ isForOldBox: false });
    }

    get text() {
        return this.state.isForOldBox ? this.props.token.pipe : this.props.token.url;
    }

    /** Browsers give no clipboard to pages served over plain http. */
    get canCopy() {
        return Boolean(browser.navigator.clipboard);
    }

    get timeLeft() {
        const { secondsLeft } = this.props;
        return luxon.Duration.fromObject({ seconds: secondsLeft }).toFormat(
            secondsLeft < 3600 ? "m:ss" : "h:mm:ss"
        );
    }

    /** The names in bold are those of the box's own homepage, which is not translated. */
    get steps() {
        return [
            _t(
                "Open the homepage of the box in a browser: %(url)s. A display on the box shows the address, and a receipt printer prints it when the box starts.",
                { url: markup`<code>http://${_t("<address of the box>")}:8069</code>` }
            ),
            _t("Beside %(label)s, click on %(button)s.", {
                label: markup`<b>Odoo database connected</b>`,
                button: markup`<b>Configure</b>`,
            }),
            _t("Paste the token into %(field)s and click on %(button)s.", {
                field: markup`<b>Server token</b>`,
                button: markup`<b>Connect</b>`,
            }),
        ];
    }

    onFocusToken(ev) {
        ev.target.select();
    }
}
