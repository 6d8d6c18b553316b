import { at, cannotTell, type Finding, judged } from "../finding.ts";
import { partsOf, textOf } from "../form-parts.ts";
import type { RenderedForm } from "../rendered-form.ts";
import { sentencesOf } from "../words-of.ts";
import { speaksOf } from "../speech.ts";

/** 3. Who agrees to calls accepts no terms, offer, contract or policy by the same act. */
export function apartFromTerms(form: RenderedForm): Finding {
  const { callBoxes, accepts, text } = partsOf(form);
  const acts = [...new Set([...callBoxes, ...accepts])];
  const texts = acts.length > 0 ? acts.map((act) => ({ act, words: textOf(act) })) : [];
  if (texts.length === 0 && !speaksOf("implied", text)) {
    return cannotTell({ key: "form-check.apart-from-terms.ask" });
  }
  const bundled =
    texts.length > 0 ? texts.flatMap(({ words }) => bundledIn(words)) : bundledIn(text);
  return judged(
    bundled.map((sentence) => ({
      key: "form-check.apart-from-terms.bundled",
      values: { sentence },
    })),
    ...acts.map((act) => at(act, textOf(act))),
  );
}

/** To point at a policy is not to accept it. */
const bundledIn = (text: string) =>
  sentencesOf(text).filter(
    (sentence) =>
      speaksOf("accept", sentence) &&
      (speaksOf("terms", sentence) || speaksOf("privacyPolicy", sentence)) &&
      !speaksOf("reference", sentence),
  );
