import { z } from "zod";
import { Channel } from "../../people/phone/index.ts";
import { checkBook, Ground, Severity, type SeverityRow } from "./check-book.ts";
import { CheckId } from "./check-id.ts";
import { checks } from "./checks.ts";
import { Finding, notApplicable, passed } from "./finding.ts";
import type { FormContext } from "./form-context.ts";
import type { RenderedForm } from "./rendered-form.ts";
import { type Severities, severitiesOf } from "./severities-of.ts";

/** What one check found, what that means in each place of the form, and by which law. */
export const CheckResult = z.object({
  check: CheckId,
  finding: Finding,
  /** By jurisdiction; where it is left out, the check is not asked for. */
  severities: z.record(z.string(), Severity),
  grounds: z.array(Ground),
});
export type CheckResult = z.infer<typeof CheckResult>;

/** Every check of a form, in order. The same page and the same context give the same results. */
export const checkForm = (form: RenderedForm, context: FormContext): CheckResult[] =>
  CheckId.options.map((check) => resultOf(check, form, context));

function resultOf(check: CheckId, form: RenderedForm, context: FormContext): CheckResult {
  const { severities: rows = [], grounds = [] } = checkBook.entries.get(check) ?? {};
  const asked = severitiesOf(rows, context);
  if (isFree(asked)) {
    const key = isOfPlace(rows, context) ? "form-check.na.channel" : "form-check.na.place";
    return { check, finding: notApplicable({ key }), severities: asked, grounds };
  }
  const finding = checks[check](form, context);
  const severities = severitiesOf(rows, { ...context, ...partsOf(finding) });
  // What is wrong is a part that only other places ask for; what these ask for holds.
  if (isFree(severities)) {
    return { check, finding: passed(...finding.evidence), severities: asked, grounds };
  }
  return { check, finding, severities, grounds };
}

const isFree = (severities: Severities) => Object.keys(severities).length === 0;

/** Whether only the channels of the form leave the check out. */
const isOfPlace = (rows: readonly SeverityRow[], { jurisdictions }: FormContext) =>
  !isFree(severitiesOf(rows, { jurisdictions, channels: Channel.options }));

/** The parts at fault, or in question; none where there is neither. */
function partsOf(finding: Finding): { parts?: (string | undefined)[] } {
  if (finding.result === "fail") return { parts: finding.faults.map(({ part }) => part) };
  if (finding.result !== "cannot-tell" || finding.part === undefined) return {};
  return { parts: [finding.part] };
}
