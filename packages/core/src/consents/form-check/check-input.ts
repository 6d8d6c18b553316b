import { z } from "zod";
import { Channel } from "../../people/phone/index.ts";
import { JurisdictionId } from "../../people/jurisdiction/index.ts";

/** CSS pixels, from the top left of the page. */
const Box = z.object({
  x: z.number(),
  y: z.number(),
  width: z.number().nonnegative(),
  height: z.number().nonnegative(),
});

/** Look of a part at one screen width. */
export const Look = z.object({
  /** Position; null if the page does not draw it. */
  box: Box.nullable(),
  /** Visible share of its area, from 0 to 1. */
  shownShare: z.number().min(0).max(1),
  /** Its own opacity times that of all its ancestors. */
  opacity: z.number().min(0).max(1),
  /** WCAG 2.2 contrast with the background; null on a picture. */
  contrast: z.number().min(1).max(21).nullable(),
  fontPx: z.number().nonnegative(),
  isBold: z.boolean(),
  /** Selector of what covers its middle when scrolled into view. */
  coveredBy: z.string().nullable(),
});
export type Look = z.infer<typeof Look>;

/** 1280 and 320 CSS pixels wide. */
const Looks = z.object({ wide: Look, narrow: Look });
export type Looks = z.infer<typeof Looks>;
export type LayoutName = keyof Looks;
export const layoutNames = ["wide", "narrow"] as const satisfies readonly LayoutName[];

const part = {
  /** CSS selector of this part alone. */
  selector: z.string(),
  /** Position in the document, counted over all its elements. */
  order: z.int().nonnegative(),
  looks: Looks,
};

export const ControlKind = z.enum([
  "checkbox",
  "radio",
  "button",
  "text",
  "tel",
  "email",
  "password",
  "date",
  "select",
  "canvas",
  "other",
]);
export type ControlKind = z.infer<typeof ControlKind>;

export const Control = z.object({
  ...part,
  kind: ControlKind,
  /** `name`, `id`, `autocomplete` and `placeholder`, which hint at its purpose. */
  names: z.string(),
  /** Its name in a screen reader; empty if it has none. */
  label: z.string(),
  /** Text that `aria-describedby` refers to, or the words beside a box that has no label. */
  description: z.string(),
  /** Look of its label; null if it has none, or it cannot be seen. */
  labelLooks: Looks.nullable(),
  /** Value after the page had loaded. */
  value: z.string(),
  /** `type=hidden`. */
  isHidden: z.boolean(),
  /** True for a disabled control too. */
  isReadOnly: z.boolean(),
  isRequired: z.boolean(),
  isSubmit: z.boolean(),
  /** Ticked in the HTML. */
  isTickedAtFirst: z.boolean(),
  /** Ticked when the page had loaded, or by a script within ten seconds of that. */
  isTickedOnLoad: z.boolean(),
});
export type Control = z.infer<typeof Control>;

/** A block of text: a paragraph, a label, a list item. */
export const Passage = z.object({
  ...part,
  text: z.string(),
  /** Element that hides it until a person opens it; `style` if nothing shows how to open it. Null if it is visible. */
  hiddenBy: z.enum(["accordion", "tooltip", "style"]).nullable(),
});
export type Passage = z.infer<typeof Passage>;

export const Link = z.object({ ...part, text: z.string(), href: z.string() });
export type Link = z.infer<typeof Link>;

/** Outcome of submitting the form. */
const Outcome = z.object({
  /** True if the form was accepted, judging by the page shown afterwards and by invalid controls. */
  isAccepted: z.boolean(),
  path: z.string(),
  prices: z.array(z.string()),
  /** Controls that the browser or the page marked as invalid. */
  faulty: z.array(z.string()),
  excerpt: z.string(),
});
export type Outcome = z.infer<typeof Outcome>;

/** A page that the form links to. */
const LinkedPage = z.object({
  url: z.string(),
  /** HTTP status; null if there was no response. */
  status: z.int().nullable(),
  text: z.string(),
  /** Number of fields and buttons to use there. */
  steps: z.int().nonnegative(),
  asksPassword: z.boolean(),
});
export type LinkedPage = z.infer<typeof LinkedPage>;

/** A form as a person sees it in a browser. */
export const RenderedForm = z.object({
  url: z.string(),
  /** `lang` of the `html` element (BCP 47); null if missing. */
  language: z.string().nullable(),
  title: z.string(),
  controls: z.array(Control),
  passages: z.array(Passage),
  links: z.array(Link),
  /** Font size of the form element, which its texts inherit. */
  bodyFontPx: z.number().nonnegative(),
  /** Height of the screen, in CSS pixels, at both widths. */
  screenHeights: z.object({ wide: z.number().positive(), narrow: z.number().positive() }),
  /** Passages that show a countdown. */
  countdowns: z.array(z.string()),
  /**
   * Outcomes of submitting the form twice: with the boxes that ask for calls empty, and ticked. All other boxes are
   * ticked both times. Null if the form was not submitted.
   */
  submission: z.object({ boxesEmpty: Outcome, boxesTicked: Outcome }).nullable(),
  /** True if the form asks again after a refusal; null if none was tried. */
  asksAgain: z.boolean().nullable(),
  privacyNotice: LinkedPage.nullable(),
  withdrawal: LinkedPage.nullable(),
});
export type RenderedForm = z.infer<typeof RenderedForm>;

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Data that the system stores with each submission. */
export const CapturedEvidence = z.enum([
  "server_time",
  "ip",
  "user_agent",
  "url",
  "snapshot",
  "control_states",
]);
export type CapturedEvidence = z.infer<typeof CapturedEvidence>;

const ScriptLine = z.object({ speaker: z.enum(["agent", "person"]), text: z.string() });
export type ScriptLine = z.infer<typeof ScriptLine>;

/**
 * Facts about a form that its page does not show. A fact that is left out is unknown, and a check that
 * needs it asks an officer.
 */
export const FormContext = z.object({
  /** Jurisdictions of the people who fill it in. */
  jurisdictions: z.array(JurisdictionId).min(1),
  seller: z.object({
    legalName: z.string().trim().min(1),
    /** Other names it is known by. */
    brands: z.array(z.string().trim().min(1)).default([]),
  }),
  channels: z.array(Channel).min(1),
  /** Products that calls would offer, in the form's language. */
  products: z.array(z.string().trim().min(1)).optional(),
  /** Language of later calls (BCP 47). */
  callLanguage: z.string().optional(),
  /** SHA-256 of the published disclosure, over `normalizeText` of it. */
  disclosureHash: Sha256.optional(),
  withdrawalUrl: z.url().optional(),
  captured: z.array(CapturedEvidence).optional(),
  /** True if the act of signing is stored, with its time. */
  isSignatureLogged: z.boolean().optional(),
  verification: z
    .object({ method: z.enum(["sms_code", "call", "none"]), text: z.string() })
    .optional(),
  /** Facts that are compared with the consent before each call. */
  screenedBy: z.array(z.enum(["seller", "channel", "purpose"])).optional(),
  /** Minimum age in years; null if the product has none. */
  minimumAge: z.int().positive().nullish(),
  /** Transcript of a spoken consent; null for other forms. */
  transcript: z.array(ScriptLine).nullish(),
  /** Opening script of each call. */
  callScript: z.string().optional(),
});
export type FormContext = z.infer<typeof FormContext>;
export type FormContextInput = z.input<typeof FormContext>;
