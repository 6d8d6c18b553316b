import { z } from "zod";
import { Channel } from "../../people/phone/index.ts";
import { JurisdictionId } from "../../people/jurisdiction/jurisdiction.ts";

/** CSS pixels, from the top left of the page. */
const Box = z.object({
  x: z.number(),
  y: z.number(),
  width: z.number().nonnegative(),
  height: z.number().nonnegative(),
});

/** How a part looks at one width of the screen. */
export const Look = z.object({
  /** Where it stands; null when the page does not draw it. */
  box: Box.nullable(),
  /** Of its area, what the edges of the page and of scrolling parts leave to be seen: 0 to 1. */
  shownShare: z.number().min(0).max(1),
  /** Its own, times those of all that it lies in. */
  opacity: z.number().min(0).max(1),
  /** WCAG 2.2 contrast of the text with what lies behind; null where that is a picture. */
  contrast: z.number().min(1).max(21).nullable(),
  fontPx: z.number().nonnegative(),
  isBold: z.boolean(),
  /** The selector of what lies above its middle when it is scrolled into view. */
  coveredBy: z.string().nullable(),
});
export type Look = z.infer<typeof Look>;

/** 1280 and 320 CSS pixels wide. */
const Looks = z.object({ wide: Look, narrow: Look });
export type Looks = z.infer<typeof Looks>;
export type LayoutName = keyof Looks;
export const layoutNames = ["wide", "narrow"] as const satisfies readonly LayoutName[];

const part = {
  /** A CSS selector that names this part alone. */
  selector: z.string(),
  /** The place in the document, counted over all parts. */
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
  /** `name`, `id` and `autocomplete`, which tell what it is for. */
  names: z.string(),
  /** What a screen reader calls it; empty where nothing names it. */
  label: z.string(),
  /** What `aria-describedby` points to. */
  description: z.string(),
  /** How the label looks; null where it has none of its own, or it cannot be seen. */
  labelLooks: Looks.nullable(),
  /** What stood in it when the page had loaded. */
  value: z.string(),
  /** `type=hidden`. */
  isHidden: z.boolean(),
  isReadOnly: z.boolean(),
  isRequired: z.boolean(),
  isSubmit: z.boolean(),
  /** Ticked in the page as the server sent it, or by a script within ten seconds. */
  isTickedAtFirst: z.boolean(),
  isTickedOnLoad: z.boolean(),
});
export type Control = z.infer<typeof Control>;

/** A piece of text that stands together: a paragraph, a label, an item of a list. */
export const Passage = z.object({
  ...part,
  text: z.string(),
  /** What a person must open first to read it; null where nothing. */
  hiddenBy: z.enum(["accordion", "tooltip", "style"]).nullable(),
});
export type Passage = z.infer<typeof Passage>;

export const Link = z.object({ ...part, text: z.string(), href: z.string() });
export type Link = z.infer<typeof Link>;

/** What came of sending the form. */
const Outcome = z.object({
  /** Whether the form was taken: what it showed afterwards, or a control that did not let it go. */
  isAccepted: z.boolean(),
  path: z.string(),
  prices: z.array(z.string()),
  /** The controls that the browser or the page found at fault. */
  faulty: z.array(z.string()),
  excerpt: z.string(),
});
export type Outcome = z.infer<typeof Outcome>;

/** A page that a link of the form leads to. */
const LinkedPage = z.object({
  url: z.string(),
  /** Of HTTP; null when nothing answered. */
  status: z.int().nullable(),
  text: z.string(),
  /** What a person must fill in or press there. */
  fields: z.int().nonnegative(),
  asksPassword: z.boolean(),
});
export type LinkedPage = z.infer<typeof LinkedPage>;

/** A form as a person meets it: what a browser made of a page. */
export const RenderedForm = z.object({
  url: z.string(),
  /** Of the element `html`, BCP 47; null where it says none. */
  language: z.string().nullable(),
  title: z.string(),
  controls: z.array(Control),
  passages: z.array(Passage),
  links: z.array(Link),
  /** Most of the text of the form is this large. */
  bodyFontPx: z.number().nonnegative(),
  /** Height of the screen, in CSS pixels, at both widths. */
  screenHeights: z.object({ wide: z.number().positive(), narrow: z.number().positive() }),
  /** Passages whose text counts down by itself. */
  countdowns: z.array(z.string()),
  /** Null where the form was not sent. */
  submission: z.object({ boxesEmpty: Outcome, boxesTicked: Outcome }).nullable(),
  /** Whether the form asks again after a refusal; null where no refusal was tried. */
  asksAgain: z.boolean().nullable(),
  privacyNotice: LinkedPage.nullable(),
  withdrawal: LinkedPage.nullable(),
});
export type RenderedForm = z.infer<typeof RenderedForm>;

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** What the system that takes the answers keeps of each. */
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
 * What a form is for, and what stands behind it. Whatever is left out is not known, and a check that
 * needs it asks an officer.
 */
export const FormContext = z.object({
  /** Where the people live who fill it in. */
  jurisdictions: z.array(JurisdictionId).min(1),
  seller: z.object({
    legalName: z.string().trim().min(1),
    /** Other names that people know it by. */
    brands: z.array(z.string().trim().min(1)).default([]),
  }),
  channels: z.array(Channel).min(1),
  /** What calls would be about, in the words of the form's language. */
  products: z.array(z.string().trim().min(1)).optional(),
  /** Of the later call, BCP 47. */
  callLanguage: z.string().optional(),
  /** SHA-256 of the published disclosure, over `comparableText` of it. */
  disclosureHash: Sha256.optional(),
  withdrawalUrl: z.url().optional(),
  captured: z.array(CapturedEvidence).optional(),
  /** Whether the act of signing is kept, with its time. */
  isSignatureLogged: z.boolean().optional(),
  verification: z
    .object({ method: z.enum(["sms_code", "call", "none"]), text: z.string() })
    .optional(),
  /** What is compared with the consent before each call. */
  screenedBy: z.array(z.enum(["seller", "channel", "purpose"])).optional(),
  /** In years; null where the product needs none. */
  minimumAge: z.int().positive().nullish(),
  /** Of a consent that is spoken: what was said, in order. Null where none is. */
  transcript: z.array(ScriptLine).nullish(),
  /** What is said at the beginning of each call. */
  callScript: z.string().optional(),
});
export type FormContext = z.infer<typeof FormContext>;
export type FormContextInput = z.input<typeof FormContext>;
