import { cannotTell, failed, type Finding, passed } from "../finding.ts";
import type { FormContext } from "../form-context.ts";
import type { RenderedForm } from "../rendered-form.ts";

const bounds = ["seller", "channel", "purpose"] as const;

/** 31. Before each call, the consent is compared with seller, channel and purpose. */
export function notReused(_: RenderedForm, { screenedBy }: FormContext): Finding {
  if (screenedBy === undefined) return cannotTell({ key: "form-check.not-reused.ask" });
  const missing = bounds.filter((bound) => !screenedBy.includes(bound));
  const evidence = { values: { screenedBy: screenedBy.join(", ") } };
  if (missing.length === 0) return passed(evidence);
  return failed(
    missing.map((bound) => ({ key: "form-check.not-reused.unbound", values: { bound } })),
    evidence,
  );
}
