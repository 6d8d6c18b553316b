import { findNumber, makeNumberIndex, type NumberIndex, placeNumber } from "@ringfence/core/scrub";

/**
 * All that an organization itself knows about phones, at one instant: contacts, consents, refusals,
 * suppressions and calls. Plain columns of numbers, because there are millions; what repeats (the
 * purposes and channels of a consent, a zone) stands once, as a text that many facts share.
 */
export type OwnFacts = {
  phones: NumberIndex;
  /** What an erased number goes by among them, by its key: a negative one, which no phone has. */
  erased: Map<string, number>;
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
  erased: new Map(),
  last: [],
  before: [],
  words: [],
  at: [],
  until: [],
  recordedAt: [],
  texts: [],
  placeOfText: new Map(),
});

/** What a fact says, and its instants; NaN stands for one that there is none of. */
export type NewFact = { text: string; at: number; until: number; recordedAt: number };

export function addFact(own: OwnFacts, phone: number, fact: NewFact) {
  own.last[phone] = noteFact(own, fact, own.last[phone]);
}

/** Keeps a fact that is of no phone, or that is the last of the same after `before`. Gives its place. */
export function noteFact(
  own: OwnFacts,
  { text, at, until, recordedAt }: NewFact,
  before = -1,
): number {
  own.before.push(before);
  own.words.push(placeText(own, text));
  own.at.push(at);
  own.until.push(until);
  return own.recordedAt.push(recordedAt) - 1;
}

function placeText({ texts, placeOfText }: OwnFacts, text: string): number {
  const known = placeOfText.get(text);
  if (known !== undefined) return known;
  placeOfText.set(text, texts.length);
  texts.push(text);
  return texts.length - 1;
}

/** The facts of a phone; none of -1. */
export function* factsOfPhone(own: OwnFacts, phone: number): Generator<number> {
  for (let fact = own.last[phone] ?? -1; fact !== -1; fact = own.before[fact] ?? -1) yield fact;
}

/** The place of a phone among those of which something is known, or -1. */
export const findOwn = ({ phones }: OwnFacts, digits: number) => findNumber(phones, digits);

/** The same of an erased number, by its key. */
export function findErased({ phones, erased }: OwnFacts, key: string): number {
  const number = erased.get(key);
  return number === undefined ? -1 : findNumber(phones, number);
}

export function placeErased({ phones, erased }: OwnFacts, key: string): number {
  const number = erased.get(key) ?? -1 - erased.size;
  erased.set(key, number);
  return placeNumber(phones, number);
}
