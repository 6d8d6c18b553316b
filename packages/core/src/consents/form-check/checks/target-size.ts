import { at, cannotTell, type Fault, type Finding, judged } from "../finding.ts";
import { partsOf } from "../form-parts.ts";
import { type Control, layoutNames, type LayoutName, type RenderedForm } from "../rendered-form.ts";

/** CSS pixels, of WCAG 2.2 SC 2.5.8. */
const LEAST = 24;

/** 24. The control can be hit with a thumb, and a screen reader has a name for it. */
export function targetSize(form: RenderedForm): Finding {
  const { callBoxes, dataBoxes, accepts, refusals } = partsOf(form);
  const acts = [...new Set([...callBoxes, ...dataBoxes, ...accepts, ...refusals])];
  const unnamed = form.controls.filter(
    ({ kind, label, isHidden }) => !isHidden && kind === "checkbox" && label === "",
  );
  if (acts.length === 0 && unnamed.length === 0) {
    return cannotTell({ key: "form-check.target-size.ask" });
  }
  const small = acts.flatMap((act) => {
    const layout = layoutNames.find(
      (layout) => isSmall(act, layout) && isCrowded(form, act, layout),
    );
    return layout === undefined ? [] : [{ act, layout }];
  });
  const faults: Fault[] = [
    ...small.map(({ act: { selector } }) => ({
      key: "form-check.target-size.small" as const,
      values: { selector, least: LEAST },
    })),
    ...unnamed.map(({ selector }) => ({
      key: "form-check.target-size.unnamed" as const,
      values: { selector },
    })),
  ];
  return judged(
    faults,
    ...small.map(({ act, layout }) => at(act, act.label, undefined, layout)),
    ...unnamed.map((control) => at(control)),
    ...(faults.length === 0 ? acts.map((act) => at(act, act.label)) : []),
  );
}

/** What is pressed in its place: a label that ticks the box belongs to it. */
function targetsOf({ looks, labelLooks }: Control, layout: LayoutName) {
  return [looks[layout].box, labelLooks?.[layout].box].flatMap((box) => box ?? []);
}

const isSmall = (control: Control, layout: LayoutName) => {
  const targets = targetsOf(control, layout);
  return (
    targets.length > 0 && targets.every(({ width, height }) => width < LEAST || height < LEAST)
  );
};

/** Whether a circle of 24 pixels around its middle touches another control. */
function isCrowded({ controls }: RenderedForm, control: Control, layout: LayoutName) {
  const { box } = control.looks[layout];
  if (box === null) return true;
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  return controls.some((other) => {
    const { box } = other.looks[layout];
    if (box === null || other.selector === control.selector) return false;
    const dx = Math.max(box.x - middle.x, 0, middle.x - box.x - box.width);
    const dy = Math.max(box.y - middle.y, 0, middle.y - box.y - box.height);
    return Math.hypot(dx, dy) < LEAST / 2;
  });
}
