"""The popup of *Connect* by the keyboard alone."""

from harness import addon
from harness.iot_screen import Popup, open_iot
from playwright.sync_api import expect

NEAR = "127.0.0"


def focused(page):
    """:return: role and name of what has the focus, as a screen reader tells it"""
    first = page.locator("*:focus").aria_snapshot().splitlines()[0]
    return first.removeprefix("- ").removesuffix(":")


def tab_round(page):
    """:return: all that Tab leads to until it comes back to where it began"""
    names = []
    while not names or focused(page) != names[0]:
        names.append(focused(page))
        page.keyboard.press("Tab")
        assert len(names) < 30, names
    return names


def tab_to(page, name):
    """Press Tab until the focus is there."""
    for _ in range(30):
        if focused(page) == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {name}")


def test_a_box_is_chosen_connected_and_disconnected_by_keyboard(server, box_factory, page):
    for _ in range(2):
        box_factory(devices="", block=NEAR)
    open_iot(page, server)
    page.get_by_role("button", name="Connect", exact=True).first.focus()
    page.keyboard.press("Enter")
    popup = Popup(page)
    popup.expect_state("choosing")
    addresses = popup.dialog.get_by_role("link").all_inner_texts()
    first, second = popup.dialog.get_by_role("radio").all()
    names = tab_round(page)
    # from box to box the arrow keys lead, as in all groups of radio buttons
    order = [
        f'radio "{first.evaluate("radio => radio.labels[0].innerText")}"',
        *(f'link "{address}"' for address in addresses),
        'button "Use Pairing Code"',
        'button "Search an address"',
        'button "Connection doctor"',
        'button "Search again"',
        'button "Close"',
    ]
    begin = order.index(names[0])
    assert names == order[begin:] + order[:begin]

    tab_to(page, order[0])
    page.keyboard.press("ArrowDown")
    expect(second).to_be_checked()
    expect(second).to_be_focused()
    chosen = second.evaluate("radio => radio.labels[0].innerText")
    tab_to(page, 'button "Connect"')
    page.keyboard.press("Enter")
    popup.expect_state("connected")
    assert [record["identifier"] for record in addon.boxes(server)] == [chosen]
    tab_to(page, 'button "Undo"')
    page.keyboard.press("Enter")
    popup.expect_state("undone")
    assert addon.boxes(server) == []
    page.keyboard.press("Escape")
    expect(popup.dialog).to_have_count(0)
