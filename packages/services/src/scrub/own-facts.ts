import { findNumber, makeNumberIndex, type NumberIndex } from "@ringfence/core/scrub";

/**
 * All that an organization itself knows about phones, at one instant: contacts, consents, refusals,
 * suppressions and calls. Plain columns of numbers, because there are millions; what repeats (the
 * purposes and channels of a consent, a zone) stands once, as a text that many facts share.
 */
export type OwnFacts = {
  phones: NumberIndex;
  /** The last fact of each phone; -1 for none. */
  last: number[];
  /** Of each fact: the one before it of the same phone, what it says, and up to three instants. */
  before: number[];
  words: number[];
  at: number[];
  until: number[];
  recordedAt: number[];
  /** The texts, and the place of each. A text begins with the letter of its kind. */
  texts: string[];
  placeOfText: Map<string, number>;
};

export const makeOwnFacts = (): OwnFacts => ({
  phones: makeNumberIndex(),
  last: [],
  before: [],
  words: [],
  at: [],
  until: [],
  recordedAt: [],
  texts: [],
  placeOfText: new Map(),
});

/** NaN stands for an instant that there is none of. */
export function addFact(
  own: OwnFacts,
  phone: number,
  text: string,
  at: number,
  until: number,
  recordedAt: number,
) {
  own.before.push(own.last[phone] ?? -1);
  own.last[phone] = own.words.length;
  own.words.push(placeText(own, text));
  own.at.push(at);
  own.until.push(until);
  own.recordedAt.push(recordedAt);
}

function placeText({ texts, placeOfText }: OwnFacts, text: string): number {
  const known = placeOfText.get(text);
  if (known !== undefined) return known;
  placeOfText.set(text, texts.length);
  texts.push(text);
  return texts.length - 1;
}

/** The facts of a phone. */
export function* factsOfPhone(own: OwnFacts, phone: number): Generator<number> {
  for (let fact = own.last[phone] ?? -1; fact !== -1; fact = own.before[fact] ?? -1) yield fact;
}

export const findOwn = (own: OwnFacts, digits: number) => findNumber(own.phones, digits);
