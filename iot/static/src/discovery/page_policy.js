/**
 * Watch what the Content-Security-Policy of this page forbids, which a proxy before Odoo may have
 * set. The requests themselves only fail, as if nobody were there.
 *
 * @param {EventTarget} page
 * @returns {{ blocked: Set<string>, stop: () => void }} hosts that the page may not connect to
 */
export function watchPolicy(page) {
    const blocked = new Set();
    const onViolation = ({ disposition, effectiveDirective, blockedURI }) => {
        if (disposition === "enforce" && effectiveDirective === "connect-src") {
            blocked.add(URL.parse(blockedURI)?.hostname);
        }
    };
    page.addEventListener("securitypolicyviolation", onViolation);
    return {
        blocked,
        stop: () => page.removeEventListener("securitypolicyviolation", onViolation),
    };
}
