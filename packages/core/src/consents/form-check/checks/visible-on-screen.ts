import { type Fault, type Finding, evidenceAt, cannotTell, failIfAny } from "../finding.ts";
import { type FormParts, findFormParts } from "../form-parts.ts";
import {
  type Control,
  type LayoutName,
  type Look,
  type Looks,
  type Passage,
  type RenderedForm,
  layoutNames,
} from "../check-input.ts";

/**
 * Check 21: what is agreed to stands beside the box or the button, and nothing has to be opened for it. A text
 * stands beside them if it fits on one screen with at least one of them, at both widths.
 */
export function checkBesideTheBox(form: RenderedForm): Finding {
  const { callBoxes, acceptControls, submit, shown, hidden } = findFormParts(form);
  const acts = [...callBoxes, ...acceptControls, ...(submit === null ? [] : [submit])];
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
  return failIfAny(
    faults,
    ...opened.map((passage) => evidenceAt(passage, passage.text)),
    ...far.map(({ passage, layout }) => evidenceAt(passage, passage.text, undefined, layout)),
    ...acts.slice(0, 1).map((act) => evidenceAt(act, act.label)),
  );
}

/** True if text and control do not fit on one screen. False if one of them is not drawn. */
function isFar(form: RenderedForm, layout: LayoutName, passage: Passage, act: Control) {
  const [text, control] = [passage.looks[layout].box, (act.labelLooks ?? act.looks)[layout].box];
  if (text === null || control === null) return false;
  const top = Math.min(text.y, control.y);
  const bottom = Math.max(text.y + text.height, control.y + control.height);
  return bottom - top > form.screenHeights[layout];
}

const CONTRAST_MIN = 4.5;
const CONTRAST_MIN_LARGE = 3;

/** True for large text by WCAG 2.2: 18 points, or 14 points bold. */
const isLarge = ({ fontPx, isBold }: Look) => fontPx >= 24 || (isBold && fontPx >= 18.66);

/** Check 22: the text of the consent stands out from what lies behind it (WCAG 2.2 SC 1.4.3). */
export function checkContrast(form: RenderedForm): Finding {
  const texts = listConsentLooks(findFormParts(form)).filter(({ look }) => look.box !== null);
  if (texts.length === 0) return cannotTell({ key: "form-check.no-text.ask" });

  const rated = texts.map((it) => ({ ...it, ratio: it.look.contrast }));
  const faint = rated.filter(
    ({ ratio, look }) =>
      ratio !== null && ratio < (isLarge(look) ? CONTRAST_MIN_LARGE : CONTRAST_MIN),
  );
  const unknown = rated.filter(({ ratio }) => ratio === null);
  if (faint.length === 0 && unknown.length > 0) {
    return cannotTell(
      { key: "form-check.contrast.ask" },
      ...unknown.map((it) => evidenceAt(it, it.text, undefined, it.layout)),
    );
  }
  return failIfAny(
    faint.map(({ selector, ratio, look }): Fault => {
      const least = isLarge(look) ? CONTRAST_MIN_LARGE : CONTRAST_MIN;
      const values = { selector, ratio: rounded(ratio ?? 1), least };
      // Below 3, the text is at fault by the part `under-3`, which has a severity of its own in the check book.
      const isHopeless = (ratio ?? 1) < CONTRAST_MIN_LARGE;
      return { key: "form-check.contrast.faint", values, ...(isHopeless && { part: "under-3" }) };
    }),
    ...(faint.length > 0 ? faint : rated).map(({ ratio, ...it }) =>
      evidenceAt(it, it.text, { ratio: rounded(ratio ?? 1) }, it.layout),
    ),
  );
}

const rounded = (ratio: number) => Math.round(ratio * 100) / 100;

/** A choice of this product, in CSS pixels. */
const LEAST_PX = 12;

/** Check 23: the text of the consent is no smaller than the text around it, and no smaller than 12 pixels. */
export function checkTextSize(form: RenderedForm): Finding {
  const texts = listConsentLooks(findFormParts(form)).filter(({ look }) => look.box !== null);
  if (texts.length === 0) return cannotTell({ key: "form-check.no-text.ask" });

  const least = Math.max(LEAST_PX, form.bodyFontPx);
  const small = texts.filter(({ look }) => look.fontPx < least);
  return failIfAny(
    small.map(({ selector, look: { fontPx } }): Fault => ({
      key: "form-check.text-size.small",
      values: { selector, fontPx, least },
    })),
    ...(small.length > 0 ? small : texts).map((it) =>
      evidenceAt(it, it.text, { fontPx: it.look.fontPx }, it.layout),
    ),
  );
}

/** CSS pixels, of WCAG 2.2 SC 2.5.8. */
const TARGET_MIN_PX = 24;

/** Check 24: the control can be hit with a thumb, and a screen reader has a name for it. */
export function checkTargetSize(form: RenderedForm): Finding {
  const { callBoxes, dataBoxes, acceptControls, refuseControls } = findFormParts(form);
  const acts = [...new Set([...callBoxes, ...dataBoxes, ...acceptControls, ...refuseControls])];
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
      values: { selector, least: TARGET_MIN_PX },
    })),
    ...unnamed.map(({ selector }) => ({
      key: "form-check.target-size.unnamed" as const,
      values: { selector },
    })),
  ];
  return failIfAny(
    faults,
    ...small.map(({ act, layout }) => evidenceAt(act, act.label, undefined, layout)),
    ...unnamed.map((control) => evidenceAt(control)),
    ...(faults.length === 0 ? acts.map((act) => evidenceAt(act, act.label)) : []),
  );
}

/** Lists the clickable boxes of a control, including its label. */
function listTargets({ looks, labelLooks }: Control, layout: LayoutName) {
  return [looks[layout].box, labelLooks?.[layout].box].flatMap((box) => box ?? []);
}

const isSmall = (control: Control, layout: LayoutName) => {
  const targets = listTargets(control, layout);
  return (
    targets.length > 0 &&
    targets.every(({ width, height }) => width < TARGET_MIN_PX || height < TARGET_MIN_PX)
  );
};

/** True if a circle of 24 pixels around its middle touches another control, or if it is not drawn. */
function isCrowded({ controls }: RenderedForm, control: Control, layout: LayoutName) {
  const { box } = control.looks[layout];
  if (box === null) return true;
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  return controls.some((other) => {
    const { box } = other.looks[layout];
    if (box === null || other.selector === control.selector) return false;
    const dx = Math.max(box.x - middle.x, 0, middle.x - box.x - box.width);
    const dy = Math.max(box.y - middle.y, 0, middle.y - box.y - box.height);
    return Math.hypot(dx, dy) < TARGET_MIN_PX / 2;
  });
}

/** Share of an area that must be visible. A fraction of a pixel at the edge is not a cut. */
const LEAST_SHOWN = 0.95;
/** Contrast below which a text cannot be told from its background. */
const SAME_COLOR = 1.2;

/** Check 25: text and control can be seen whole, on a screen of 320 pixels too. */
export function checkInSight(form: RenderedForm): Finding {
  const parts = findFormParts(form);
  const { callBoxes, acceptControls } = parts;
  const boxes = [...new Set([...callBoxes, ...acceptControls])].filter(
    ({ kind }) => kind !== "button",
  );
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
  const seen = [...listConsentLooks(parts), ...bare];
  if (seen.length === 0) return cannotTell({ key: "form-check.no-text.ask" });

  const found = seen.flatMap((it) => {
    const how = findReasonUnseen(it.look);
    return how === null ? [] : [{ it, how }];
  });
  return failIfAny(
    found.map(({ it: { selector, layout }, how }): Fault => ({
      key: "form-check.in-sight.unseen",
      values: { selector, how, width: layout === "wide" ? 1280 : 320 },
    })),
    ...found.map(({ it, how }) => evidenceAt(it, it.text, { how }, it.layout)),
  );
}

function findReasonUnseen({ box, shownShare, opacity, contrast, coveredBy }: Look) {
  if (box === null || box.width === 0 || box.height === 0) return "notDrawn";
  if (shownShare < LEAST_SHOWN) return "cut";
  if (opacity < 1) return "seeThrough";
  if (contrast !== null && contrast < SAME_COLOR) return "sameColor";
  return coveredBy === null ? null : "covered";
}

/** Look of a text of the consent at one width. */
type TextLook = { selector: string; text: string; layout: LayoutName; look: Look };

/** Lists the looks of the consent's labels and passages at both widths. A button is its own label. */
function listConsentLooks({ callBoxes, acceptControls, shown }: FormParts): TextLook[] {
  const ofControls = [...new Set([...callBoxes, ...acceptControls])].map((control) => ({
    selector: control.selector,
    text: control.label,
    looks: control.labelLooks ?? (control.kind === "button" ? control.looks : null),
  }));
  const texts = [...ofControls, ...shown].flatMap(({ selector, text, looks }) =>
    looks === null ? [] : [{ selector, text, looks }],
  );
  return texts.flatMap(({ selector, text, looks }) =>
    listLayouts(looks).map((it) => ({ selector, text, ...it })),
  );
}

const listLayouts = (looks: Looks) =>
  layoutNames.map((layout) => ({ layout, look: looks[layout] }));
