import { expect, test } from "@odoo/hoot";
import { animationFrame } from "@odoo/hoot-mock";
import { Component, useState, xml } from "@odoo/owl";
import { mountWithCleanup } from "@web/../tests/web_test_helpers";
import { useBoxChanges } from "@iot/box/box_changes";
import { defineIotModels, sendBusMessage } from "../iot_test_helpers";

defineIotModels();

class Listener extends Component {
    static template = xml`<i/>`;
    static props = {};

    setup() {
        useBoxChanges((boxIds) => expect.step(`changed ${boxIds}`));
    }
}

class Parent extends Component {
    static template = xml`<Listener t-if="state.isShown"/>`;
    static components = { Listener };
    static props = {};

    setup() {
        this.state = useState({ isShown: true });
    }
}

test("a component hears of changes as long as it lives", async () => {
    const parent = await mountWithCleanup(Parent);
    await sendBusMessage("iot.box/changed", { box_ids: [1, 2] });
    expect.verifySteps(["changed 1,2"]);
    parent.state.isShown = false;
    await animationFrame();
    await sendBusMessage("iot.box/changed", { box_ids: [1] });
    expect.verifySteps([]);
});
