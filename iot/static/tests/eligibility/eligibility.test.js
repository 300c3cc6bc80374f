import { expect, test } from "@odoo/hoot";
import { click, queryAllTexts } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { mountView, onRpc } from "@web/../tests/web_test_helpers";
import { defineIotModels } from "../iot_test_helpers";

defineIotModels();

const ELIGIBLE = {
    is_eligible: true,
    is_production: true,
    subscription: "in_progress",
    subscription_name: "In Progress",
    decided_at: "2026-03-02 09:00:00",
    reasons: [],
};
const NOT_ELIGIBLE = {
    ...ELIGIBLE,
    is_eligible: false,
    subscription: "none",
    subscription_name: "None",
    reasons: [
        { code: "test_mode", text: "This server runs tests.", advice: "Restart it." },
        { code: "subscription_none", text: "There is no subscription.", advice: "Get one." },
    ],
};

/** Show what the server decides, the first of the verdicts first. */
async function mountEligibility(...verdicts) {
    onRpc("iot.eligibility", "get_verdict", () => verdicts.shift());
    await mountView({
        type: "form",
        resModel: "iot.box",
        resId: 1,
        arch: `<form><widget name="iot_eligibility"/></form>`,
    });
}

test("each reason is told with what to do about it", async () => {
    await mountEligibility(NOT_ELIGIBLE);
    expect(".o_iot_eligibility .badge").toHaveText("Not possible");
    expect(queryAllTexts(".o_iot_eligibility li")).toEqual([
        "This server runs tests.\nRestart it.",
        "There is no subscription.\nGet one.",
    ]);
    expect(".o_iot_eligibility").toHaveText(
        /Odoo subscription: None\. Checked on Mar 2, 2026, \d+:00 AM\./
    );
});

test("it is decided again on demand", async () => {
    await mountEligibility(NOT_ELIGIBLE, ELIGIBLE);
    await click(".o_iot_eligibility button");
    await animationFrame();
    expect(".o_iot_eligibility .badge").toHaveText("Possible");
    expect(".o_iot_eligibility li").toHaveCount(0);
    expect(".o_iot_eligibility").toHaveText(/Odoo subscription: In Progress\./);
});
