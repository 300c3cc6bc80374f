/** The name of the action that a box knows as the absence of one (contract section 7.5). */
const NAMELESS = "print";

/** An action as a box reads it. The server writes the same, in `tools/device_action.py`. */
export const wireOf = (action, args, uid) => ({
    ...args,
    ...(action !== NAMELESS && { action }),
    action_unique_id: uid,
});
