import {
  type Fault,
  type Finding,
  evidenceAt,
  cannotTell,
  fail,
  failIfAny,
  pass,
  quoteEvidence,
} from "../finding.ts";
import { findFormParts, toControlText } from "../form-parts.ts";
import type { FormContext, RenderedForm } from "../check-input.ts";
import {
  type Topic,
  containsName,
  findSentence,
  splitSentences,
  mentions,
  hashText,
} from "../wording.ts";
import type { Channel } from "../../../people/phone/index.ts";

/** Check 6: the text says that we will call; "contact" may be anything. How to withdraw does not count. */
export function checkTelephoneNamed(form: RenderedForm): Finding {
  const { consentText } = findFormParts(form);
  if (consentText === "") return cannotTell({ key: "form-check.no-text.ask" });

  const named = splitSentences(consentText).find(isAboutCalls);
  if (named !== undefined) return pass(quoteEvidence(named));
  return fail({ key: "form-check.telephone-named.missing" }, quoteEvidence(consentText));
}

/** True if a sentence is about calls to come: "calls until I withdraw" is, "withdraw by phone" is not. */
const isAboutCalls = (sentence: string) =>
  mentions("call", sentence) && (!mentions("withdraw", sentence) || mentions("period", sentence));

/** Check 7: the text itself names the seller by its legal name; a brand is for an officer to judge. */
export function checkSellerNamed(form: RenderedForm, { seller }: FormContext): Finding {
  const { consentText } = findFormParts(form);
  if (consentText === "") return cannotTell({ key: "form-check.no-text.ask" });

  const quote = (name: string) =>
    quoteEvidence(
      splitSentences(consentText).find((sentence) => containsName(name, sentence)) ?? consentText,
    );
  const { legalName, brands } = seller;
  if (containsName(legalName, consentText)) return pass(quote(legalName));
  const short = [removeLegalForm(legalName), ...brands].find(
    (name) => name && containsName(name, consentText),
  );
  if (short !== undefined) {
    const values = { name: short, legalName };
    return cannotTell({ key: "form-check.seller-named.ask", values }, quote(short));
  }
  return fail(
    { key: "form-check.seller-named.missing", values: { legalName } },
    quoteEvidence(consentText),
  );
}

const LEGAL_FORM =
  /(^|[\s,])(OOO|ООО|ОАО|ПАО|НАО|ЗАО|АО|ИП|LLC|L\.L\.C\.|Ltd\.?|Limited|PLC|LLP|Inc\.?|Corp\.?|GmbH|AG|B\.?V\.?|S\.?A\.?S?\.?)(?=$|[\s,])/giu;

/** Removes the legal form: `Example Windows LLC` is known as `Example Windows`. */
const removeLegalForm = (legalName: string) => legalName.replaceAll(LEGAL_FORM, " ").trim();

/** Check 8: nobody can agree to calls of "partners" or "selected companies", who may be anyone. */
export function checkNoOpenList(form: RenderedForm): Finding {
  const { consentText } = findFormParts(form);
  if (consentText === "") return cannotTell({ key: "form-check.no-text.ask" });

  const open = findSentence("openList", consentText, ["negation"]);
  if (open !== null) {
    return fail(
      { key: "form-check.no-open-list.open", values: { sentence: open } },
      quoteEvidence(open),
    );
  }
  const denied = findSentence("openList", consentText);
  if (denied === null) return pass(quoteEvidence(consentText));
  return cannotTell(
    { key: "form-check.no-open-list.ask", values: { sentence: denied } },
    quoteEvidence(denied),
  );
}

/** Check 9: the text says that calls will be marketing. */
export const checkPurposeNamed = (form: RenderedForm): Finding =>
  checkTopicNamed(form, "marketing", { key: "form-check.purpose-named.missing" });

/** Passes if a sentence of the text is about the topic; otherwise fails with `fault`. */
function checkTopicNamed(form: RenderedForm, topic: Topic, fault: Fault): Finding {
  const { consentText } = findFormParts(form);
  if (consentText === "") return cannotTell({ key: "form-check.no-text.ask" });

  const sentence = findSentence(topic, consentText);
  return sentence === null
    ? fail(fault, quoteEvidence(consentText))
    : pass(quoteEvidence(sentence));
}

/** Check 10: the text says what the calls will offer, and for how long consent holds. */
export function checkProductsAndPeriod(form: RenderedForm, { products }: FormContext): Finding {
  const { consentText } = findFormParts(form);
  if (consentText === "") return cannotTell({ key: "form-check.no-text.ask" });

  const period = findSentence("period", consentText);
  const isNamed = products?.some((product) => containsName(product, consentText));
  const faults: Fault[] = [
    ...(period === null
      ? [{ key: "form-check.products-and-period.no-period", part: "period" } as const]
      : []),
    ...(isNamed === false
      ? [{ key: "form-check.products-and-period.no-products", part: "products" } as const]
      : []),
  ];
  const evidence = quoteEvidence(period ?? consentText);
  const [first, ...others] = faults;
  if (first !== undefined) return fail([first, ...others], evidence);
  if (isNamed === undefined) {
    return cannotTell({ key: "form-check.products-and-period.ask", part: "products" }, evidence);
  }
  return pass(evidence);
}

/** Check 11: the text says that nobody has to agree in order to buy. */
export const checkNotAConditionSaid = (form: RenderedForm): Finding =>
  checkTopicNamed(form, "notCondition", { key: "form-check.not-a-condition-said.missing" });

/** Topics of which a text must mention at least one, by channel. */
const topicsByChannel: Partial<Record<Channel, readonly Topic[]>> = {
  voice_autodialed: ["autodialed"],
  voice_prerecorded: ["prerecorded"],
  voice_ai: ["aiVoice"],
};

/** Check 13: the text says so if a machine dials or speaks. */
export function checkAutomaticCallsSaid(form: RenderedForm, { channels }: FormContext): Finding {
  const { consentText } = findFormParts(form);
  if (consentText === "") return cannotTell({ key: "form-check.no-text.ask" });

  const asked = channels.flatMap((channel) => {
    const topics = topicsByChannel[channel];
    return topics === undefined ? [] : [{ channel, topics }];
  });
  const faults = asked
    .filter(({ topics }) => !topics.some((topic) => mentions(topic, consentText)))
    .map(({ channel }): Fault => ({
      key: "form-check.automatic-calls-said.missing",
      values: { channel },
    }));
  const sentences = asked.flatMap(({ topics }) =>
    topics.map((topic) => findSentence(topic, consentText)),
  );
  return failIfAny(
    faults,
    quoteEvidence(sentences.find((sentence) => sentence !== null) ?? consentText),
  );
}

/** Check 28: the page shows the text that was published: whole, in one passage, or as one label. */
export function checkTextAsStored(form: RenderedForm, { disclosureHash }: FormContext): Finding {
  const { callBoxes, acceptControls, consentText } = findFormParts(form);
  if (disclosureHash === undefined) return cannotTell({ key: "form-check.text-as-stored.ask" });

  const candidates = [
    ...form.passages.filter(({ hiddenBy }) => hiddenBy === null),
    ...[...callBoxes, ...acceptControls].flatMap((control) => [
      { selector: control.selector, text: control.label },
      { selector: control.selector, text: toControlText(control) },
    ]),
  ];
  const same = candidates.find((it) => hashText(it.text) === disclosureHash);
  if (same !== undefined) return pass(evidenceAt(same, same.text, { sha256: disclosureHash }));
  if (consentText !== "" && hashText(consentText) === disclosureHash) {
    return pass({ ...quoteEvidence(consentText), values: { sha256: disclosureHash } });
  }
  return fail(
    { key: "form-check.text-as-stored.differs" },
    {
      ...quoteEvidence(consentText),
      values: { published: disclosureHash, shown: hashText(consentText) },
    },
  );
}
