import { cannotTell, failed, type Finding, passed, quoting } from "../finding.ts";
import { partsOf } from "../form-parts.ts";
import type { RenderedForm } from "../rendered-form.ts";
import { sentenceOn } from "../speech.ts";

/** 9. The text says that calls will be marketing. */
export function purposeNamed(form: RenderedForm): Finding {
  const { text } = partsOf(form);
  if (text === "") return cannotTell({ key: "form-check.no-text.ask" });

  const named = sentenceOn("marketing", text);
  if (named !== null) return passed(quoting(named));
  return failed({ key: "form-check.purpose-named.missing" }, quoting(text));
}
