import { consentLooks } from "../consent-looks.ts";
import { at, cannotTell, type Fault, type Finding, judged } from "../finding.ts";
import { partsOf } from "../form-parts.ts";
import type { RenderedForm } from "../rendered-form.ts";

/** A choice of this product, in CSS pixels. */
const LEAST_PX = 12;

/** 23. The text of the consent is no smaller than the text around it. */
export function textSize(form: RenderedForm): Finding {
  const texts = consentLooks(partsOf(form)).filter(({ look }) => look.box !== null);
  if (texts.length === 0) return cannotTell({ key: "form-check.no-text.ask" });

  const least = Math.max(LEAST_PX, form.bodyFontPx);
  const small = texts.filter(({ look }) => look.fontPx < least);
  return judged(
    small.map(({ selector, look: { fontPx } }): Fault => ({
      key: "form-check.text-size.small",
      values: { selector, fontPx, least },
    })),
    ...(small.length > 0 ? small : texts).map((it) =>
      at(it, it.text, { fontPx: it.look.fontPx }, it.layout),
    ),
  );
}
