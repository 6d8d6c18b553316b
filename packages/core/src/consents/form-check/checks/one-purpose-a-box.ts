import { at, cannotTell, type Fault, type Finding, judged } from "../finding.ts";
import { partsOf, textOf } from "../form-parts.ts";
import type { RenderedForm } from "../rendered-form.ts";
import { sentencesOf } from "../words-of.ts";
import { speaksOf, type Topic } from "../speech.ts";

const purposes = ["marketing", "research", "profiling", "sharing", "credit", "service"] as const;

/** 5. One act agrees to one purpose. What a text denies is none of its purposes. */
export function onePurposeABox(form: RenderedForm): Finding {
  const { callBoxes, dataBoxes, accepts } = partsOf(form);
  const acts = [...new Set([...callBoxes, ...dataBoxes, ...accepts])];
  if (acts.length === 0) return cannotTell({ key: "form-check.one-purpose-a-box.ask" });

  const faults = acts.flatMap((act): Fault[] => {
    const found = purposes.filter((purpose) => asksFor(purpose, textOf(act)));
    if (found.length < 2) return [];
    const key = "form-check.one-purpose-a-box.several";
    return [{ key, values: { label: act.label, count: found.length } }];
  });
  return judged(faults, ...acts.map((act) => at(act, textOf(act))));
}

const asksFor = (topic: Topic, text: string) =>
  sentencesOf(text).some(
    (sentence) => speaksOf(topic, sentence) && !speaksOf("negation", sentence),
  );
