import { describe, expect, test } from "@odoo/hoot";
import { answersAt } from "@iot/discovery/base_url_route";

describe.current.tags("headless");

const NEVER = new AbortController().signal;
const URL = "http://192.168.1.10:8069";

test("whatever answers counts, without a session and without our address", async () => {
    const fetch = async (url, init) => {
        expect.step(url);
        expect(init).toMatchObject({ mode: "no-cors", credentials: "omit" });
        expect(init.referrerPolicy).toBe("no-referrer");
        return new Response("", { status: 404 });
    };
    expect(await answersAt(URL, { fetch, signal: NEVER })).toBe(true);
    expect.verifySteps([`${URL}/web/health`]);
});

test("a refusal does not", async () => {
    const fetch = async () => {
        throw new TypeError("Failed to fetch");
    };
    expect(await answersAt(URL, { fetch, signal: NEVER })).toBe(false);
});

for (const end of ["the time-out", "an abort"]) {
    test(`silence is ended by ${end}`, async () => {
        const [aborted, deadline] = [new AbortController(), new AbortController()];
        const fetch = (url, { signal }) =>
            new Promise((resolve, reject) =>
                signal.addEventListener("abort", () => reject(signal.reason))
            );
        const answering = answersAt(URL, {
            fetch,
            signal: aborted.signal,
            timeoutSignal: () => deadline.signal,
        });
        (end === "an abort" ? aborted : deadline).abort();
        expect(await answering).toBe(false);
    });
}
