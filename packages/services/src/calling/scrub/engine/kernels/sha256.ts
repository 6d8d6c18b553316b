import { type Code, type Local, defineFunction, i32, v128 } from "./assembler.ts";

// SHA-256 (FIPS 180-4) of four messages at once: each of them is a lane, that is, one of the integers of
// every vector.

const ROUNDS = 64;
const WORD_BYTES = 4;
const VECTOR_BYTES = 16;

/** The first bits of the fractions of roots of primes (4.2.2, 5.3.3). */
const fractionBits = (root: number) => Math.floor((root % 1) * 2 ** 32) | 0;
const primes: number[] = [];
for (let number = 2; primes.length < ROUNDS; number++) {
  if (primes.every((prime) => number % prime !== 0)) primes.push(number);
}
export const roundConstants = primes.map((prime) => fractionBits(Math.cbrt(prime)));
export const firstState = primes.slice(0, 8).map((prime) => fractionBits(Math.sqrt(prime)));

const { add, and, xor, shuffle } = v128;
const xorAll = (first: Code, ...more: readonly Code[]) => more.reduce(xor, first);
const shifted = (word: Code, bits: number) => v128.shiftRight(word, bits);
const rotated = (word: Code, bits: number) =>
  xor(shifted(word, bits), v128.shiftLeft(word, 32 - bits));

/** The functions of 4.1.2. */
const sigmaA = (a: Code) => xorAll(rotated(a, 2), rotated(a, 13), rotated(a, 22));
const sigmaE = (e: Code) => xorAll(rotated(e, 6), rotated(e, 11), rotated(e, 25));
const earlier = (word: Code) => xorAll(rotated(word, 7), rotated(word, 18), shifted(word, 3));
const later = (word: Code) => xorAll(rotated(word, 17), rotated(word, 19), shifted(word, 10));
const choice = (e: Code, f: Code, g: Code) => xor(and(e, xor(f, g)), g);

/** Picks four words of two vectors by their indexes; those of the second vector start at 4. */
const pick = (a: Code, b: Code, ...places: readonly number[]) => {
  const bytes = places.flatMap((place) => [0, 1, 2, 3].map((byte) => place * WORD_BYTES + byte));
  return shuffle(a, b, bytes);
};
export const bigEndian = (words: Code) =>
  shuffle(words, words, [3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12]);

type Four = readonly [Local, Local, Local, Local];
type Eight = readonly [...Four, ...Four];

/**
 * Defines a function that continues the state of four lanes (6.2.2) with one block for each. Parameters say
 * where the blocks start. The state is eight vectors in memory, and the constants are integers there.
 */
export function defineCompress(stateAt: number, constantsAt: number) {
  const kept = (place: number) => v128.load(i32.of(stateAt), place * VECTOR_BYTES);
  const constants = roundConstants.map((_, round) =>
    v128.loadSplat(i32.of(constantsAt), round * WORD_BYTES),
  );
  return defineFunction(({ parameter, v128: local }) => {
    const blocks: Four = [parameter(), parameter(), parameter(), parameter()];
    const four = (): Four => [local(), local(), local(), local()];
    const [words, state] = [[four(), four(), four(), four()], [...four(), ...four()] as const];
    return [
      ...words.flatMap((some, quarter) => readWords(blocks, quarter * VECTOR_BYTES, four(), some)),
      ...state.map((word, place) => word.set(kept(place))),
      ...createRounds(words.flat(), state, [local(), local()], constants),
      ...state.map((word, place) =>
        v128.store(i32.of(stateAt), add(kept(place), word.get), place * VECTOR_BYTES),
      ),
    ];
  });
}

/** Reads four words of a block of each lane, and turns them: to a vector of each word, of all the lanes. */
function readWords(blocks: Four, from: number, lanes: Four, words: Four): Code[] {
  const [a, b, c, d] = [lanes[0].get, lanes[1].get, lanes[2].get, lanes[3].get];
  const [ab, cd] = [pick(a, b, 0, 4, 1, 5), pick(c, d, 0, 4, 1, 5)];
  const [abLast, cdLast] = [pick(a, b, 2, 6, 3, 7), pick(c, d, 2, 6, 3, 7)];
  return [
    ...lanes.map((lane, place) => lane.set(bigEndian(v128.load(blocks[place]?.get ?? [], from)))),
    words[0].set(pick(ab, cd, 0, 1, 4, 5)),
    words[1].set(pick(ab, cd, 2, 3, 6, 7)),
    words[2].set(pick(abLast, cdLast, 0, 1, 4, 5)),
    words[3].set(pick(abLast, cdLast, 2, 3, 6, 7)),
  ];
}

function createRounds(
  words: readonly Local[],
  state: Eight,
  spare: [Local, Local],
  constants: Code[],
) {
  let [a, b, c, d, e, f, g, h] = state;
  // The positions where `a` and `b` differ are where `b` and `c` differ in the next round.
  let [differ, differed] = spare;
  const steps = [differed.set(xor(b.get, c.get))];
  for (const [round, constant] of constants.entries()) {
    const [now = a, second = a, tenth = a, last = a] = [0, 1, 9, 14].map(
      (more) => words[(round + more) % words.length] ?? a,
    );
    if (round >= words.length) {
      const sum = add(add(now.get, earlier(second.get)), add(tenth.get, later(last.get)));
      steps.push(now.set(sum));
    }
    const fromE = add(sigmaE(e.get), choice(e.get, f.get, g.get));
    const majority = xor(and(differ.get, differed.get), b.get);
    steps.push(
      h.set(add(add(h.get, add(now.get, constant)), fromE)),
      d.set(add(d.get, h.get)),
      differ.set(xor(a.get, b.get)),
      h.set(add(h.get, add(sigmaA(a.get), majority))),
    );
    [a, b, c, d, e, f, g, h] = [h, a, b, c, d, e, f, g];
    [differ, differed] = [differed, differ];
  }
  return steps;
}
