import { type Fault, type Finding, at, cannotTell, judged } from "../finding.ts";
import { partsOf, textOf } from "../form-parts.ts";
import type { Control, RenderedForm } from "../check-input.ts";
import { type Topic, sentencesOf, speaksOf } from "../wording.ts";

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

/** 4. Consent to process personal data: a box and a document of its own, apart from advertising. */
export function dataConsentApart(form: RenderedForm): Finding {
  const { callBoxes, dataBoxes } = partsOf(form);
  const mixed = callBoxes.filter((box) => speaksOf("personalData", textOf(box)));
  if (mixed.length === 0 && dataBoxes.length === 0) {
    return cannotTell({ key: "form-check.data-consent-apart.ask" });
  }
  const together = mixed.map(({ label }): Fault => ({
    key: "form-check.data-consent-apart.mixed",
    values: { label },
  }));
  const undocumented = dataBoxes
    .filter((box) => documentOf(form, box) === null)
    .map(({ label }): Fault => ({
      key: "form-check.data-consent-apart.no-document",
      values: { label },
    }));
  return judged(
    [...together, ...undocumented],
    ...mixed.map((box) => at(box, textOf(box))),
    ...dataBoxes.map((box) => {
      const document = documentOf(form, box);
      return at(box, textOf(box), document === null ? undefined : { document });
    }),
  );
}

/** The link of the box that leads neither to this page nor to a policy, an offer or terms. */
function documentOf({ links, url }: RenderedForm, { label }: Control): string | null {
  const found = links.find(
    ({ text, href }) =>
      text !== "" &&
      label.includes(text) &&
      href.split("#")[0] !== url.split("#")[0] &&
      !speaksOf("privacyPolicy", text) &&
      !speaksOf("terms", text),
  );
  return found?.href ?? null;
}

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
