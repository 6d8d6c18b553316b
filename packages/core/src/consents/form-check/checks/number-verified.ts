import { cannotTell, type Fault, type Finding, judged, quoting } from "../finding.ts";
import type { FormContext } from "../form-context.ts";
import type { RenderedForm } from "../rendered-form.ts";
import { sentenceOn } from "../speech.ts";

/** 30. A code proves whose number it is before the first call, and brings no advertising along. */
export function numberVerified(_: RenderedForm, { verification }: FormContext): Finding {
  if (verification === undefined) return cannotTell({ key: "form-check.number-verified.ask" });
  const { method, text } = verification;
  const advertising = sentenceOn("marketing", text);
  const faults: Fault[] = [
    ...(method === "none" ? [{ key: "form-check.number-verified.none" } as const] : []),
    ...(advertising === null
      ? []
      : [
          {
            key: "form-check.number-verified.advertises",
            values: { sentence: advertising },
          } as const,
        ]),
  ];
  return judged(faults, ...(text === "" ? [] : [quoting(text)]), { values: { method } });
}
