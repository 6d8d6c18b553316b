import {
  type Fault,
  type Finding,
  at,
  cannotTell,
  failed,
  judged,
  passed,
  quoting,
} from "../finding.ts";
import { partsOf, privacyLinkOf } from "../form-parts.ts";
import type { FormContext, RenderedForm } from "../check-input.ts";
import { type Topic, nameIn, sentenceOn, sentencesOf, speaksOf } from "../wording.ts";

/** An address, a page or a number to write or to call. */
const PLACE = /\S+@\S+\.\p{L}+|https?:\/\/|\p{L}+\.\p{L}{2,}\/|\+?\d[\d\s().-]{4,}\d/u;

/** 16. Before the act, the person reads that consent can be withdrawn, and how. */
export function withdrawalSaid(form: RenderedForm): Finding {
  const { text, shown, submit } = partsOf(form);
  if (text === "") return cannotTell({ key: "form-check.no-text.ask" });

  const said = sentencesOf(text).find(tellsHow) ?? sentenceOn("withdraw", text);
  if (said === null) return failed({ key: "form-check.withdrawal-said.missing" }, quoting(text));
  const passage = shown.find((it) => it.text.includes(said));
  const isLinked = form.links.some((link) => link.text !== "" && said.includes(link.text));
  if (!isLinked && !tellsHow(said)) {
    return failed({ key: "form-check.withdrawal-said.no-way" }, quoting(said));
  }
  if (passage !== undefined && submit !== null && passage.order > submit.order) {
    return failed({ key: "form-check.withdrawal-said.late" }, at(passage, said));
  }
  return passed(passage === undefined ? quoting(said) : at(passage, said));
}

const tellsHow = (sentence: string) =>
  speaksOf("withdraw", sentence) && (speaksOf("withdrawHow", sentence) || PLACE.test(sentence));

/** To follow the link. */
const OPENING = 1;

/** 17. To withdraw takes no more than to agree did: no log-in, no more fields, not by phone alone. */
export function withdrawalAsEasy(form: RenderedForm): Finding {
  const { text } = partsOf(form);
  const { withdrawal: page, controls } = form;
  const words = page === null ? text : `${text}\n${page.text}`;
  const byPhone = sentenceOn("onlyByPhone", words);
  const exclusive =
    sentencesOf(words).find((it) => speaksOf("withdraw", it) && speaksOf("exclusive", it)) ?? null;
  const spoken: Fault[] = [
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
  const quotes = [byPhone, exclusive].filter((it) => it !== null).map((it) => quoting(it));
  if (page === null) {
    if (spoken.length > 0) return judged(spoken, ...quotes);
    return cannotTell({ key: "form-check.withdrawal-as-easy.ask" });
  }
  const toGive = controls.filter(({ isHidden }) => !isHidden).length;
  const toWithdraw = page.fields + OPENING;
  return judged(
    [
      ...spoken,
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

/** 34. Each call tells the one key, or the one phrase, that ends all calls. */
export function objectionInCall(_: RenderedForm, { callScript }: FormContext): Finding {
  if (callScript === undefined) return cannotTell({ key: "form-check.objection-in-call.ask" });
  const offered = sentenceOn("objection", callScript);
  if (offered !== null) return passed(quoting(offered));
  return failed({ key: "form-check.objection-in-call.missing" }, quoting(callScript));
}

const contents = [
  { topic: "address", key: "form-check.privacy-notice.no-address" },
  { topic: "rights", key: "form-check.privacy-notice.no-rights" },
  { topic: "authority", key: "form-check.privacy-notice.no-authority" },
] as const satisfies readonly { topic: Topic; key: Fault["key"] }[];

/** 27. A notice can be reached that names the controller, its address, rights and whom to complain to. */
export function privacyNotice(form: RenderedForm, { seller }: FormContext): Finding {
  const { privacyNotice: notice } = form;
  if (notice === null) {
    const link = privacyLinkOf(form);
    return link === null
      ? failed({ key: "form-check.privacy-notice.missing" })
      : cannotTell({ key: "form-check.privacy-notice.ask", values: { url: link.href } });
  }
  const { url, status, text } = notice;
  if (status === null || status >= 400) {
    return failed(
      { key: "form-check.privacy-notice.away", values: { url } },
      { values: { url, status: status ?? 0 } },
    );
  }
  const missing = contents.filter(({ topic }) => !speaksOf(topic, text));
  return judged(
    [
      ...(nameIn(seller.legalName, text)
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
    ...contents.flatMap(({ topic }) => {
      const sentence = sentenceOn(topic, text);
      return sentence === null ? [] : [quoting(sentence)];
    }),
  );
}
