import { beforeEach, expect } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { advanceTime, animationFrame, Deferred } from "@odoo/hoot-mock";
import {
    contains,
    mockService,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
    serverState,
} from "@web/../tests/web_test_helpers";
import { browser } from "@web/core/browser/browser";
import { ConnectButton } from "@iot/connect/connect_button";
import { defineIotModels, setIotManager } from "../iot_test_helpers";
import { FREE, hintsOf } from "./flow_helpers";

export const MINT = "/web/dataset/call_kw/iot.token/create_for_offline_pairing";
export const REVOKE = "/web/dataset/call_kw/iot.token/action_revoke";
export const HAND_OVER = "/web/dataset/call_kw/iot.token/create_for_handing_over";
export const CLAIM = "/web/dataset/call_kw/iot.token/action_hand_to_broker";
export const HINTS = "/web/dataset/call_kw/iot.token/get_discovery_hints";
export const READ = "/web/dataset/call_kw/iot.token/read";
export const UNDO = "/web/dataset/call_kw/iot.token/action_undo";

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

/**
 * The network around the browser, in place of the service `iot_discovery`: what stands there, and
 * what was asked of it. And what the server tells of tokens and boxes.
 */
class Network {
    reset() {
        this.boxes = [];
        this.searches = [];
        this.handOverOutcome = { ok: true };
        this.disconnectOutcome = { ok: true };
        this.records = [];
        this.token = { id: 7, state: "available", box_id: false };
    }

    get lastSearch() {
        return this.searches.at(-1);
    }

    search(options) {
        if (!options.onFound) {
            // a last look at one box, before it is connected
            return { boxes: this.boxes.filter(({ host }) => host === options.target) };
        }
        const end = new Deferred();
        this.searches.push({ ...options, end });
        return end;
    }

    /** The search finds boxes and goes on. */
    async find(...boxes) {
        this.boxes.push(...boxes);
        boxes.forEach((box) => this.lastSearch.onFound(box));
        await animationFrame();
    }

    /** The search ends with these boxes. */
    async end(boxes, values = {}) {
        this.boxes = boxes;
        this.lastSearch.end.resolve({ boxes, permission: "granted", ...values });
        await animationFrame();
    }

    async handOver(box, token) {
        expect.step(`${token} to ${box.host}`);
        return this.handOverOutcome;
    }

    async disconnect(box) {
        expect.step(`disconnect ${box.host}`);
        return this.disconnectOutcome;
    }

    /** A box has taken the token and names this database, which may know it or not. */
    become(box, status) {
        this.boxes = this.boxes.map((other) => (other === box ? { ...box, status } : other));
    }

    async diagnose({ onResult, signal }) {
        this.diagnosis = { onResult, signal, end: new Deferred() };
        return this.diagnosis.end;
    }
}

export const network = new Network();

/** What the monotonic clock of the browser shows, in milliseconds. */
let clock;

/** Each test of a file gets an administrator in developer mode, and a clock that stands still. */
export function setUpDialogTests() {
    defineIotModels();
    beforeEach(() => {
        clock = 5_000_000;
        patchWithCleanup(browser, { performance: { now: () => clock } });
        setIotManager(true);
        network.reset();
        mockService("iot_discovery", () => network);
        onRpc(HAND_OVER, () => ({ ...ANSWER, seconds_left: 600 }));
        onRpc(HINTS, () => hintsOf(...network.records));
        onRpc(READ, () => [network.token]);
        onRpc(REVOKE, async (request) => {
            const { params } = await request.json();
            expect.step(`revoke ${params.args[0]}`);
            return true;
        });
        serverState.debug = "1";
    });
}

export async function openDialog() {
    await mountWithCleanup(ConnectButton);
    await contains(".o_iot_connect").click();
    expect(".o_iot_connect_dialog").toHaveCount(1);
}

/** What the only box is handed. */
export const HANDED = `${ANSWER.token} to ${FREE.host}`;

/** Let the popup find the only box, which it connects by itself. */
export async function connectOnlyBox() {
    await openDialog();
    await network.end([FREE]);
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
    await animationFrame(); // the server may have been asked
}

export function expectState(name) {
    expect(`[data-state="${name}"]`).toHaveCount(1);
}

export function expectReason(reason) {
    expect(`[data-reason=${reason}]`).toHaveCount(1);
}

export function expectWays(labels) {
    expect(queryAllTexts(".o_iot_ways button")).toEqual(labels);
}

export function expectButtons(labels) {
    expect(queryAllTexts(".modal-footer button")).toEqual(labels);
}
