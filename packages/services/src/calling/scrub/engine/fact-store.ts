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
 * Everything that an organization itself knows about phones at one instant, such as contacts, consents, opt-outs,
 * suppressions and calls (`FactText` lists the kinds). Facts are columns of numbers, because there are millions. What
 * repeats (the purposes and channels of a consent, a zone) is stored once, as a text that many facts share. Threads
 * share the columns, and have their own copy of the rest: nothing may be added once another thread has the store.
 */
export type FactStore = {
  /** Indexes of phones by number. An erased number is negative. */
  phones: NumberIndex;
  /** Stand-ins for erased numbers, by the keyed hash of the number. */
  erased: Map<string, number>;
  /** The other phones of the same people, by the index of a phone. */
  otherPhones: Map<number, number[]>;
  /** Index of the last fact of each phone; 0 for none. */
  last: Int32Array;
  /**
   * For each fact: a link to the previous fact of the same phone together with its text, and up to three instants.
   * A fact never crosses a cache line, because reaching into memory takes longer than all work on a fact.
   */
  facts: Float64Array;
  /** Number of facts; their indexes start at 1. */
  count: number;
  /** Facts about the current number alone. Their indexes go from -1 downward. */
  transient: Float64Array;
  /** Decoded texts of facts, and their indexes. */
  texts: FactText[];
  indexOfText: Map<string, number>;
};

/** The store, and the indexes of phones by their ids. */
export type LoadedStore = { own: FactStore; ids: IdIndex };

/** Number of fields of a fact, and their offsets. */
const FIELDS = 4;
const [LINK, AT, UNTIL, RECORDED_AT] = [0, 1, 2, 3];
/** A link holds two numbers: the previous fact, and below this limit the index of the text. */
const TEXT_LIMIT = 2 ** 26;
const FACT_LIMIT = 2 ** 27;

const toLink = (previous: number, text: number) => previous * TEXT_LIMIT + text;
const previousIn = (link: number) => Math.floor(link / TEXT_LIMIT);
const textIn = (link: number) => link - previousIn(link) * TEXT_LIMIT;

export const createFactStore = (): FactStore => ({
  phones: createNumberIndex(),
  erased: new Map(),
  otherPhones: new Map(),
  last: sharedInts(1_024),
  facts: sharedFloats(1_024 * FIELDS),
  count: 0,
  transient: new Float64Array(0),
  texts: [],
  indexOfText: new Map(),
});

/** Makes room for the facts of a phone. Call it for each phone in the order of their indexes. */
export function reservePhone(own: FactStore, phone: number) {
  if (phone < own.last.length) return;
  const more = sharedInts(own.last.length * 2);
  more.set(own.last);
  own.last = more;
}

/** Returns the stand-in for an erased number. It is negative, so no phone has it. */
export function assignErasedNumber({ erased }: FactStore, key: string): number {
  const number = erased.get(key) ?? -1 - erased.size;
  erased.set(key, number);
  return number;
}

export const isErased = ({ phones }: FactStore, phone: number) => (phones.numbers[phone] ?? 0) < 0;

/** A fact to add: the index of its text, and its instants in epoch milliseconds; NaN for none. */
export type NewFact = { text: number; at: number; until: number; recordedAt: number };

/** Adds a fact to a phone, as its last one. */
export function addFact(own: FactStore, phone: number, fact: NewFact) {
  const index = ++own.count;
  if (index >= FACT_LIMIT) throw new Error("more facts than fit");
  if ((index + 1) * FIELDS > own.facts.length) {
    const more = sharedFloats(own.facts.length * 2);
    more.set(own.facts);
    own.facts = more;
  }
  writeFact(own.facts, index, own.last[phone] ?? 0, fact);
  own.last[phone] = index;
}

/** Returns a phone and the other phones of its people. */
export const listPhonesOfPerson = ({ otherPhones }: FactStore, phone: number): number[] => [
  phone,
  ...(otherPhones.get(phone) ?? []),
];

/** Adds a fact to all phones of a person. */
export function addFactOfPerson(own: FactStore, phone: number, fact: NewFact) {
  addFact(own, phone, fact);
  for (const other of own.otherPhones.get(phone) ?? []) addFact(own, other, fact);
}

/** Replaces the facts about the current number alone. Returns their indexes, which are valid until the next call. */
export function setTransientFacts(own: FactStore, facts: readonly NewFact[]): number[] {
  if (facts.length * FIELDS > own.transient.length) {
    own.transient = new Float64Array(facts.length * FIELDS);
  }
  return facts.map((fact, index) => {
    writeFact(own.transient, index, 0, fact);
    return -1 - index;
  });
}

function writeFact(
  facts: Float64Array,
  index: number,
  previous: number,
  { text, at, until, recordedAt }: NewFact,
) {
  const first = index * FIELDS;
  facts[first + LINK] = toLink(previous, text);
  facts[first + AT] = at;
  facts[first + UNTIL] = until;
  facts[first + RECORDED_AT] = recordedAt;
}

const readField = ({ facts, transient }: FactStore, fact: number, field: number) =>
  (fact < 0 ? transient[(-1 - fact) * FIELDS + field] : facts[fact * FIELDS + field]) ?? Number.NaN;

/** Returns the index of a fact's text. */
export const factTextIndex = (own: FactStore, fact: number) => textIn(readField(own, fact, LINK));
/** Returns an instant of a fact in epoch milliseconds, as the next two do; NaN for none. */
export const factTime = (own: FactStore, fact: number) => readField(own, fact, AT);
export const factEnd = (own: FactStore, fact: number) => readField(own, fact, UNTIL);
export const factRecordedAt = (own: FactStore, fact: number) => readField(own, fact, RECORDED_AT);

export function factText(own: FactStore, fact: number): FactText {
  const text = own.texts[factTextIndex(own, fact)];
  if (text === undefined) throw new Error(`no fact ${fact}`);
  return text;
}

/** Returns the index of a text, and decodes it the first time. */
export function indexText({ texts, indexOfText }: FactStore, text: string): number {
  const known = indexOfText.get(text);
  if (known !== undefined) return known;
  if (texts.length >= TEXT_LIMIT) throw new Error("more texts of facts than fit");
  indexOfText.set(text, texts.length);
  return texts.push(decodeFact(text)) - 1;
}

/** Returns the index of a text that counts as `counted` instead of as it is stored. `text` must identify it. */
export function addCountedText(
  { texts, indexOfText }: FactStore,
  text: string,
  counted: FactText,
): number {
  const known = indexOfText.get(text);
  if (known !== undefined) return known;
  indexOfText.set(text, texts.length);
  return texts.push(counted) - 1;
}

/** Lists the facts of a phone, the last one first. Phone -1 has none. */
export function listFacts(own: FactStore, phone: number): number[] {
  const facts: number[] = [];
  for (let fact = own.last[phone] ?? 0; fact !== 0; fact = previousIn(readField(own, fact, LINK))) {
    facts.push(fact);
  }
  return facts;
}

/**
 * Walks through the facts of the first `count` phones, one step of all at a time. The processor then waits for
 * the memory of many facts at once, and has it in its cache when each is read.
 */
export function prefetchFacts({ last, facts }: FactStore, phones: Int32Array, count: number) {
  const next = new Int32Array(count);
  for (let index = 0; index < count; index++) next[index] = last[phones[index] ?? 0] ?? 0;
  for (let found = 1; found !== 0;) {
    found = 0;
    // Fact 0 links to itself, so no step needs a condition.
    for (let index = 0; index < count; index++) {
      const previous = previousIn(facts[(next[index] ?? 0) * FIELDS + LINK] ?? 0);
      next[index] = previous;
      found |= previous;
    }
  }
}

/** Finds the phone of an erased number by its key; -1 if nothing is known of it. */
export function findErasedPhone({ phones, erased }: FactStore, key: string): number {
  const number = erased.get(key);
  return number === undefined ? -1 : findNumber(phones, number);
}
