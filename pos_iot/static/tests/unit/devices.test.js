import { describe, expect, test } from "@odoo/hoot";
import { advanceTime } from "@odoo/hoot-mock";
import { definePosModels } from "@point_of_sale/../tests/unit/data/generate_model_definitions";
import { MockServer, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { ConnectionLostError } from "@web/core/network/rpc";
import { DONE, OFFLINE, setUpShop } from "./shop";

definePosModels();

const PRINTER = { iot_receipt_printer_id: 1 };
const SECOND = 1000;

const states = ({ iot }) => iot.list.map(({ state }) => [state.level, state.text]);
// not by `write`, which is for stored fields
const write = (values) => Object.assign(MockServer.env["iot.device"].browse(1)[0], values);

describe("how it is with a device", () => {
    test("is asked twice a minute", async () => {
        const { store } = await setUpShop(PRINTER);
        expect(states(store)).toEqual([["success", "Connected"]]);
        write({ status: "box_offline", box_status: "offline" });
        await advanceTime(30 * SECOND);
        expect(states(store)).toEqual([["danger", "Shop floor is offline"]]);
        write({ status: "disconnected", box_status: "online" });
        await advanceTime(30 * SECOND);
        expect(states(store)).toEqual([["danger", "Unplugged or switched off"]]);
        write({ status: "connected", box_status: "no_push" });
        await advanceTime(30 * SECOND);
        expect(states(store)).toEqual([
            ["warning", "Reachable from the network of the IoT box only"],
        ]);
    });

    test("is unknown without a server, and asked again", async () => {
        const { store } = await setUpShop(PRINTER);
        let isLost = true;
        patchWithCleanup(store.iot, {
            async _read() {
                if (isLost) {
                    throw new ConnectionLostError("/web/dataset/call_kw");
                }
                return super._read();
            },
        });
        await store.iot.refresh();
        expect(states(store)).toEqual([["warning", "Unknown: Odoo does not answer"]]);
        isLost = false;
        await advanceTime(30 * SECOND);
        expect(states(store)).toEqual([["success", "Connected"]]);
    });

    test("that was deleted is told, and it is asked for nothing", async () => {
        const { store, calls } = await setUpShop(PRINTER);
        MockServer.env["iot.device"].unlink([1]);
        await store.iot.refresh();
        expect(states(store)).toEqual([["danger", "Removed from this point of sale"]]);
        await store.hardwareProxy.printer.sendPrintingJob("/9j/");
        expect(calls).toEqual([]);
    });
});

describe("what it has failed to do", () => {
    const NO_PAPER = { ...DONE, status: "failed", reason: "ERROR_NO_PAPER" };

    test("is told until it does something again", async () => {
        let end = NO_PAPER;
        const { store } = await setUpShop(PRINTER, { answer: () => end });
        await store.hardwareProxy.printer.sendPrintingJob("/9j/");
        await store.iot.refresh();
        expect(states(store)).toEqual([["danger", "The printer has no paper."]]);
        end = DONE;
        await store.hardwareProxy.printer.sendPrintingJob("/9j/");
        expect(states(store)).toEqual([["success", "Connected"]]);
    });

    test("without an answer is told until the box is seen to return", async () => {
        const { store } = await setUpShop(PRINTER, {
            answer: () => ({ ...OFFLINE, reason: "no_answer" }),
        });
        await store.hardwareProxy.printer.sendPrintingJob("/9j/");
        await store.iot.refresh(); // the server has not noticed yet
        expect(states(store)[0][1]).toMatch(/did not answer in time/);
        write({ status: "box_offline", box_status: "offline" });
        await store.iot.refresh();
        expect(states(store)).toEqual([["danger", "Shop floor is offline"]]);
        write({ status: "connected", box_status: "online" });
        await store.iot.refresh();
        expect(states(store)).toEqual([["success", "Connected"]]);
    });

    test("because it was away is over when it is back", async () => {
        const { store } = await setUpShop(PRINTER, { answer: () => OFFLINE });
        await store.hardwareProxy.printer.sendPrintingJob("/9j/");
        expect(states(store)[0][0]).toBe("danger");
        await store.iot.refresh();
        expect(states(store)).toEqual([["success", "Connected"]]);
    });
});

test("a page is told the name for which the box has a certificate", async () => {
    const { store, calls } = await setUpShop(PRINTER);
    const print = async () => {
        await store.hardwareProxy.printer.sendPrintingJob("/9j/");
        return calls.at(-1).device.box;
    };
    const place = { identifier: "1000000012345678", ip: "192.168.1.20" };
    expect(await print()).toEqual({ ...place, https_host: false });
    write({ box_https_host: "192.168.1.20" });
    await store.iot.refresh();
    expect(await print()).toEqual({ ...place, https_host: "192.168.1.20" });
});

test("a device that has not answered is waited for less, until it answers", async () => {
    const ends = [{ ...OFFLINE, reason: "no_answer" }, DONE, DONE];
    const { store, calls } = await setUpShop(PRINTER, { answer: () => ends.shift() });
    for (let job = 0; job < 3; job++) {
        await store.hardwareProxy.printer.sendPrintingJob("/9j/");
    }
    expect(calls.map(({ patience }) => patience)).toEqual([20 * SECOND, 8 * SECOND, 20 * SECOND]);
});

test("the proxy of Point of Sale is not looked for where an IoT box is used", async () => {
    const { store } = await setUpShop({ ...PRINTER, is_posbox: true, iface_scan_via_proxy: true });
    patchWithCleanup(store.hardwareProxy, { autoConnect: () => expect.step("autoConnect") });
    await store.connectToProxy();
    expect.verifySteps([]);
});
