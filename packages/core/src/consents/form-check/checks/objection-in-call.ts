import { cannotTell, failed, type Finding, passed, quoting } from "../finding.ts";
import type { FormContext } from "../form-context.ts";
import type { RenderedForm } from "../rendered-form.ts";
import { sentenceOn } from "../speech.ts";

/** 34. Each call tells the one key, or the one phrase, that ends all calls. */
export function objectionInCall(_: RenderedForm, { callScript }: FormContext): Finding {
  if (callScript === undefined) return cannotTell({ key: "form-check.objection-in-call.ask" });
  const offered = sentenceOn("objection", callScript);
  if (offered !== null) return passed(quoting(offered));
  return failed({ key: "form-check.objection-in-call.missing" }, quoting(callScript));
}
