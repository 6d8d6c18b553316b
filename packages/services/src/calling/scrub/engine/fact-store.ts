import {
  type IdIndex,
  type NumberIndex,
  findNumber,
  createNumberIndex,
  sharedFloats,
  sharedInts,
} from "@ringfence/core/calling/scrub";
import { type FactText, decodeFact } from "./fact-text.ts";

/**
 * All that an organization itself knows about phones, at one instant: contacts, consents, refusals,
 * suppressions and calls. Plain columns of numbers, because there are millions; what repeats (the
 * purposes and channels of a consent, a zone) stands once, as a text that many facts share. Threads that
 * are given it share the columns, and have the rest each for themselves.
 */
export type FactStore = {
  /** The places of phones, by number; an erased one is negative. */
  phones: NumberIndex;
  /** Erased numbers by their keys. */
  erased: Map<string, number>;
  /** By place: the other phones of the same persons. */
  relatives: Map<number, number[]>;
  /** The last fact of each phone; 0 for none. */
  last: Int32Array;
  /**
   * Of each fact: the one before it of the same phone with what it says, and up to three instants. Side by
   * side, and no fact across two lines of the processor's memory, for to reach into memory takes longer
   * than all that is done with a fact.
   */
  facts: Float64Array;
  /** How many there are; they have the places from 1 on. */
  count: number;
  /** Facts about the number that is asked for, and about no other; the first has the place -1. */
  passing: Float64Array;
  /** What facts say, and the place of each by its text. */
  said: FactText[];
  placeOfText: Map<string, number>;
};

/** What an organization knows, and the places of its phones by their ids. */
export type LoadedStore = { own: FactStore; ids: IdIndex };

/** Of a fact, and the places of each in it. */
const FIELDS = 4;
const [LINK, AT, UNTIL, RECORDED_AT] = [0, 1, 2, 3];
/** A link is a number for two: of the fact before, and below this limit of what is said. */
const SAID_LIMIT = 2 ** 26;
const FACT_LIMIT = 2 ** 27;

const toLink = (before: number, said: number) => before * SAID_LIMIT + said;
const beforeIn = (link: number) => Math.floor(link / SAID_LIMIT);
const saidIn = (link: number) => link - beforeIn(link) * SAID_LIMIT;

export const createFactStore = (): FactStore => ({
  phones: createNumberIndex(),
  erased: new Map(),
  relatives: new Map(),
  last: sharedInts(1_024),
  facts: sharedFloats(1_024 * FIELDS),
  count: 0,
  passing: new Float64Array(0),
  said: [],
  placeOfText: new Map(),
});

/** Makes room for the facts of the phone at a place. */
export function reservePhone(own: FactStore, phone: number) {
  if (phone < own.last.length) return;
  const more = sharedInts(own.last.length * 2);
  more.set(own.last);
  own.last = more;
}

/** What an erased number goes by, which no phone has. */
export function assignErasedNumber({ erased }: FactStore, key: string): number {
  const number = erased.get(key) ?? -1 - erased.size;
  erased.set(key, number);
  return number;
}

export const isErased = ({ phones }: FactStore, phone: number) => (phones.numbers[phone] ?? 0) < 0;

/** The place of what a fact says, and its instants; NaN stands for one that there is none of. */
export type NewFact = { said: number; at: number; until: number; recordedAt: number };

export function addFact(own: FactStore, phone: number, fact: NewFact) {
  const place = ++own.count;
  if (place >= FACT_LIMIT) throw new Error("more facts than can be told apart");
  if ((place + 1) * FIELDS > own.facts.length) {
    const more = sharedFloats(own.facts.length * 2);
    more.set(own.facts);
    own.facts = more;
  }
  writeFact(own.facts, place, own.last[phone] ?? 0, fact);
  own.last[phone] = place;
}

/** Returns a phone and the other phones of its people. */
export const listPhonesOfPerson = ({ relatives }: FactStore, phone: number): number[] => [
  phone,
  ...(relatives.get(phone) ?? []),
];

/** A fact of one phone of a person is one of all their phones. */
export function addFactOfPerson(own: FactStore, phone: number, fact: NewFact) {
  addFact(own, phone, fact);
  for (const relative of own.relatives.get(phone) ?? []) addFact(own, relative, fact);
}

/** Keeps facts until the next ones are told so. Gives their places. */
export function setTransientFacts(own: FactStore, facts: readonly NewFact[]): number[] {
  if (facts.length * FIELDS > own.passing.length) {
    own.passing = new Float64Array(facts.length * FIELDS);
  }
  return facts.map((fact, index) => {
    writeFact(own.passing, index, 0, fact);
    return -1 - index;
  });
}

function writeFact(
  facts: Float64Array,
  place: number,
  before: number,
  { said, at, until, recordedAt }: NewFact,
) {
  const first = place * FIELDS;
  facts[first + LINK] = toLink(before, said);
  facts[first + AT] = at;
  facts[first + UNTIL] = until;
  facts[first + RECORDED_AT] = recordedAt;
}

const fieldOf = ({ facts, passing }: FactStore, fact: number, field: number) =>
  (fact < 0 ? passing[(-1 - fact) * FIELDS + field] : facts[fact * FIELDS + field]) ?? Number.NaN;

/** The place of what a fact says. */
export const factTextIndex = (own: FactStore, fact: number) => saidIn(fieldOf(own, fact, LINK));
/** Instants of a fact, in epoch milliseconds; NaN where it has none. */
export const factTime = (own: FactStore, fact: number) => fieldOf(own, fact, AT);
export const factEnd = (own: FactStore, fact: number) => fieldOf(own, fact, UNTIL);
export const factRecordedAt = (own: FactStore, fact: number) => fieldOf(own, fact, RECORDED_AT);

export function factText(own: FactStore, fact: number): FactText {
  const said = own.said[factTextIndex(own, fact)];
  if (said === undefined) throw new Error(`no fact ${fact}`);
  return said;
}

/** The place of what a text says. */
export function indexText({ said, placeOfText }: FactStore, text: string): number {
  const known = placeOfText.get(text);
  if (known !== undefined) return known;
  if (said.length >= SAID_LIMIT) throw new Error("more things said than can be told apart");
  placeOfText.set(text, said.length);
  return said.push(decodeFact(text)) - 1;
}

/** Returns the index of a text that counts differently from what is stored. `text` identifies it. */
export function addCountedText(
  { said, placeOfText }: FactStore,
  text: string,
  counted: FactText,
): number {
  const known = placeOfText.get(text);
  if (known !== undefined) return known;
  placeOfText.set(text, said.length);
  return said.push(counted) - 1;
}

/** The facts of a phone, the last one first; none of -1. */
export function listFacts(own: FactStore, phone: number): number[] {
  const facts: number[] = [];
  for (let fact = own.last[phone] ?? 0; fact !== 0; fact = beforeIn(fieldOf(own, fact, LINK))) {
    facts.push(fact);
  }
  return facts;
}

/**
 * Goes through the facts of the first `count` phones, a step of all at a time: the processor then waits for
 * the memory of many at once, and has it at hand when each is asked for.
 */
export function prefetchFacts({ last, facts }: FactStore, phones: Int32Array, count: number) {
  const next = new Int32Array(count);
  for (let place = 0; place < count; place++) next[place] = last[phones[place] ?? 0] ?? 0;
  for (let found = 1; found !== 0;) {
    found = 0;
    // Before the first fact there is nothing, and before that nothing again: so no step has to ask.
    for (let place = 0; place < count; place++) {
      const before = beforeIn(facts[(next[place] ?? 0) * FIELDS + LINK] ?? 0);
      next[place] = before;
      found |= before;
    }
  }
}

/** The place of an erased number among phones, by its key; -1 where nothing is known of it. */
export function findErasedPhone({ phones, erased }: FactStore, key: string): number {
  const number = erased.get(key);
  return number === undefined ? -1 : findNumber(phones, number);
}
