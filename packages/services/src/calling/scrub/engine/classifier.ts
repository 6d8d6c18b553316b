import { PLAN_COUNT, type Phone } from "@ringfence/core/people/phone";
import { createNumberIndex, indexNumber } from "@ringfence/core/calling/scrub";
import { type Verdict, isSettledByNearSpans, screen } from "@ringfence/core/calling/screening";
import type { ResolvedCall } from "../../screening/internal.ts";
import { LIMIT, createSignatureTable, foldPair } from "./folding.ts";
import { type Numbers, createPhoneSignatures } from "./phone-signature.ts";
import type { LookupResult } from "./look-up.ts";
import type { ScrubSnapshot } from "./snapshot.ts";

/*
 * The engine of scrubs. It reads one snapshot of all facts (`snapshot.ts`), reads the file row by row
 * (`read-file.ts`), puts numbers whose facts differ in nothing that can change a verdict into one class
 * (`phone-signature.ts`, with `core/calling/screening/signature.ts`), calls `screen` once per class, and writes
 * and hashes the rows (`result-writer.ts`, `row-tree.ts`, `row-machine.ts`). `screen-file.ts` is its entrance: it runs all
 * of that in two threads. Rows pass by in millions, so that nothing may be done for each row that can be done
 * for a stretch of rows or for a class. Decision 11 has the reasons and the numbers.
 */

/** Puts numbers into classes of equal facts, and asks `screen` once about each class. */
export type Classifier = {
  /** Returns the verdict on each number, as its index in `verdicts` plus 1; 0 for no number. */
  classify: (numbers: Numbers, found: LookupResult) => Int32Array<ArrayBuffer>;
  /** The different verdicts so far. There are many thousand classes, and about a hundred verdicts. */
  verdicts: readonly Verdict[];
};

/** Number of different answers of two registries. */
const ANSWERS = 9;

/** Creates a classifier. `phoneKey` is called for each number if facts about erased numbers exist. */
export function createClassifier(
  snapshot: ScrubSnapshot,
  call: ResolvedCall,
  phoneKey: (phone: Phone) => Uint8Array,
): Classifier {
  const table = createSignatureTable();
  const signatures = createPhoneSignatures(table, snapshot, call, phoneKey);
  const classes = createNumberIndex(65_536);
  const verdicts: Verdict[] = [];
  const verdictIndexes = new Map<string, number>();
  /** Index of the verdict of each class, and whether later instants may divide the class. */
  const verdictByClass: number[] = [];
  const isOpen: boolean[] = [];
  /** Cached verdicts on unknown numbers by plan and registry answer: most numbers of a file are such. */
  const ofStrangers = new Int32Array(PLAN_COUNT * ANSWERS);

  const findClass = (key: number, digits: number, live: number): number => {
    const found = indexNumber(classes, key);
    if (found === verdictByClass.length) {
      const verdict = screen(signatures.allFacts(digits, live));
      const text = verdictKey(verdict);
      const place = verdictIndexes.get(text) ?? verdicts.push(verdict);
      verdictIndexes.set(text, place);
      verdictByClass.push(place);
      isOpen.push(!isSettledByNearSpans(verdict, snapshot.at));
    }
    return found;
  };

  return {
    verdicts,
    classify(numbers, { live, answers: [answers, ...more] }) {
      const { digits, plans } = numbers;
      const found = new Int32Array(digits.length);
      const combineKey = (alike: number, row: number) => {
        let all = alike;
        for (const others of more) all = foldPair(table, all, others[row] ?? 0);
        return all * LIMIT + (answers?.[row] ?? 0);
      };
      const isPlain = signatures.areStrangersAlike && more.length === 0;
      signatures.meet(numbers, live);
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
        let place = findClass(combineKey(signatures.of(number, plan, phone), row), number, phone);
        if (isOpen[place]) {
          const alike = signatures.exactly(number, plan, phone);
          place = findClass(combineKey(alike, row), number, phone);
        }
        found[row] = verdictByClass[place] ?? 0;
        if (stranger !== -1) ofStrangers[stranger] = found[row] ?? 0;
      }
      return found;
    },
  };
}

/** Everything that a result shows of a verdict. */
const verdictKey = ({ verdict, refusals, callableFrom }: Verdict): string =>
  [verdict, callableFrom?.getTime(), ...refusals.map(({ reason }) => reason)].join(" ");
