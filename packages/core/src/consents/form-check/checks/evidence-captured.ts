import { cannotTell, failed, type Finding, passed } from "../finding.ts";
import { CapturedEvidence, type FormContext } from "../form-context.ts";
import type { RenderedForm } from "../rendered-form.ts";

/** 29. What proves the act is kept, with a time that is not the visitor's own. */
export function evidenceCaptured(_: RenderedForm, { captured }: FormContext): Finding {
  if (captured === undefined) return cannotTell({ key: "form-check.evidence-captured.ask" });
  const missing = CapturedEvidence.options.filter((kind) => !captured.includes(kind));
  const evidence = { values: { kept: captured.join(", ") } };
  if (missing.length === 0) return passed(evidence);
  return failed(
    missing.map((kind) => ({ key: "form-check.evidence-captured.missing", values: { kind } })),
    evidence,
  );
}
