import type { Control, Link, Passage, RenderedForm } from "./check-input.ts";
import { type Topic, mentions, findTopicIndex } from "./wording.ts";

/** Parts of a form by their purpose. */
export type FormParts = {
  /** Boxes that ask for calls, or for marketing by any channel. */
  callBoxes: readonly Control[];
  /** Boxes that ask to process personal data, but not for calls. */
  dataBoxes: readonly Control[];
  /** Buttons and radio buttons that say yes, if they speak of calls or if another one says no. */
  acceptControls: readonly Control[];
  /** Buttons and radio buttons that say no. */
  refuseControls: readonly Control[];
  /** The first button that submits the form. */
  submit: Control | null;
  /** Fields for a phone number, hidden ones too. */
  phones: readonly Control[];
  /** Passages, apart from labels, that ask for or explain consent. `hidden` must be opened first. */
  shown: readonly Passage[];
  hidden: readonly Passage[];
  /** Everything about the consent that can be read without opening it: labels, descriptions and passages. */
  consentText: string;
};

const MOST_CHARACTERS = 3_000;
const callTopics: readonly Topic[] = ["call", "contact", "marketing"];
const explainingTopics: readonly Topic[] = ["withdraw", "notCondition", "openList", "implied"];

const mentionsAny = (topics: readonly Topic[], text: string) =>
  topics.some((topic) => mentions(topic, text));

export const toControlText = ({ label, description }: Control) => `${label}\n${description}`.trim();

/** True for a checkbox or a radio button. */
const isBox = ({ kind }: Control) => kind === "checkbox" || kind === "radio";
/** True for a control that answers by being pressed: a button, or one of several radio buttons. */
const isPressed = ({ kind }: Control) => kind === "button" || kind === "radio";

const isPhone = ({ kind, names, label, isHidden }: Control) =>
  kind === "tel" ||
  ((kind === "text" || isHidden) &&
    (/phone|tel(?!egram|evis)|mobile/i.test(names) ||
      /(?:^|\s)(phone|telephone|mobile|телефон|мобильный)/iu.test(label)));

const isAboutConsent = ({ text }: Passage) =>
  text.length <= MOST_CHARACTERS &&
  (mentionsAny(explainingTopics, text) ||
    (mentions("agree", text) && mentionsAny(callTopics, text)));

/** Finds the parts of a form by their words. */
export function findFormParts({ controls, passages }: RenderedForm): FormParts {
  const seen = controls.filter(({ isHidden }) => !isHidden);
  const refuseControls = seen.filter(
    (it) => isPressed(it) && findTopicIndex("refuse", it.label) === 0,
  );
  const boxes = seen.filter((it) => isBox(it) && !refuseControls.includes(it));
  const acceptControls = seen.filter(
    (it) =>
      isPressed(it) &&
      !refuseControls.includes(it) &&
      [0, 1].includes(findTopicIndex("yes", it.label)) &&
      (refuseControls.length > 0 || mentionsAny(callTopics, toControlText(it))),
  );
  const callBoxes = boxes.filter((it) => mentionsAny(callTopics, toControlText(it)));
  const ofConsent = passages.filter(isAboutConsent);
  const acts = [...callBoxes, ...acceptControls];
  const asked = acts.map(toControlText);
  const shown = ofConsent.filter(
    ({ hiddenBy, text }) => hiddenBy === null && !acts.some(({ label }) => label.includes(text)),
  );
  return {
    callBoxes,
    dataBoxes: boxes.filter(
      (it) =>
        mentions("personalData", toControlText(it)) &&
        !mentionsAny(["call", "marketing"], toControlText(it)),
    ),
    acceptControls,
    refuseControls,
    submit: seen.find(({ isSubmit }) => isSubmit) ?? null,
    phones: controls.filter(isPhone),
    shown,
    hidden: ofConsent.filter(({ hiddenBy }) => hiddenBy !== null),
    consentText: [
      ...new Set(asked),
      ...shown.map(({ text }) => text).filter((text) => !asked.some((it) => it.includes(text))),
    ].join("\n"),
  };
}

type Linked = Pick<RenderedForm, "links" | "passages">;

/** Finds the link to the privacy notice; null if there is none. */
export const findPrivacyLink = ({ links }: Linked): Link | null =>
  links.find(({ text }) => mentions("privacyPolicy", text)) ?? null;

/** Finds the link for withdrawing: one that says so, or one inside a passage about withdrawal. */
export function findWithdrawalLink({ links, passages }: Linked): Link | null {
  const outspoken = links.find(({ text }) => mentions("withdraw", text));
  if (outspoken !== undefined) return outspoken;
  const explaining = passages.filter(({ text }) => mentions("withdraw", text));
  const within = links.find(({ selector, text }) =>
    explaining.some(
      (passage) =>
        selector.startsWith(`${passage.selector} > `) && !mentions("privacyPolicy", text),
    ),
  );
  return within ?? null;
}
