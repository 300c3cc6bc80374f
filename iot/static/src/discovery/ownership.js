/**
 * Tell boxes that can be connected from those that already belong to a database. A box names the
 * address of its server and the identity of its database; this database knows its own boxes.
 *
 * @typedef {"free" | "here" | "elsewhere" | "reconnect"} BoxStatus
 *     `reconnect`: the box takes itself for one of this database, which does not know it
 */

/**
 * @param {import("./probe").FoundBox} box
 * @param {Object} hints of `iot.token.get_discovery_hints`
 * @returns {import("./probe").FoundBox & { status: BoxStatus,
 *     known: { id: number, name: string, isOnline: boolean } | null }}
 */
export function classify(box, hints) {
    const record = hints.boxes.find(({ identifier }) => identifier === box.identifier);
    const known = record ? { id: record.id, name: record.name, isOnline: record.is_online } : null;
    return { ...box, known, status: status(box, known, hints) };
}

function status(box, known, { base_url, db_uuid, is_database_ambiguous }) {
    if (!box.serverUrl) {
        return "free";
    }
    if (!isSameServer(box.serverUrl, base_url.url)) {
        return "elsewhere";
    }
    if (box.dbUuid && db_uuid && box.dbUuid !== db_uuid) {
        return "elsewhere"; // another database of this server
    }
    if (known) {
        return "here";
    }
    // never take over what may be another database's
    const isCertain = (box.dbUuid && db_uuid) || !is_database_ambiguous;
    return isCertain ? "reconnect" : "elsewhere";
}

function isSameServer(first, second) {
    try {
        return new URL(first).origin === new URL(second).origin;
    } catch {
        return false;
    }
}
