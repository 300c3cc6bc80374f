import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { allowTranslations } from "@web/../tests/web_test_helpers";
import { EVENTS } from "@iot/connect/connect_states";
import { DIAGNOSES } from "@iot/connect/diagnosis_texts";
import { getDoctorAction } from "@iot/connect/doctor_actions";
import { REASONS } from "@iot/connect/reason_texts";

describe.current.tags("headless");

beforeEach(() => allowTranslations());

const baseUrlReasons = () =>
    Object.keys(REASONS).filter((reason) => reason.startsWith("base_url_"));

const actionOf = (reason, isSystem = true) =>
    getDoctorAction({ id: "x", verdict: "problem", reason, detail: "192.168.1.20" }, isSystem);

test("whatever is found has one next step that the doctor leads to", () => {
    const found = [
        ...Object.keys(DIAGNOSES),
        ...baseUrlReasons(),
        ...["permission_denied", "permission_unanswered", "no_local_network_access"],
        ...["connection_lost", "databases"],
    ];
    // see doctor_flow.js
    const ways = [EVENTS.SEARCH, EVENTS.ENTER_CODE, EVENTS.ENTER_TARGET, EVENTS.DIAGNOSE];
    for (const reason of found) {
        for (const isSystem of [true, false]) {
            const { label, event, url } = actionOf(reason, isSystem);
            expect(String(label)).toMatch(/\w/);
            expect(Boolean(url)).not.toBe(Boolean(event));
            expect(url || ways).toInclude(url ? "/" : event);
        }
    }
});

test("what is good needs none", () => {
    expect(getDoctorAction({ id: "page", verdict: "ok" }, true)).toBe(undefined);
});

test("an address that does not answer can be opened beside the popup", () => {
    expect(actionOf("host_silent").url).toBe("http://192.168.1.20:8069");
});

test("only who may change the base URL is led to it", () => {
    for (const reason of baseUrlReasons()) {
        expect(actionOf(reason).url).toMatch(/ir_config/);
        expect(actionOf(reason, false).event).toBe(EVENTS.DIAGNOSE);
    }
});
