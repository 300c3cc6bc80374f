import { expect, test } from "@odoo/hoot";
import { advanceTime } from "@odoo/hoot-mock";
import { definePosModels } from "@point_of_sale/../tests/unit/data/generate_model_definitions";
import { DONE, OFFLINE, setUpShop } from "./shop";

definePosModels();

const SCALE = { iot_scale_id: 3, iface_electronic_scale: true };

/** A product on a scale that answers `end()`. */
async function weigh(end) {
    const shop = await setUpShop(SCALE, { answer: async () => end() });
    const { scale } = shop.store;
    const product = shop.store.models["product.product"].getFirst();
    scale.setProduct(product, 3, 2);
    scale.start((message) => expect.step(message));
    await advanceTime(1);
    return { ...shop, scale };
}

test("the weight is that of the scale, less the tare", async () => {
    let result = 0.25;
    const { scale, calls } = await weigh(() => ({ ...DONE, result }));
    expect(calls[0].device.identifier).toBe("/dev/ttyUSB0");
    expect(calls[0].action).toBe("read_once");
    expect(scale.weight).toBe(0.25);
    scale.requestTare();
    await advanceTime(600);
    result = 1.5;
    await advanceTime(600);
    expect(scale.tare).toBe(0.25);
    expect(scale.netWeight).toBe(1.25);
    expect(scale.confirmWeight()).toBe(1.25);
    scale.reset();
});

test("an empty scale weighs nothing", async () => {
    const { scale } = await weigh(() => ({ ...DONE, result: 0 }));
    expect(scale.weight).toBe(0);
    expect.verifySteps([]);
    scale.reset();
});

test("why there is no weight is told, once", async () => {
    const { calls } = await weigh(() => OFFLINE);
    await advanceTime(5000);
    expect.verifySteps(["The IoT box is offline. Check its power and its network."]);
    expect(calls).toHaveLength(1);
});

test("a scale that answers without a weight is no empty one", async () => {
    await weigh(() => DONE);
    expect.verifySteps(["The scale reported no weight."]);
});

test("one reading at a time is asked for, whoever waits for it", async () => {
    const { scale, calls } = await weigh(() => new Promise(() => {}));
    scale.reset();
    scale.start(() => {});
    await advanceTime(5000);
    expect(calls).toHaveLength(1);
});
