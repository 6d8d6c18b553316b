import { consentLooks } from "../consent-looks.ts";
import { at, cannotTell, type Fault, type Finding, judged } from "../finding.ts";
import { partsOf } from "../form-parts.ts";
import type { Look, RenderedForm } from "../rendered-form.ts";

const LEAST = 4.5;
const LEAST_LARGE = 3;

/** WCAG 2.2: 18 points, or 14 points bold. */
const isLarge = ({ fontPx, isBold }: Look) => fontPx >= 24 || (isBold && fontPx >= 18.66);

/** 22. The text of the consent stands out from what lies behind it (WCAG 2.2 SC 1.4.3). */
export function contrast(form: RenderedForm): Finding {
  const texts = consentLooks(partsOf(form)).filter(({ look }) => look.box !== null);
  if (texts.length === 0) return cannotTell({ key: "form-check.no-text.ask" });

  const rated = texts.map((it) => ({ ...it, ratio: it.look.contrast }));
  const faint = rated.filter(
    ({ ratio, look }) => ratio !== null && ratio < (isLarge(look) ? LEAST_LARGE : LEAST),
  );
  const unknown = rated.filter(({ ratio }) => ratio === null);
  if (faint.length === 0 && unknown.length > 0) {
    return cannotTell(
      { key: "form-check.contrast.ask" },
      ...unknown.map((it) => at(it, it.text, undefined, it.layout)),
    );
  }
  return judged(
    faint.map(({ selector, ratio, look }): Fault => {
      const least = isLarge(look) ? LEAST_LARGE : LEAST;
      const values = { selector, ratio: rounded(ratio ?? 1), least };
      const isHopeless = (ratio ?? 1) < LEAST_LARGE;
      return { key: "form-check.contrast.faint", values, ...(isHopeless && { part: "under-3" }) };
    }),
    ...(faint.length > 0 ? faint : rated).map(({ ratio, ...it }) =>
      at(it, it.text, { ratio: rounded(ratio ?? 1) }, it.layout),
    ),
  );
}

const rounded = (ratio: number) => Math.round(ratio * 100) / 100;
