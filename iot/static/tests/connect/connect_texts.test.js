import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { allowTranslations } from "@web/../tests/web_test_helpers";
import { getButtons, getWays } from "@iot/connect/connect_buttons";
import { nextState } from "@iot/connect/connect_flow";
import { EVENTS, STATES } from "@iot/connect/connect_states";
import { getAnnouncement, getTitle } from "@iot/connect/connect_texts";
import { nothingReason } from "@iot/connect/nothing_reason";
import { replay, WAYS } from "./flow_helpers";

describe.current.tags("headless");
beforeEach(allowTranslations);

/** What screen readers read by themselves, as the focus is in a field there. */
const SILENT = [STATES.TARGET, STATES.CODE];

for (const [name, events] of Object.entries(WAYS)) {
    test(`${name} has a title, an announcement and a way out`, () => {
        const flow = replay(events);
        expect(String(getTitle(flow))).not.toBe("");
        expect(String(getAnnouncement(flow)) === "").toBe(SILENT.includes(name));
        expect(getButtons(flow).map(({ id }) => id)).toInclude("close");
    });

    test(`${name} has no dead button`, () => {
        const flow = replay(events);
        const dead = [...getButtons(flow), ...getWays(flow, true)].filter(
            ({ event, data, isDisabled }) =>
                event && !isDisabled && nextState(flow, { type: event, now: 0, ...data }) === flow
        );
        expect(dead).toEqual([]);
    });

    test(`${name} offers offline pairing in developer mode only`, () => {
        const ids = getWays(replay(events), false).map(({ id }) => id);
        expect(ids).not.toInclude("offline");
    });
}

describe("why nothing is found", () => {
    for (const [search, reason] of [
        [{ permission: "granted" }, "nothing_found"],
        [{ permission: "granted", target: "192.168.1.20" }, "nothing_at_target"],
        [{ permission: "granted", isStopped: true }, "search_stopped"],
        [{ permission: "granted", silentNetworks: ["10.0.0.0/24"] }, "network_silent"],
        [{ permission: "granted", silentNetworks: ["a"], isAlive: true }, "nothing_found"],
        [{ permission: "denied", silentNetworks: ["10.0.0.0/24"] }, "permission_denied"],
        [{ permission: "denied", isStopped: true }, "permission_denied"],
        [{ permission: "prompt", isSecurePage: true }, "permission_unanswered"],
        [{ permission: "prompt", wasAsked: true }, "permission_unanswered"],
        [{ permission: "prompt" }, "nothing_found"], // a page of this network needs no permission
        [{ permission: "unsupported", isSecurePage: true }, "no_local_network_access"],
        [{ permission: "unsupported" }, "nothing_found"],
    ]) {
        test(`${JSON.stringify(search)}: ${reason}`, () => {
            expect(nothingReason(search)).toBe(reason);
        });
    }
});

test("the title of a failure tells what was tried", () => {
    const title = (retry) => String(getTitle({ name: STATES.FAILED, retry }));
    expect(title(EVENTS.CONNECT)).toBe("The IoT Box is not connected");
    expect(title(EVENTS.SEARCH)).toBe("Searching for an IoT Box");
    expect(title(EVENTS.MINT)).toBe("Pair an IoT Box offline");
});

test("a marked box is connected or reconnected, as the button says", () => {
    const label = (status) => {
        const box = { host: "192.168.1.20", status };
        const flow = { name: STATES.CHOOSING, search: { boxes: [box] } };
        return String(getButtons(flow).find(({ event }) => event === EVENTS.CONNECT).label);
    };
    expect(label("free")).toBe("Connect");
    expect(label("reconnect")).toBe("Reconnect");
});
