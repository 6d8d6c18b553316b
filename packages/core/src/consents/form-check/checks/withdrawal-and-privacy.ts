import {
  type Fault,
  type Finding,
  cannotTell,
  evidenceAt,
  fail,
  failIfAny,
  pass,
  quoteEvidence,
} from "../finding.ts";
import { findFormParts, findPrivacyLink } from "../form-parts.ts";
import type { FormContext, RenderedForm } from "../check-input.ts";
import { type Topic, containsName, findSentence, mentions, splitSentences } from "../wording.ts";

/** An address, a page or a number to write or to call. */
const CONTACT = /\S+@\S+\.\p{L}+|https?:\/\/|\p{L}+\.\p{L}{2,}\/|\+?\d[\d\s().-]{4,}\d/u;

/** Check 16: before the act, the person reads that consent can be withdrawn, and how. */
export function checkWithdrawalSaid(form: RenderedForm): Finding {
  const { consentText, shown, submit } = findFormParts(form);
  if (consentText === "") return cannotTell({ key: "form-check.no-text.ask" });

  const sentence =
    splitSentences(consentText).find(tellsHowToWithdraw) ?? findSentence("withdraw", consentText);
  if (sentence === null)
    return fail({ key: "form-check.withdrawal-said.missing" }, quoteEvidence(consentText));
  // Undefined if the label or description of the box itself says it.
  const passage = shown.find((it) => it.text.includes(sentence));
  const isLinked = form.links.some((link) => link.text !== "" && sentence.includes(link.text));
  if (!isLinked && !tellsHowToWithdraw(sentence)) {
    return fail({ key: "form-check.withdrawal-said.no-way" }, quoteEvidence(sentence));
  }
  if (passage !== undefined && submit !== null && passage.order > submit.order) {
    return fail({ key: "form-check.withdrawal-said.late" }, evidenceAt(passage, sentence));
  }
  return pass(passage === undefined ? quoteEvidence(sentence) : evidenceAt(passage, sentence));
}

const tellsHowToWithdraw = (sentence: string) =>
  mentions("withdraw", sentence) && (mentions("withdrawHow", sentence) || CONTACT.test(sentence));

/** Following the link counts as one step. */
const STEPS_TO_OPEN = 1;

/**
 * Check 17: withdrawing is as easy as agreeing: no sign-in, no more steps than the form has fields and
 * buttons, not only by phone.
 */
export function checkWithdrawalAsEasy(form: RenderedForm): Finding {
  const { consentText } = findFormParts(form);
  const { withdrawal: page, controls } = form;
  const words = page === null ? consentText : `${consentText}\n${page.text}`;
  const byPhone = findSentence("onlyByPhone", words);
  const exclusive =
    splitSentences(words).find((it) => mentions("withdraw", it) && mentions("exclusive", it)) ??
    null;
  const faultsInWords: Fault[] = [
    ...(byPhone === null
      ? []
      : [
          {
            key: "form-check.withdrawal-as-easy.phone-only",
            values: { sentence: byPhone },
          } as const,
        ]),
    ...(exclusive === null
      ? []
      : [
          {
            key: "form-check.withdrawal-as-easy.exclusive",
            values: { sentence: exclusive },
            part: "exclusive",
          } as const,
        ]),
  ];
  const quotes = [byPhone, exclusive].filter((it) => it !== null).map((it) => quoteEvidence(it));
  if (page === null) {
    if (faultsInWords.length > 0) return failIfAny(faultsInWords, ...quotes);
    return cannotTell({ key: "form-check.withdrawal-as-easy.ask" });
  }
  // A field hidden by CSS, such as a honeypot for bots, is not a step that a person takes.
  const toGive = controls.filter(
    ({ isHidden, looks }) => !isHidden && looks.wide.box !== null,
  ).length;
  const toWithdraw = page.steps + STEPS_TO_OPEN;
  return failIfAny(
    [
      ...faultsInWords,
      ...(page.asksPassword ? [{ key: "form-check.withdrawal-as-easy.log-in" } as const] : []),
      ...(page.status === null || page.status >= 400
        ? [{ key: "form-check.withdrawal-as-easy.away", values: { url: page.url } } as const]
        : []),
      ...(toWithdraw > toGive
        ? [{ key: "form-check.withdrawal-as-easy.longer", values: { toGive, toWithdraw } } as const]
        : []),
    ],
    ...quotes,
    { values: { url: page.url, toGive, toWithdraw } },
  );
}

/** Check 34: each call names one key or phrase that ends all calls. */
export function checkObjectionInCall(_: RenderedForm, { callScript }: FormContext): Finding {
  if (callScript === undefined) return cannotTell({ key: "form-check.objection-in-call.ask" });
  const offered = findSentence("objection", callScript);
  if (offered !== null) return pass(quoteEvidence(offered));
  return fail({ key: "form-check.objection-in-call.missing" }, quoteEvidence(callScript));
}

const requiredTopics = [
  { topic: "address", key: "form-check.privacy-notice.no-address" },
  { topic: "rights", key: "form-check.privacy-notice.no-rights" },
  { topic: "authority", key: "form-check.privacy-notice.no-authority" },
] as const satisfies readonly { topic: Topic; key: Fault["key"] }[];

/** Check 27: the page links to a privacy notice that names the controller, its address, the person's rights and the authority. */
export function checkPrivacyNotice(form: RenderedForm, { seller }: FormContext): Finding {
  const { privacyNotice: notice } = form;
  if (notice === null) {
    const link = findPrivacyLink(form);
    return link === null
      ? fail({ key: "form-check.privacy-notice.missing" })
      : cannotTell({ key: "form-check.privacy-notice.ask", values: { url: link.href } });
  }
  const { url, status, text } = notice;
  if (status === null || status >= 400) {
    return fail(
      { key: "form-check.privacy-notice.away", values: { url } },
      { values: { url, status: status ?? 0 } },
    );
  }
  const missing = requiredTopics.filter(({ topic }) => !mentions(topic, text));
  return failIfAny(
    [
      ...(containsName(seller.legalName, text)
        ? []
        : [
            {
              key: "form-check.privacy-notice.no-controller",
              values: { legalName: seller.legalName },
            } as const,
          ]),
      ...missing.map(({ key }) => ({ key })),
    ],
    { values: { url, status } },
    ...requiredTopics.flatMap(({ topic }) => {
      const sentence = findSentence(topic, text);
      return sentence === null ? [] : [quoteEvidence(sentence)];
    }),
  );
}
