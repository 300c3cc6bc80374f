"""What happens when many setups come at once."""

from concurrent.futures import ThreadPoolExecutor

from harness.addon import attempts, boxes, new_token, post_setup


def test_twenty_first_setups_at_once_make_one_box(odoo_server):
    token = new_token(odoo_server)
    secret = token["legacy_token"].split("|")[1]
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: post_setup(odoo_server, "b1", secret), range(20)))
    channels = [answer.get("result") for answer in answers]
    assert None not in channels, answers
    assert len(set(channels)) == 1
    [record] = boxes(odoo_server)
    assert (record["identifier"], record["device_count"]) == ("b1", 10)
    assert len(attempts(odoo_server, "accepted")) == 1
    [stored] = odoo_server.call_kw("iot.token", "read", [token["id"]], ["state", "box_id"])
    assert (stored["state"], stored["box_id"][0]) == ("used", record["id"])


def test_twenty_boxes_at_once_with_one_token_make_one_box(odoo_server):
    secret = new_token(odoo_server)["legacy_token"].split("|")[1]
    with ThreadPoolExecutor(20) as pool:
        answers = list(
            pool.map(lambda number: post_setup(odoo_server, f"b{number}", secret), range(20))
        )
    assert sum("result" in answer for answer in answers) == 1
    assert {answer["error"]["code"] for answer in answers if "error" in answer} == {403}
    assert len(boxes(odoo_server)) == 1
    assert {attempt["reason"] for attempt in attempts(odoo_server, "refused")} == {"used_by_other"}
