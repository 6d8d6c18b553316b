import { type Fault, type Finding, evidenceAt, cannotTell, failIfAny } from "../finding.ts";
import { findFormParts, toControlText } from "../form-parts.ts";
import type { Control, RenderedForm } from "../check-input.ts";
import { type Topic, splitSentences, mentions } from "../wording.ts";

/**
 * Check 3: the box or button that agrees to calls does not also accept terms, an offer, a contract or a policy. Without
 * a box or button, a text that implies consent ("by calling you agree") is checked instead.
 */
export function checkApartFromTerms(form: RenderedForm): Finding {
  const { callBoxes, acceptControls, consentText } = findFormParts(form);
  const acts = [...new Set([...callBoxes, ...acceptControls])];
  if (acts.length === 0 && !mentions("implied", consentText)) {
    return cannotTell({ key: "form-check.apart-from-terms.ask" });
  }
  const bundled =
    acts.length > 0
      ? acts.flatMap((act) => findBundledSentences(toControlText(act)))
      : findBundledSentences(consentText);
  return failIfAny(
    bundled.map((sentence) => ({
      key: "form-check.apart-from-terms.bundled",
      values: { sentence },
    })),
    ...acts.map((act) => evidenceAt(act, toControlText(act))),
  );
}

/** Finds sentences that accept terms or a policy. A mere reference to one is not acceptance. */
const findBundledSentences = (text: string) =>
  splitSentences(text).filter(
    (sentence) =>
      mentions("accept", sentence) &&
      (mentions("terms", sentence) || mentions("privacyPolicy", sentence)) &&
      !mentions("reference", sentence),
  );

/** Check 4: consent to process personal data has a box and a document of its own, apart from consent to advertising. */
export function checkDataConsentApart(form: RenderedForm): Finding {
  const { callBoxes, dataBoxes } = findFormParts(form);
  const mixed = callBoxes.filter((box) => mentions("personalData", toControlText(box)));
  if (mixed.length === 0 && dataBoxes.length === 0) {
    return cannotTell({ key: "form-check.data-consent-apart.ask" });
  }
  const together = mixed.map(({ label }): Fault => ({
    key: "form-check.data-consent-apart.mixed",
    values: { label },
  }));
  const withoutDocument = dataBoxes
    .filter((box) => findDocument(form, box) === null)
    .map(({ label }): Fault => ({
      key: "form-check.data-consent-apart.no-document",
      values: { label },
    }));
  return failIfAny(
    [...together, ...withoutDocument],
    ...mixed.map((box) => evidenceAt(box, toControlText(box))),
    ...dataBoxes.map((box) => {
      const document = findDocument(form, box);
      return evidenceAt(box, toControlText(box), document === null ? undefined : { document });
    }),
  );
}

/**
 * Finds the document that the label of a box links to. A link to this page does not count, nor one whose text mentions
 * a privacy policy or terms.
 */
function findDocument({ links, url }: RenderedForm, { label }: Control): string | null {
  const found = links.find(
    ({ text, href }) =>
      text !== "" &&
      label.includes(text) &&
      href.split("#")[0] !== url.split("#")[0] &&
      !mentions("privacyPolicy", text) &&
      !mentions("terms", text),
  );
  return found?.href ?? null;
}

const purposes = ["marketing", "research", "profiling", "sharing", "credit", "service"] as const;

/**
 * Check 5: each box or button agrees to one purpose. A purpose that the text denies ("not for research") does not count.
 */
export function checkOnePurposeABox(form: RenderedForm): Finding {
  const { callBoxes, dataBoxes, acceptControls } = findFormParts(form);
  const acts = [...new Set([...callBoxes, ...dataBoxes, ...acceptControls])];
  if (acts.length === 0) return cannotTell({ key: "form-check.one-purpose-a-box.ask" });

  const faults = acts.flatMap((act): Fault[] => {
    const found = purposes.filter((purpose) => asksFor(purpose, toControlText(act)));
    if (found.length < 2) return [];
    const key = "form-check.one-purpose-a-box.several";
    return [{ key, values: { label: act.label, count: found.length } }];
  });
  return failIfAny(faults, ...acts.map((act) => evidenceAt(act, toControlText(act))));
}

const asksFor = (topic: Topic, text: string) =>
  splitSentences(text).some(
    (sentence) => mentions(topic, sentence) && !mentions("negation", sentence),
  );
