import { beforeEach, expect } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { advanceTime, animationFrame } from "@odoo/hoot-mock";
import {
    contains,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
    serverState,
} from "@web/../tests/web_test_helpers";
import { browser } from "@web/core/browser/browser";
import { ConnectButton } from "@iot/connect/connect_button";
import { defineIotModels, setIotManager } from "../iot_test_helpers";

export const MINT = "/web/dataset/call_kw/iot.token/create_for_offline_pairing";
export const REVOKE = "/web/dataset/call_kw/iot.token/action_revoke";

/** The answer of the server to MINT. */
export const ANSWER = {
    id: 7,
    token: "http://odoo.example.com?token=t&db_uuid=u&enterprise_code=&db_name=d",
    legacy_token: "http://odoo.example.com|t|u|",
    seconds_left: 3600,
    warning: null,
};

/** The message of the bus when a box has used that token. */
export const USED = { token_id: 7, box_id: 3, box_name: "Bar" };

/** What the monotonic clock of the browser shows, in milliseconds. */
let clock;

/** Each test of a file gets an administrator in developer mode, and a clock that stands still. */
export function setUpDialogTests() {
    defineIotModels();
    beforeEach(() => {
        clock = 5_000_000;
        patchWithCleanup(browser, { performance: { now: () => clock } });
        setIotManager(true);
        serverState.debug = "1";
    });
}

export async function openDialog() {
    await mountWithCleanup(ConnectButton);
    await contains(".o_iot_connect").click();
    expect(".o_iot_connect_dialog").toHaveCount(1);
}

export async function openToken(answer = {}) {
    onRpc(MINT, () => ({ ...ANSWER, ...answer }));
    await openDialog();
    await contains(".o_iot_offline").click();
}

/** Let seconds pass on the clock; the popup looks at it each second. */
export async function passTime(seconds) {
    clock += seconds * 1000;
    await advanceTime(1000);
    await animationFrame();
}

export function expectState(name) {
    expect(`[data-state="${name}"]`).toHaveCount(1);
}

export function expectButtons(labels) {
    expect(queryAllTexts(".modal-footer button")).toEqual(labels);
}
