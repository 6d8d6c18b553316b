import { consentLooks } from "../consent-looks.ts";
import { at, cannotTell, type Fault, type Finding, judged } from "../finding.ts";
import { partsOf } from "../form-parts.ts";
import type { Look, RenderedForm } from "../rendered-form.ts";

/** Edges of fractions of a pixel are no cut. */
const LEAST_SHOWN = 0.95;
/** Below it, nobody tells the text from what lies behind. */
const SAME_COLOR = 1.2;

/** 25. Text and control can be seen whole, on a screen of 320 pixels too. */
export function inSight(form: RenderedForm): Finding {
  const parts = partsOf(form);
  const { callBoxes, accepts } = parts;
  const boxes = [...new Set([...callBoxes, ...accepts])].filter(({ kind }) => kind !== "button");
  // A box that is drawn by its label may be see-through itself.
  const bare = boxes
    .filter(({ labelLooks }) => labelLooks === null)
    .flatMap(({ selector, label, looks }) =>
      (["wide", "narrow"] as const).map((layout) => ({
        selector,
        text: label,
        layout,
        look: looks[layout],
      })),
    );
  const seen = [...consentLooks(parts), ...bare];
  if (seen.length === 0) return cannotTell({ key: "form-check.no-text.ask" });

  const found = seen.flatMap((it) => {
    const how = whyUnseen(it.look);
    return how === null ? [] : [{ it, how }];
  });
  return judged(
    found.map(({ it: { selector, layout }, how }): Fault => ({
      key: "form-check.in-sight.unseen",
      values: { selector, how, width: layout === "wide" ? 1280 : 320 },
    })),
    ...(found.length > 0 ? found.map(({ it, how }) => at(it, it.text, { how }, it.layout)) : []),
  );
}

function whyUnseen({ box, shownShare, opacity, contrast, coveredBy }: Look) {
  if (box === null || box.width === 0 || box.height === 0) return "notDrawn";
  if (shownShare < LEAST_SHOWN) return "cut";
  if (opacity < 1) return "seeThrough";
  if (contrast !== null && contrast < SAME_COLOR) return "sameColor";
  return coveredBy === null ? null : "covered";
}
