"""Whether anything that a box has said became more than text in a page."""

from playwright.sync_api import TimeoutError

# what a hostile text would have become: elements, handlers, links
_TRACES = """() => [...document.querySelectorAll("*")].filter((element) =>
    [...element.attributes].some(({ name, value }) =>
        value.includes("canary") && /^(on.*|href|src|srcdoc|action|formaction)$/.test(name)) ||
    (element.matches("script") && element.textContent.startsWith("canary("))
).map((element) => element.outerHTML.slice(0, 200))"""
_SHOWS = """text => document.body.innerText.includes(text) ||
    [...document.querySelectorAll("input, textarea, option")].some((field) =>
        `${field.value} ${field.text}`.includes(text))"""
_PATIENCE = 60_000  # ms
_FITS = "() => document.documentElement.scrollWidth <= window.innerWidth"


class MarkupGuard:
    """Watches a page from its beginning.

    :param page: an empty page
    :param shot: the fixture
    """

    def __init__(self, page, shot):
        self.page, self._shot, self._seen = page, shot, []
        page.expose_function("canary", lambda name: self._seen.append(f"ran: {name}"))
        page.on("request", self._note_request)
        page.on("dialog", self._note_dialog)

    def _note_request(self, request):
        if "canary" in request.url:
            self._seen.append(f"loaded: {request.url}")

    def _note_dialog(self, dialog):
        self._seen.append(f"asked: {dialog.message}")
        dialog.dismiss()

    def check(self, name, text="<img src=/canary.png"):
        """Keep pictures; the page shows the text as it is, nothing of it came to life, and the
        page is as wide as its screen.

        :param text: some that has to be there, or the check would say nothing
        """
        self.page.wait_for_function(_SHOWS, arg=text, timeout=_PATIENCE)
        for width in (360, 1280):
            self.page.set_viewport_size({"width": width, "height": 800})
            try:  # menus take a moment to adapt
                self.page.wait_for_function(_FITS, timeout=_PATIENCE)
            except TimeoutError:
                self._seen.append(f"{name} is wider than a screen of {width} px")
        self._shot(self.page, name, height=800)
        self._seen += self.page.evaluate(_TRACES)
        assert not self._seen, "\n".join(self._seen)
