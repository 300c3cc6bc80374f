import { describe, expect, test } from "@odoo/hoot";
import { watchPolicy } from "@iot/discovery/page_policy";

describe.current.tags("headless");

const URI = "http://192.168.1.20:8069/iot_drivers/data";

function violate(page, values) {
    const violation = { disposition: "enforce", effectiveDirective: "connect-src" };
    const event = new Event("securitypolicyviolation");
    page.dispatchEvent(Object.assign(event, { ...violation, blockedURI: URI, ...values }));
}

test("hosts that the policy of the page forbids are known", () => {
    const page = new EventTarget();
    const { blocked } = watchPolicy(page);
    violate(page);
    expect([...blocked]).toEqual(["192.168.1.20"]);
});

test("what is only reported, or no connection, does not count", () => {
    const page = new EventTarget();
    const { blocked } = watchPolicy(page);
    violate(page, { disposition: "report" });
    violate(page, { effectiveDirective: "img-src" });
    expect(blocked.size).toBe(0);
});

test("nothing is noted once it is over", () => {
    const page = new EventTarget();
    const { blocked, stop } = watchPolicy(page);
    stop();
    violate(page);
    expect(blocked.size).toBe(0);
});
