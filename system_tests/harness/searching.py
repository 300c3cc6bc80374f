"""The search for boxes as the popup calls it, from a page of Odoo."""

# ms: first look of a swift search, only look of a gentle one (scan.js); at networks that seem dead
SWIFT, GENTLE, LIFE = 600, 1000, 3500
_STRETCH = """([times, timeOuts]) => {
    const { browser } = odoo.loader.modules.get("@web/core/browser/browser");
    const { setTimeout } = browser;
    browser.setTimeout = (callback, ms, ...others) =>
        setTimeout(callback, timeOuts.includes(ms) ? ms * times : ms, ...others);
}"""

# with the time of everything that is heard
_SEARCH = """async (options) => {
    const { iot_discovery } = odoo.__WOWL_DEBUG__.root.env.services;
    const events = [];
    const start = performance.now();
    const note = (name) => (value) =>
        events.push({ name, value, seconds: (performance.now() - start) / 1000 });
    const stop = new AbortController();
    const { stopAfter, stopAt, ...others } = options;
    if (stopAfter) {
        setTimeout(() => stop.abort(), stopAfter);
    }
    const onProgress = (value) => {
        note("progress")(value);
        if (events.length === stopAt) {
            stop.abort();
        }
    };
    const result = await iot_discovery.search({
        ...others,
        signal: stop.signal,
        onFound: note("found"),
        onProgress,
    });
    note("end")(result);
    return events;
}"""


def stretch_time_outs(page, times, *time_outs):
    """Let searches of this page wait so many times longer: a box on a busy computer may be slow.

    :param time_outs: which, in milliseconds
    """
    page.evaluate(_STRETCH, [times, time_outs])


class Search:
    """One search that is over.

    :param page: where Odoo is open
    :param options: those of ``search`` in ``discovery_service.js``, and what stops it:
        ``stopAfter`` (ms), ``stopAt`` (number of events)
    """

    def __init__(self, page, **options):
        self.events = page.evaluate(_SEARCH, options)

    def first(self, name, **value):
        """:return: the first event of that name with these among its values"""
        return next(
            event
            for event in self.events
            if event["name"] == name and value.items() <= event["value"].items()
        )

    @property
    def result(self):
        return self.first("end")["value"]

    @property
    def hosts(self):
        """:return: the hosts of the boxes that were found, in that order"""
        return [box["host"] for box in self.result["boxes"]]

    def steps(self, number):
        """:return: the progress of a pass"""
        return [
            event
            for event in self.events
            if event["name"] == "progress" and event["value"]["pass"] == number
        ]
