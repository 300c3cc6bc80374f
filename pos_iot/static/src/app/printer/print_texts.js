import { failureText } from "@iot/action/outcome_texts";
import { _t } from "@web/core/l10n/translation";

/** Reasons after which paper may have come out all the same. */
const UNCERTAIN = ["no_answer", "box_lost", "uncertain"];

/**
 * What who sells is told when a job has failed, in the form that `BasePrinter` wants.
 *
 * @param {import("@iot/action/box_event").Outcome} outcome one that is not `done`
 * @returns {{ title: string, body: string }}
 */
export function printFailure(outcome) {
    const body = failureText(outcome);
    return UNCERTAIN.includes(outcome.reason)
        ? {
              title: _t("Was it printed?"),
              body: _t("%s Look at the printer before you retry.", body),
          }
        : { title: _t("Not printed"), body };
}
