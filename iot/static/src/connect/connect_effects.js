import { browser } from "@web/core/browser/browser";
import { EVENTS, STATES } from "./connect_states";

/**
 * What the popup does on entering a state. Each effect ends by telling the flow what happened; the
 * flow ignores what came too late.
 */

const STARTING_TIME = 15; // s that a box may take from registering to answering
const STARTING_INTERVAL = 500; // ms

export async function search(session, { id, target, hasConsent, isGentle }, signal) {
    try {
        const { boxes, permission, answered, silent } = await session.discovery.search({
            target,
            hasConsent,
            gentle: isGentle,
            signal,
            onFound: (box) => {
                session.send(EVENTS.FOUND, { id, box });
                if (box.known && !box.known.isOnline) {
                    session.noteSeen(box);
                } else if (box.status === "reconnect") {
                    // it may have registered since the search began
                    session.refreshHints();
                }
            },
            onProgress: (progress) => session.send(EVENTS.PROGRESS, { id, progress }),
            onPermission: (permission) => session.send(EVENTS.PERMISSION, { id, permission }),
        });
        session.send(EVENTS.SEARCH_ENDED, {
            id,
            boxes,
            permission,
            isAlive: answered > 0,
            silentNetworks: silent,
            isSecurePage: browser.location.protocol === "https:",
        });
    } catch (error) {
        session.sendFailure(EVENTS.SEARCH_FAILED, error, { id });
    }
}

/** Make a token for an attempt; undefined when that failed, or is wanted no longer. */
async function makeToken(session, { attempt, identifier }) {
    const answer = await session.orm.call("iot.token", "create_for_handing_over", [
        identifier || false,
    ]);
    if (answer.error) {
        const { error: reason, base_url: baseUrl } = answer;
        session.send(EVENTS.ATTEMPT_FAILED, { attempt, reason, baseUrl });
    } else if (session.send(EVENTS.TOKEN_MADE, { attempt, tokenId: answer.id })) {
        return answer;
    } else {
        await session.revoke(answer.id);
    }
}

/** Why a box of this database that does not reach it is not connected unasked. */
function needsReconnecting({ status, known }) {
    if (status === "reconnect") {
        return "box_unknown";
    }
    return status === "here" && !known?.isOnline ? "box_silent" : undefined;
}

/**
 * Why a box must be left alone, if it must. One that names this database is not connected to it
 * for that: its token may be void. The user decides, unless the token is one of this popup.
 */
async function findObstacle(session, box, signal) {
    const { boxes } = await session.discovery.search({ target: box.host, signal });
    const found = boxes.find(({ identifier }) => identifier === box.identifier);
    if (!found) {
        return { reason: "box_unreachable" };
    }
    if (found.status === "elsewhere") {
        return { reason: "box_elsewhere", detail: found.serverUrl, box: found };
    }
    const reason = needsReconnecting(found);
    if (reason) {
        const isWanted = box.hasTakenToken || reason === needsReconnecting(box);
        return isWanted ? undefined : { reason, box: found };
    }
    return found.status === "here" ? { reason: "box_here", box: found } : undefined;
}

async function handOver(session, flow, { signal }) {
    const { attempt, box } = flow;
    const fail = (failure) => session.send(EVENTS.ATTEMPT_FAILED, { attempt, ...failure });
    try {
        const obstacle = await findObstacle(session, box, signal);
        if (obstacle) {
            fail(obstacle);
            return;
        }
        const made = await makeToken(session, flow);
        if (!made) {
            return;
        }
        const outcome = await session.discovery.handOver(box, made.token, { signal });
        if (outcome.ok) {
            session.send(EVENTS.HANDED_OVER, { attempt, identifier: box.identifier });
        } else {
            fail({ reason: outcome.reason, detail: outcome.message });
        }
    } catch (error) {
        session.sendFailure(EVENTS.ATTEMPT_FAILED, error, { attempt });
    }
}

async function claim(session, flow) {
    const { attempt, code } = flow;
    try {
        const made = await makeToken(session, flow);
        if (!made) {
            return;
        }
        const answer = await session.orm.call("iot.token", "action_hand_to_broker", [
            [made.id],
            code,
            made.legacy_token,
        ]);
        if (answer.error) {
            session.send(EVENTS.ATTEMPT_FAILED, { attempt, reason: answer.error });
        } else {
            session.send(EVENTS.HANDED_OVER, { attempt, identifier: answer.serial_number });
        }
    } catch (error) {
        session.sendFailure(EVENTS.ATTEMPT_FAILED, error, { attempt });
    }
}

/**
 * Make a box forget this database. The server tells it, too, but the stock box does not listen in
 * its first seconds, and registers before it answers this browser.
 *
 * @returns {Promise<boolean>} whether the box is known to have forgotten
 */
async function release(session, box, signal) {
    const deadline = session.now + STARTING_TIME;
    let isOurs = false;
    while (!signal.aborted && session.now < deadline) {
        const { boxes } = await session.discovery.search({ target: box.host, signal });
        const found = boxes.find(({ identifier }) => identifier === box.identifier);
        if (found && ["free", "elsewhere"].includes(found.status)) {
            return true;
        }
        // only what still is ours at a second look: a box that is told twice at once while it
        // restarts for the server does not come back
        const outcome = isOurs && found && (await session.discovery.disconnect(found, { signal }));
        if (outcome && outcome.reason !== "box_unreachable") {
            return Boolean(outcome.ok);
        }
        isOurs = Boolean(found);
        await new Promise((resolve) => browser.setTimeout(resolve, STARTING_INTERVAL));
    }
    return false;
}

async function undo(session, { attempt, tokenId, box }, { signal }) {
    try {
        await session.orm.call("iot.token", "action_undo", [[tokenId]]);
        const isBoxTold = Boolean(box) && (await release(session, box, signal));
        session.send(EVENTS.UNDONE, { attempt, isBoxTold });
    } catch (error) {
        session.sendFailure(EVENTS.UNDO_FAILED, error, { attempt });
    }
}

async function diagnose(session, { attempt, search: { target } }, { signal }) {
    try {
        const { report } = await session.discovery.diagnose({
            target,
            signal,
            onResult: (check) => session.send(EVENTS.CHECKED, { attempt, check }),
        });
        session.send(EVENTS.DIAGNOSED, { attempt, report });
    } catch (error) {
        session.sendFailure(EVENTS.DIAGNOSIS_FAILED, error, { attempt });
    }
}

async function mint(session) {
    // counted from the question: the answer may be slow, and the token must not look younger
    const askedAt = session.now;
    try {
        const answer = await session.orm.call("iot.token", "create_for_offline_pairing");
        if (answer.error) {
            session.send(EVENTS.MINT_FAILED, { reason: answer.error, baseUrl: answer.base_url });
        } else {
            session.send(EVENTS.MINTED, {
                token: {
                    id: answer.id,
                    url: answer.token,
                    pipe: answer.legacy_token,
                    warning: answer.warning,
                    deadline: askedAt + answer.seconds_left,
                },
            });
        }
    } catch (error) {
        session.sendFailure(EVENTS.MINT_FAILED, error);
    }
}

async function revoke(session, { tokenId }) {
    try {
        await session.orm.call("iot.token", "action_revoke", [[tokenId]]);
        session.send(EVENTS.REVOKED, { tokenId });
    } catch (error) {
        session.sendFailure(EVENTS.REVOKE_FAILED, error);
    }
}

function tell(session, { boxId, boxName }, { previous }) {
    // not again when an undoing failed
    if (previous.name !== STATES.UNDOING) {
        session.onConnected({ boxId, boxName });
    }
}

/** State → what to do on entering it. The search has a life of its own: it goes on beside forms. */
export const EFFECTS = {
    [STATES.HANDING_OVER]: handOver,
    [STATES.CLAIMING]: claim,
    [STATES.UNDOING]: undo,
    [STATES.CONNECTED]: tell,
    [STATES.DOCTOR]: diagnose,
    [STATES.MINTING]: mint,
    [STATES.REVOKING]: revoke,
};
