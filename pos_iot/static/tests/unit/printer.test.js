import { beforeEach, describe, expect, getFixture, test } from "@odoo/hoot";
import { definePosModels } from "@point_of_sale/../tests/unit/data/generate_model_definitions";
import { HWPrinter } from "@point_of_sale/app/utils/printer/hw_printer";
import { patchWithCleanup } from "@web/../tests/web_test_helpers";
import { IotPrinter } from "@pos_iot/app/printer/iot_printer";
import { DONE, OFFLINE, setUpShop } from "./shop";

definePosModels();

const RECEIPT = { iot_receipt_printer_id: 1 };

function receipt() {
    const paper = document.createElement("div");
    paper.textContent = "Total 15.00";
    return paper;
}

beforeEach(() => {
    // where Point of Sale makes an image of a receipt
    const place = document.createElement("div");
    place.className = "render-container";
    place.style.width = "300px";
    getFixture().append(place);
});

/** A job of the receipt printer: what it has answered, and how Point of Sale understands it. */
async function print(outcome) {
    const shop = await setUpShop(RECEIPT, { answer: () => ({ ...DONE, ...outcome }) });
    const result = await shop.store.hardwareProxy.printer.printReceipt(receipt());
    return { ...shop, result };
}

describe("receipts", () => {
    test("go to the printer of the IoT box as an image", async () => {
        const { calls, result } = await print({});
        expect(result.successful).toBe(true);
        expect(calls).toHaveLength(1);
        const [{ device, action, args }] = calls;
        expect(device).toEqual({
            id: 1,
            identifier: "usbEPSON",
            box: { identifier: "1000000012345678", ip: "192.168.1.20", https_host: false },
        });
        expect(action).toBe("print_receipt");
        expect(atob(args.receipt).slice(0, 3)).toBe("\xff\xd8\xff"); // JPEG
    });

    test("one after the other go to a printer", async () => {
        const ends = [];
        const { store, calls } = await setUpShop(RECEIPT, {
            answer: () => new Promise((resolve) => ends.push(() => resolve(DONE))),
        });
        const { printer } = store.hardwareProxy;
        const both = Promise.all([printer.openCashbox(), printer.sendPrintingJob("/9j/")]);
        await Promise.resolve();
        expect(calls.map(({ action }) => action)).toEqual(["cashbox"]);
        ends[0]();
        await new Promise((resolve) => setTimeout(resolve));
        expect(calls.map(({ action }) => action)).toEqual(["cashbox", "print_receipt"]);
        ends[1]();
        await both;
    });

    test("that no paper is left for can be printed again", async () => {
        const { result } = await print({ status: "failed", reason: "ERROR_NO_PAPER" });
        expect(result.successful).toBe(false);
        expect(result.canRetry).toBe(true);
        expect(result.message).toEqual({
            title: "Not printed",
            body: "The printer has no paper.",
        });
    });

    test("whose fate is unknown are looked for first", async () => {
        const { result } = await print({ status: "expired", reason: "no_answer" });
        expect(result.message.title).toBe("Was it printed?");
        expect(result.message.body).toMatch(/Look at the printer before you retry\.$/);
    });

    test("for a box that is away are certainly not printed", async () => {
        const { result } = await print(OFFLINE);
        expect(result.message).toEqual({
            title: "Not printed",
            body: "The IoT box is offline. Check its power and its network.",
        });
    });

    test("warn of the end of the paper", async () => {
        const { result, store } = await print({ reason: "WARNING_LOW_PAPER" });
        expect(result).toEqual({
            successful: true,
            warningCode: "ROLL_PAPER_HAS_ALMOST_RUN_OUT",
        });
        expect(store.iot.list[0].state.level).toBe("warning");
    });

    test("are nobody else's without such a printer", async () => {
        const { store } = await setUpShop();
        expect(store.hardwareProxy.printer).toBe(undefined);
        expect(store.iot.isUsed).toBe(false);
    });
});

describe("the cash drawer", () => {
    const DRAWER = { ...RECEIPT, iface_cashdrawer: true };

    test("opens by the printer", async () => {
        const { store, calls } = await setUpShop(DRAWER);
        await store.hardwareProxy.openCashbox();
        expect(calls.map(({ action }) => action)).toEqual(["cashbox"]);
    });

    test("that stays shut is told", async () => {
        const { store } = await setUpShop(DRAWER, { answer: () => OFFLINE });
        patchWithCleanup(store.notification, {
            add: (text, { title }) => expect.step(`${title}: ${text}`),
        });
        await store.hardwareProxy.printer.openCashbox();
        expect.verifySteps([
            "The cash drawer was not opened: The IoT box is offline. Check its power and its network.",
        ]);
    });

    test("is not opened where the point of sale has none", async () => {
        const { store, calls } = await setUpShop(RECEIPT);
        await store.hardwareProxy.openCashbox();
        expect(calls).toEqual([]);
    });
});

describe("order printers", () => {
    test("print by their IoT box", async () => {
        const { store, calls } = await setUpShop(
            {},
            { printer: { printer_type: "iot_device", iot_device_id: 2 } }
        );
        const [printer] = store.unwatched.printers;
        expect(printer).toBeInstanceOf(IotPrinter);
        expect((await printer.printReceipt(receipt())).successful).toBe(true);
        expect(calls[0].device.identifier).toBe("usbSTAR");
    });

    test("whose device is gone say so, and nothing is sent", async () => {
        const { store, calls } = await setUpShop(
            {},
            { printer: { printer_type: "iot_device", iot_device_id: false } }
        );
        const result = await store.unwatched.printers[0].printReceipt(receipt());
        expect(result.successful).toBe(false);
        expect(result.message).toEqual({
            title: "Not printed",
            body: "This device was removed. Choose another one in the settings of Point of Sale.",
        });
        expect(calls).toEqual([]);
    });

    test("of other kinds are as they were", async () => {
        const { store } = await setUpShop(RECEIPT, { printer: { printer_type: "iot" } });
        expect(store.unwatched.printers[0]).toBeInstanceOf(HWPrinter);
    });
});
