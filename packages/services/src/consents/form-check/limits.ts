/** The widths that a form is looked at, in CSS pixels; 320 is that of WCAG 2.2 SC 1.4.10. */
export const viewports = {
  wide: { width: 1280, height: 900 },
  narrow: { width: 320, height: 640 },
};

/** What a script may still do to a form ten seconds after it has loaded is found. */
export const PATIENCE_MS = 10_000;

/** Of one page to load, of one thing to be pressed, of an answer or a silence, and of all together. */
export const LOAD_MS = 30_000;
export const ACT_MS = 10_000;
export const ANSWER_MS = 5_000;
export const WHOLE_MS = 120_000;

/** Of the text of a page that a link leads to, in characters. */
export const TEXT_MAX = 200_000;
