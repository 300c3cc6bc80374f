import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { animationFrame } from "@odoo/hoot-mock";
import { contains, mockService, mountView, onRpc } from "@web/../tests/web_test_helpers";
import { changeBoxes, defineIotModels, setIotManager } from "../iot_test_helpers";

const URL = "https://new.example.com";
let notices;

defineIotModels();
beforeEach(() => {
    setIotManager(true);
    notices = { foreign_ids: [], elsewhere_count: 0, server_url: URL };
    onRpc("iot.box", "get_notices", () => notices);
});

const mountBoxes = (type = "kanban") => mountView({ type, resModel: "iot.box" });

describe("notices above the boxes", () => {
    test("there are none as a rule", async () => {
        await mountBoxes();
        expect(".alert").toHaveCount(0);
    });

    test("a copy says so, and its boxes are adopted only after a question", async () => {
        notices.foreign_ids = [1, 2];
        onRpc("iot.box", "action_adopt", ({ args }) => {
            expect.step(args[0]);
            notices = { ...notices, foreign_ids: [] };
            return true;
        });
        await mountBoxes();
        expect(".o_iot_foreign").toHaveText(/This database is a copy/);
        await contains(".o_iot_foreign button").click();
        await contains(".modal .btn-secondary").click();
        expect.verifySteps([]);
        await contains(".o_iot_foreign button").click();
        await contains(".modal .btn-primary").click();
        await animationFrame();
        expect.verifySteps([[1, 2]]);
        expect(".o_iot_foreign").toHaveCount(0);
    });

    test.tags("desktop");
    test("a changed address is told, and boxes move only after a question", async () => {
        const action = { type: "ir.actions.act_window", res_model: "iot.move" };
        notices.elsewhere_count = 2;
        onRpc("iot.box", "action_move_all", () => action);
        mockService("action", { doAction: (done) => expect.step(done.res_model) });
        await mountBoxes("list");
        expect(".o_iot_elsewhere").toHaveText(/Now it is: https:\/\/new.example.com/);
        await contains(".o_iot_elsewhere button").click();
        expect(".modal").toHaveText(/does not reach Odoo at https:\/\/new.example.com/);
        await contains(".modal .btn-primary").click();
        await animationFrame();
        expect.verifySteps(["iot.move"]);
    });

    test("a user who is no administrator can only read them", async () => {
        setIotManager(false);
        notices = { ...notices, foreign_ids: [1], elsewhere_count: 1 };
        await mountBoxes();
        expect(".alert").toHaveCount(2);
        expect(".alert button").toHaveCount(0);
    });

    test("they follow the boxes", async () => {
        await mountBoxes();
        notices = { ...notices, foreign_ids: [1] };
        await changeBoxes([1], () => {});
        expect(".o_iot_foreign").toHaveCount(1);
    });
});
