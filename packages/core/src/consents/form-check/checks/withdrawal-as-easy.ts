import { cannotTell, type Fault, type Finding, judged, quoting } from "../finding.ts";
import { partsOf } from "../form-parts.ts";
import type { RenderedForm } from "../rendered-form.ts";
import { sentenceOn, speaksOf } from "../speech.ts";
import { sentencesOf } from "../words-of.ts";

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
