import { cannotTell, failed, type Finding, passed, quoting } from "../finding.ts";
import { partsOf } from "../form-parts.ts";
import type { RenderedForm } from "../rendered-form.ts";
import { speaksOf } from "../speech.ts";
import { sentencesOf } from "../words-of.ts";

/** 6. The text says that we will call; "contact" may be anything. How to withdraw does not count. */
export function telephoneNamed(form: RenderedForm): Finding {
  const { text } = partsOf(form);
  if (text === "") return cannotTell({ key: "form-check.no-text.ask" });

  const named = sentencesOf(text).find(isOfCalls);
  if (named !== undefined) return passed(quoting(named));
  return failed({ key: "form-check.telephone-named.missing" }, quoting(text));
}

/** "Calls until I withdraw" names calls; "withdraw by phone" does not. */
const isOfCalls = (sentence: string) =>
  speaksOf("call", sentence) && (!speaksOf("withdraw", sentence) || speaksOf("period", sentence));
