"""Whether a dialog can be used on any screen, by keyboard and by a screen reader."""

import re

from playwright.sync_api import expect

_CONTROL = "button, input:not([type=radio], [type=checkbox]), textarea"  # others have labels to hit
_SMALLEST = 24  # px, WCAG 2.2, 2.5.8
# a role without a name in Playwright's notation: ``- button``, ``- button [disabled]``
_NAMELESS = re.compile(r"- (button|link|textbox|radio|switch|checkbox|progressbar|dialog)(?! \")")

# texts and controls that are cut off, and controls that are too small to hit with a finger
_FAULTS = """(dialog, [controls, smallest]) => {
    const describe = (el) => `${el.tagName} ${el.className}: ${el.textContent.slice(0, 60)}`;
    const visible = [...dialog.querySelectorAll("*")].filter(
        (el) => el.checkVisibility() && !el.closest(".visually-hidden")
    );
    const wide = visible.filter((el) => {
        const { left, right } = el.getBoundingClientRect();
        return left < 0 || right > window.innerWidth || el.scrollWidth > el.clientWidth + 1
            && getComputedStyle(el).overflowX !== "visible";
    });
    const small = visible.filter((el) => {
        const { width, height } = el.getBoundingClientRect();
        return el.matches(controls) && Math.min(width, height) < smallest;
    });
    return [...wide.map((el) => `too wide: ${describe(el)}`),
            ...small.map((el) => `too small: ${describe(el)}`)];
}"""


def expect_usable(dialog):
    """Nothing is cut off, controls are large enough and have names, and the focus is inside."""
    faults = dialog.evaluate(_FAULTS, [_CONTROL, _SMALLEST])
    faults += [f"without name: {role}" for role in _NAMELESS.findall(dialog.aria_snapshot())]
    if not dialog.evaluate("dialog => dialog.contains(document.activeElement)"):
        faults.append("the focus is elsewhere")
    assert not faults, "\n".join(faults)
    expect(dialog.get_by_role("status")).to_have_count(1)
