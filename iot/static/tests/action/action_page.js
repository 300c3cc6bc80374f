import { mockFetch } from "@odoo/hoot-mock";
import { patchWithCleanup } from "@web/../tests/web_test_helpers";
import { browser } from "@web/core/browser/browser";
import { actionService } from "@iot/action/action_service";
import { json } from "../discovery/box_answers";

const BOX = { identifier: "1000000012345678", ip: "192.168.1.20" };
const SCALE = { id: 7, identifier: "/dev/ttyUSB0", box: BOX };
const ROUTES = "http://192.168.1.20:8069/iot_drivers";
export const REQUEST = { reason: false, message: false, result: null };

/**
 * A page before a scale: the service, what its server and its box do, and what they are asked.
 *
 * @param {Object} [server] method → what it does, called with its arguments
 * @param {Object} [box] `look`, `act`, `hear` → what it does
 */
export function setUp(server = {}, box = {}) {
    const location = { protocol: "http:", hostname: "192.168.1.10" };
    patchWithCleanup(browser, { location });
    const calls = [];
    const uids = new Set();
    let tell;
    const methods = {
        request_action: ({ is_direct }) => ({ ...REQUEST, state: is_direct ? "direct" : "sent" }),
        take_over_direct: () => ({ ...REQUEST, state: "sent" }),
        finish_direct: () => ({ ...REQUEST, state: "done" }),
        read_outcome: () => [{ ...REQUEST, state: "sent" }],
        give_up: () => ({ ...REQUEST, state: "sent" }),
        ...server,
    };
    const orm = {
        silent: {
            async call(model, method, args, kwargs) {
                const uid = kwargs.uid ?? [args[0]].flat()[0];
                uids.add(uid);
                const details = kwargs.is_direct ?? args[1]?.result ?? args[1];
                calls.push(details === undefined ? method : `${method} ${JSON.stringify(details)}`);
                return methods[method]({ ...kwargs, uid, args });
            },
        },
    };
    const answers = {
        look: () => true,
        act: () => true,
        hear: ({ uid }) => ({ action_unique_id: uid, status: {}, result: 1.25, time: 1 }),
        ...box,
    };
    mockFetch(async (url, init) => {
        const { params } = JSON.parse(init.body);
        let answer;
        if (url === `${ROUTES}/event`) {
            calls.push("box hear");
            answer = answers.hear({ uid: [...uids][0] });
        } else if (params.device_identifier === BOX.identifier) {
            calls.push("box look");
            answer = answers.look();
        } else {
            calls.push(`box act ${params.data.action}`);
            uids.add(params.session_id).add(params.data.action_unique_id);
            answer = answers.act();
        }
        return json({ result: await answer });
    });
    const bus = { subscribe: (type, callback) => (tell = callback) };
    const service = actionService.start({}, { bus_service: bus, orm });
    return {
        calls,
        uids,
        listen: (onEvent, signal) => service.listen(SCALE, onEvent, { signal }),
        progress: [],
        send(patience) {
            const onProgress = (step) => this.progress.push(step);
            return service.send(SCALE, "read_once", {}, { onProgress, patience });
        },
        /** The bus tells the end of the request. */
        end: (state, rest = {}) => tell({ ...REQUEST, uid: [...uids][0], state, ...rest }),
    };
}
