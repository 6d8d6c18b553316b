import { at, cannotTell, type Fault, type Finding, judged } from "../finding.ts";
import { partsOf } from "../form-parts.ts";
import {
  type Control,
  layoutNames,
  type LayoutName,
  type Passage,
  type RenderedForm,
} from "../rendered-form.ts";

/** 21. What is agreed to stands beside the box or the button, and nothing has to be opened for it. */
export function besideTheBox(form: RenderedForm): Finding {
  const { callBoxes, accepts, submit, shown, hidden } = partsOf(form);
  const acts = [...callBoxes, ...accepts, ...(submit === null ? [] : [submit])];
  if (acts.length === 0) return cannotTell({ key: "form-check.beside-the-box.ask" });

  const opened = hidden.filter(({ text }) => !shown.some((it) => it.text === text));
  const far = shown.flatMap((passage) => {
    const layout = layoutNames.find((layout) =>
      acts.every((act) => isFar(form, layout, passage, act)),
    );
    return layout === undefined ? [] : [{ passage, layout }];
  });
  const faults: Fault[] = [
    ...opened.map((passage) => ({
      key: "form-check.beside-the-box.hidden" as const,
      values: { by: passage.hiddenBy ?? "style", selector: passage.selector },
    })),
    ...far.map(({ passage, layout }) => ({
      key: "form-check.beside-the-box.far" as const,
      values: { selector: passage.selector, layout },
    })),
  ];
  return judged(
    faults,
    ...opened.map((passage) => at(passage, passage.text)),
    ...far.map(({ passage, layout }) => at(passage, passage.text, undefined, layout)),
    ...acts.slice(0, 1).map((act) => at(act, act.label)),
  );
}

/** Text and act do not fit on one screen. */
function isFar(form: RenderedForm, layout: LayoutName, passage: Passage, act: Control) {
  const [text, control] = [passage.looks[layout].box, (act.labelLooks ?? act.looks)[layout].box];
  if (text === null || control === null) return false;
  const top = Math.min(text.y, control.y);
  const bottom = Math.max(text.y + text.height, control.y + control.height);
  return bottom - top > form.screenHeights[layout];
}
