import { at, cannotTell, type Fault, type Finding, judged } from "../finding.ts";
import { partsOf } from "../form-parts.ts";
import type { RenderedForm } from "../rendered-form.ts";

/** 1. Neither the page nor a script ticks the box for the person. */
export function notPreTicked(form: RenderedForm): Finding {
  const { callBoxes, dataBoxes, accepts } = partsOf(form);
  const boxes = [...new Set([...callBoxes, ...dataBoxes, ...accepts])].filter(
    ({ kind }) => kind !== "button",
  );
  if (boxes.length === 0 && accepts.length === 0) {
    return cannotTell({ key: "form-check.not-pre-ticked.ask" });
  }
  const faults = boxes.flatMap(({ label, isTickedAtFirst, isTickedOnLoad }): Fault[] => {
    if (isTickedAtFirst) {
      return [{ key: "form-check.not-pre-ticked.page", values: { label } }];
    }
    if (!isTickedOnLoad) return [];
    return [{ key: "form-check.not-pre-ticked.script", values: { label } }];
  });
  return judged(
    faults,
    ...boxes.map((box) =>
      at(box, box.label, { atFirst: box.isTickedAtFirst, onLoad: box.isTickedOnLoad }),
    ),
  );
}
