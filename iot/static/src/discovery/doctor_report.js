import { withoutCredentials } from "./doctor";

/**
 * What the doctor found, as text for whoever helps. Only what is named here gets in: no tokens, no
 * pairing codes, no identities of databases.
 *
 * @param {import("./doctor").Result[]} results
 * @param {import("./doctor").Facts} facts
 * @param {{ origin: string, userAgent: string, time: Date }} browser
 * @returns {string}
 */
export function formatReport(results, { permission, look, hints, clockOffset }, browser) {
    const lines = [
        "IoT connection report",
        `Time: ${browser.time.toISOString()}`,
        `Page: ${browser.origin}`,
        `Browser: ${browser.userAgent}`,
        `Local network permission: ${permission}`,
        ...look.networks.map(describeNetwork),
    ];
    if (hints) {
        lines.push(
            `Base URL: ${withoutCredentials(hints.base_url.url)}`,
            `Address of the browser: ${hints.client_address || "unknown"}`,
            `Clock: ${Math.round(clockOffset)} s ahead of the server`
        );
    }
    for (const { identifier, host, version, status } of look.boxes) {
        lines.push(`Box: ${identifier} at ${host}, ${version || "unknown version"}, ${status}`);
    }
    for (const { id, verdict, reason, detail } of results) {
        lines.push([`${id}: ${verdict}`, reason, detail].filter(Boolean).join(", "));
    }
    return lines.join("\n");
}

function describeNetwork({ label, probed, silent, spoke }) {
    const ended = probed - silent - spoke;
    const name = label || "known boxes";
    return `Asked ${name}: ${probed}, of which ${spoke} spoke, ${ended} refused or failed at once, ${silent} were silent`;
}
