import { expect, test } from "@odoo/hoot";
import { contains, mountWithCleanup, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { browser } from "@web/core/browser/browser";
import { TokenPanel } from "@iot/connect/token_panel";
import { defineIotModels } from "../iot_test_helpers";

const TOKEN = { id: 7, url: "http://odoo?token=t", pipe: "http://odoo|t||", deadline: 3600 };

defineIotModels();

const mountPanel = (props) =>
    mountWithCleanup(TokenPanel, { props: { token: TOKEN, secondsLeft: 90, ...props } });

function mockClipboard(clipboard) {
    patchWithCleanup(browser, { navigator: { clipboard } });
}

test("the button copies the token that is shown", async () => {
    mockClipboard({ writeText: (text) => expect.step(text) });
    await mountPanel();
    await contains(".o_clipboard_button").click();
    await contains("#o_iot_old_box").click();
    expect("#o_iot_token").toHaveValue(TOKEN.pipe);
    await contains(".o_clipboard_button").click();
    await contains("#o_iot_old_box").click();
    expect("#o_iot_token").toHaveValue(TOKEN.url);
    expect.verifySteps([TOKEN.url, TOKEN.pipe]);
});

test("without a clipboard the token is there to be selected", async () => {
    mockClipboard(undefined);
    await mountPanel();
    expect(".o_clipboard_button").toHaveCount(0);
    const field = document.querySelector("#o_iot_token");
    await contains("#o_iot_token").focus();
    expect(field.selectionEnd - field.selectionStart).toBe(TOKEN.url.length);
});

test("the token cannot be changed", async () => {
    await mountPanel();
    expect("#o_iot_token").toHaveAttribute("readonly");
});

test("the steps name what stands on the homepage of the box", async () => {
    await mountPanel();
    expect("li").toHaveCount(3);
    expect("li:eq(0) code").toHaveText("http://<address of the box>:8069");
    expect("li:eq(1) b:eq(1)").toHaveText("Configure");
    expect("li:eq(2) b:eq(0)").toHaveText("Server token");
});

test("the time left is in minutes, and in hours when it is long", async () => {
    await mountPanel();
    expect(".o_iot_time_left").toHaveText("1:30");
    await mountPanel({ secondsLeft: 7200 });
    expect(".o_iot_time_left:last").toHaveText("2:00:00");
});
