import type { Control, Link, Passage, RenderedForm } from "./check-input.ts";
import { type Topic, speaksOf, wordIndex } from "./wording.ts";

/** What the parts of a form are for. */
export type FormParts = {
  /** Boxes that ask for calls, or for marketing by whatever channel. */
  callBoxes: readonly Control[];
  /** Boxes that ask for leave to process personal data, and for no call. */
  dataBoxes: readonly Control[];
  /** Buttons, or choices of a pair, that say yes and no. */
  accepts: readonly Control[];
  refusals: readonly Control[];
  submit: Control | null;
  phones: readonly Control[];
  /** Passages in which consent is asked or explained, but for labels; those that must be opened first apart. */
  shown: readonly Passage[];
  hidden: readonly Passage[];
  /** All that a person reads before agreeing: labels, descriptions and passages. */
  text: string;
};

const MOST_CHARACTERS = 3_000;
const asksForCalls: readonly Topic[] = ["call", "contact", "marketing"];
const explains: readonly Topic[] = ["withdraw", "notCondition", "openList", "implied"];

const any = (topics: readonly Topic[], text: string) =>
  topics.some((topic) => speaksOf(topic, text));

export const textOf = ({ label, description }: Control) => `${label}\n${description}`.trim();

/** A box that one ticks, or one of several choices. */
const isBox = ({ kind }: Control) => kind === "checkbox" || kind === "radio";
const isPressed = ({ kind }: Control) => kind === "button" || kind === "radio";

const isPhone = ({ kind, names, label, isHidden }: Control) =>
  kind === "tel" ||
  ((kind === "text" || isHidden) &&
    (/phone|tel(?!egram|evis)|mobile/i.test(names) ||
      /(?:^|\s)(phone|telephone|mobile|телефон|мобильный)/iu.test(label)));

const isOfConsent = ({ text }: Passage) =>
  text.length <= MOST_CHARACTERS &&
  (any(explains, text) || (speaksOf("agree", text) && any(asksForCalls, text)));

/** Reads a form by the words of its parts. */
export function partsOf({ controls, passages }: RenderedForm): FormParts {
  const seen = controls.filter(({ isHidden }) => !isHidden);
  const refusals = seen.filter((it) => isPressed(it) && wordIndex("refuse", it.label) === 0);
  const boxes = seen.filter((it) => isBox(it) && !refusals.includes(it));
  const accepts = seen.filter(
    (it) =>
      isPressed(it) &&
      !refusals.includes(it) &&
      [0, 1].includes(wordIndex("yes", it.label)) &&
      (refusals.length > 0 || any(asksForCalls, textOf(it))),
  );
  const callBoxes = boxes.filter((it) => any(asksForCalls, textOf(it)));
  const ofConsent = passages.filter(isOfConsent);
  const acts = [...callBoxes, ...accepts];
  const asked = acts.map(textOf);
  const shown = ofConsent.filter(
    ({ hiddenBy, text }) => hiddenBy === null && !acts.some(({ label }) => label.includes(text)),
  );
  return {
    callBoxes,
    dataBoxes: boxes.filter(
      (it) => speaksOf("personalData", textOf(it)) && !any(["call", "marketing"], textOf(it)),
    ),
    accepts,
    refusals,
    submit: seen.find(({ isSubmit }) => isSubmit) ?? null,
    phones: controls.filter(isPhone),
    shown,
    hidden: ofConsent.filter(({ hiddenBy }) => hiddenBy !== null),
    text: [
      ...new Set(asked),
      ...shown.map(({ text }) => text).filter((text) => !asked.some((it) => it.includes(text))),
    ].join("\n"),
  };
}

type Linked = Pick<RenderedForm, "links" | "passages">;

/** The link to the privacy notice, if there is one. */
export const privacyLinkOf = ({ links }: Linked): Link | null =>
  links.find(({ text }) => speaksOf("privacyPolicy", text)) ?? null;

/** The link by which one withdraws: it says so itself, or stands in a passage that does. */
export function withdrawalLinkOf({ links, passages }: Linked): Link | null {
  const outspoken = links.find(({ text }) => speaksOf("withdraw", text));
  if (outspoken !== undefined) return outspoken;
  const explaining = passages.filter(({ text }) => speaksOf("withdraw", text));
  const within = links.find(({ selector, text }) =>
    explaining.some(
      (passage) =>
        selector.startsWith(`${passage.selector} > `) && !speaksOf("privacyPolicy", text),
    ),
  );
  return within ?? null;
}
