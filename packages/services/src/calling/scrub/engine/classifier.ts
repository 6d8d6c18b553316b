import { PLAN_COUNT, type Phone } from "@ringfence/core/people/phone";
import { createNumberIndex, indexNumber } from "@ringfence/core/calling/scrub";
import { type Verdict, endsByWaiting, screen } from "@ringfence/core/calling/screening";
import type { ResolvedCall } from "../../screening/resolve-call.ts";
import { LIMIT, createSignatureTable, foldPair } from "./folding.ts";
import { type Numbers, createPhoneSignatures } from "./phone-signature.ts";
import type { LookupResult } from "./look-up.ts";
import type { ScrubSnapshot } from "./snapshot.ts";
import { nearMs } from "./sensitive-spans.ts";

/** Puts numbers into classes of equal facts, and has `screen` decide once about each class. */
export type Classifier = {
  /** The verdict on each number: its place among all, from 1 on; 0 where the digits are 0, which is none. */
  classify: (numbers: Numbers, found: LookupResult) => Int32Array<ArrayBuffer>;
  /** From 1 on: classes are many thousands, but what a result tells of them is a hundred things. */
  verdicts: readonly Verdict[];
};

/** As many different answers as two registries give. */
const ANSWERS = 9;

/** `phoneKey` is asked about each number, where something is known of one that was erased. */
export function createClassifier(
  snapshot: ScrubSnapshot,
  call: ResolvedCall,
  phoneKey: (phone: Phone) => Uint8Array,
): Classifier {
  const likeness = createSignatureTable();
  const likenesses = createPhoneSignatures(likeness, snapshot, call, phoneKey);
  const classes = createNumberIndex(65_536);
  const verdicts: Verdict[] = [];
  const placeOf = new Map<string, number>();
  /** Of each class: the place of its verdict, and whether instants farther ahead may tell its numbers from one another. */
  const verdictOf: number[] = [];
  const isOpen: boolean[] = [];
  /** The verdict on strangers of a plan of whom registries say the same, which most numbers of a file are. */
  const ofStrangers = new Int32Array(PLAN_COUNT * ANSWERS);

  const classOf = (key: number, digits: number, live: number): number => {
    const found = indexNumber(classes, key);
    if (found === verdictOf.length) {
      const verdict = screen(likenesses.allFacts(digits, live));
      const told = verdictKey(verdict);
      const place = placeOf.get(told) ?? verdicts.push(verdict);
      placeOf.set(told, place);
      verdictOf.push(place);
      isOpen.push(!isSettled(verdict, snapshot.at));
    }
    return found;
  };

  return {
    verdicts,
    classify(numbers, { live, answers: [answers, ...more] }) {
      const { digits, plans } = numbers;
      const found = new Int32Array(digits.length);
      const keyOf = (alike: number, row: number) => {
        let all = alike;
        for (const others of more) all = foldPair(likeness, all, others[row] ?? 0);
        return all * LIMIT + (answers?.[row] ?? 0);
      };
      const isPlain = likenesses.areStrangersAlike && more.length === 0;
      likenesses.meet(numbers, live);
      for (let row = 0; row < digits.length; row++) {
        const [number, plan, phone] = [digits[row] ?? 0, plans[row] ?? -1, live[row] ?? -1];
        if (number === 0) continue;
        const answer = answers?.[row] ?? 0;
        const stranger = isPlain && phone === -1 && answer < ANSWERS ? plan * ANSWERS + answer : -1;
        const known = stranger === -1 ? 0 : (ofStrangers[stranger] ?? 0);
        if (known !== 0) {
          found[row] = known;
          continue;
        }
        let place = classOf(keyOf(likenesses.of(number, plan, phone), row), number, phone);
        if (isOpen[place]) {
          const alike = likenesses.exactly(number, plan, phone);
          place = classOf(keyOf(alike, row), number, phone);
        }
        found[row] = verdictOf[place] ?? 0;
        if (stranger !== -1) ofStrangers[stranger] = found[row] ?? 0;
      }
      return found;
    },
  };
}

/** All that a result tells of a verdict. */
const verdictKey = ({ verdict, refusals, callableFrom }: Verdict): string =>
  [verdict, callableFrom?.getTime(), ...refusals.map(({ reason }) => reason)].join(" ");

/**
 * Whether a verdict was found without a look beyond the days that `nearMs` spans: then it is that of all
 * whose facts differ only in instants that lie farther ahead. One that waiting does not mend looked at
 * no later instant at all; another at none behind the one from which the number may be called.
 */
const isSettled = ({ verdict, refusals, callableFrom }: Verdict, at: Date): boolean =>
  verdict === "allow" ||
  !refusals.every(endsByWaiting) ||
  (callableFrom !== null && callableFrom.getTime() <= at.getTime() + nearMs);
