import { useEffect, useRef } from "@odoo/owl";
import { useAutofocus } from "@web/core/utils/hooks";

/**
 * An input, `t-ref="input"`, that keeps what is typed. Not by the template: it is rendered a frame
 * before it is shown, at each progress of the search, and would undo what is typed in between.
 *
 * @param {string} text what it begins with
 * @param {Object} [options] of `useAutofocus`
 * @returns {{ el: HTMLInputElement | null, typed: string }} `typed` is for the caller to keep
 */
export function useTypedInput(text, options = {}) {
    const ref = useRef("input");
    const input = {
        typed: text,
        get el() {
            return ref.el;
        },
    };
    useEffect(
        (el) => {
            if (el) {
                el.value = input.typed;
            }
        },
        () => [ref.el]
    );
    useAutofocus({ refName: "input", mobile: true, ...options });
    return input;
}
