import { cannotTell, failed, type Finding, passed, quoting } from "../finding.ts";
import { partsOf } from "../form-parts.ts";
import type { RenderedForm } from "../rendered-form.ts";
import { sentenceOn } from "../speech.ts";

/** 11. The text says that nobody has to agree in order to buy. */
export function notAConditionSaid(form: RenderedForm): Finding {
  const { text } = partsOf(form);
  if (text === "") return cannotTell({ key: "form-check.no-text.ask" });

  const said = sentenceOn("notCondition", text);
  if (said !== null) return passed(quoting(said));
  return failed({ key: "form-check.not-a-condition-said.missing" }, quoting(text));
}
