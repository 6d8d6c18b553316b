import { at, type Fault, type Finding, judged, notApplicable } from "../finding.ts";
import { partsOf } from "../form-parts.ts";
import type { Control, RenderedForm } from "../rendered-form.ts";

/** A button may be this much smaller, or fainter, than the one that it stands beside. */
const LEAST_SHARE = 0.75;

/** 18. Where there is a button that says yes, one that says no is as large and as plain. */
export function refusalAsEasy(form: RenderedForm): Finding {
  const { accepts, refusals } = partsOf(form);
  const [accept] = accepts;
  // A box that is left empty refuses.
  if (accept === undefined) return notApplicable({ key: "form-check.na.box" });

  const [refusal] = refusals;
  const evidence = [...accepts, ...refusals].map((it) => at(it, it.label, sizeOf(it)));
  if (refusal === undefined) {
    const missing: Fault = {
      key: "form-check.refusal-as-easy.missing",
      values: { label: accept.label },
    };
    return judged([missing], ...evidence);
  }
  const [yes, no] = [sizeOf(accept), sizeOf(refusal)];
  const faults: Fault[] = [
    ...(no.area < yes.area * LEAST_SHARE || no.fontPx < yes.fontPx * LEAST_SHARE
      ? [
          {
            key: "form-check.refusal-as-easy.smaller",
            values: { yes: yes.area, no: no.area },
          } as const,
        ]
      : []),
    ...(no.contrast < yes.contrast * LEAST_SHARE && no.contrast < ENOUGH
      ? [
          {
            key: "form-check.refusal-as-easy.fainter",
            values: { yes: yes.contrast, no: no.contrast },
          } as const,
        ]
      : []),
  ];
  return judged(faults, ...evidence);
}

/** WCAG 2.2 SC 1.4.6: more than this makes nothing plainer. */
const ENOUGH = 7;

function sizeOf({ looks: { wide } }: Control) {
  const { box, fontPx, contrast } = wide;
  return {
    area: Math.round((box?.width ?? 0) * (box?.height ?? 0)),
    fontPx,
    contrast: Math.round((contrast ?? 1) * 10) / 10,
  };
}
