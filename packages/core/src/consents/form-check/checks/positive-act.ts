import { at, cannotTell, failed, type Finding, passed, quoting } from "../finding.ts";
import { partsOf } from "../form-parts.ts";
import type { RenderedForm } from "../rendered-form.ts";
import { sentenceOn } from "../speech.ts";

/** 2. Consent is an act of its own: going on, scrolling or sending the form is none. */
export function positiveAct(form: RenderedForm): Finding {
  const { callBoxes, accepts, text } = partsOf(form);
  const acts = [...callBoxes, ...accepts];
  if (acts.length > 0) return passed(...acts.map((act) => at(act, act.label)));

  const implied = sentenceOn("implied", text);
  if (implied === null) return cannotTell({ key: "form-check.positive-act.ask" });
  return failed(
    { key: "form-check.positive-act.implied", values: { sentence: implied } },
    quoting(implied),
  );
}
