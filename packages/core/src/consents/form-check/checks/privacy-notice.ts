import { cannotTell, failed, type Fault, type Finding, judged, quoting } from "../finding.ts";
import type { FormContext } from "../form-context.ts";
import { privacyLinkOf } from "../links-of.ts";
import { nameIn } from "../name-in.ts";
import type { RenderedForm } from "../rendered-form.ts";
import { sentenceOn, speaksOf, type Topic } from "../speech.ts";

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
