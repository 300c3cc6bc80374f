"""The connection doctor of the popup."""

from playwright.sync_api import expect

HEIGHT = 1400  # of a screen on which all of it can be seen


class Doctor:
    """The doctor in the popup, once it has examined everything."""

    def __init__(self, popup):
        self.popup = popup
        popup.click("Connection doctor")
        self.wait()

    def wait(self):
        self.popup.expect_text("The doctor has finished.")

    def check(self, name):
        return self.popup.dialog.locator(f"[data-check={name}]")

    def expect(self, name, verdict, *texts):
        expect(self.check(name)).to_have_attribute("data-verdict", verdict)
        for text in texts:
            expect(self.check(name)).to_contain_text(text)

    def expect_no_findings_but(self, *names):
        """Each finding, and nothing else, has one way on."""
        found = self.popup.dialog.locator("[data-verdict=warning], [data-verdict=problem]")
        names_found = found.evaluate_all("all => all.map(one => one.dataset.check)")
        assert sorted(names_found) == sorted(names), self.report
        expect(self.popup.dialog.locator(".o_iot_check_action")).to_have_count(len(names))

    def step(self, name):
        return self.check(name).locator(".o_iot_check_action")

    def again(self):
        self.popup.dialog.locator(".modal-footer").get_by_role(
            "button", name="Examine again", exact=True
        ).click()
        self.wait()

    @property
    def report(self):
        return self.popup.dialog.get_by_label("Report", exact=True).input_value()


def visit_doctor(popup):
    """Ask the doctor without waiting for the end of the search."""
    popup.click("Use Pairing Code")
    return Doctor(popup)
