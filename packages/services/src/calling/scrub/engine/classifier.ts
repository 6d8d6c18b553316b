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

/**
 * Creates a classifier. `phoneKey` is called for each number if facts about erased numbers exist. Verdicts are only
 * ever added to `verdicts`, so an index stays valid.
 */
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
  /** Index of the verdict of each class, plus 1. */
  const verdictByClass: number[] = [];
  /** For each class, whether later instants may divide it. */
  const isDivisible: boolean[] = [];
  /** Cached verdicts on numbers without facts, by plan and registry answer: most numbers of a file have none. */
  const verdictOfUnknown = new Int32Array(PLAN_COUNT * ANSWERS);

  const findClass = (key: number, digits: number, phone: number): number => {
    const found = indexNumber(classes, key);
    if (found === verdictByClass.length) {
      const verdict = screen(signatures.allFacts(digits, phone));
      const text = verdictKey(verdict);
      const index = verdictIndexes.get(text) ?? verdicts.push(verdict);
      verdictIndexes.set(text, index);
      verdictByClass.push(index);
      isDivisible.push(!isSettledByNearSpans(verdict, snapshot.at));
    }
    return found;
  };

  return {
    verdicts,
    classify(numbers, { phones, answers: [answers, ...more] }) {
      const { digits, plans } = numbers;
      const found = new Int32Array(digits.length);
      /** Combines a signature with the answers of the registries about the number. */
      const combineKey = (signature: number, row: number) => {
        let all = signature;
        for (const others of more) all = foldPair(table, all, others[row] ?? 0);
        return all * LIMIT + (answers?.[row] ?? 0);
      };
      const isPlain = signatures.areUnknownAlike && more.length === 0;
      signatures.prepare(numbers, phones);
      for (let row = 0; row < digits.length; row++) {
        const [number, plan, phone] = [digits[row] ?? 0, plans[row] ?? -1, phones[row] ?? -1];
        if (number === 0) continue;
        const answer = answers?.[row] ?? 0;
        const unknown = isPlain && phone === -1 && answer < ANSWERS ? plan * ANSWERS + answer : -1;
        const known = unknown === -1 ? 0 : (verdictOfUnknown[unknown] ?? 0);
        if (known !== 0) {
          found[row] = known;
          continue;
        }
        const near = signatures.near(number, plan, phone);
        let index = findClass(combineKey(near, row), number, phone);
        if (isDivisible[index]) {
          const exact = signatures.exact(number, plan, phone);
          index = findClass(combineKey(exact, row), number, phone);
        }
        found[row] = verdictByClass[index] ?? 0;
        if (unknown !== -1) verdictOfUnknown[unknown] = found[row] ?? 0;
      }
      return found;
    },
  };
}

/** Everything that a result shows of a verdict. */
const verdictKey = ({ verdict, refusals, callableFrom }: Verdict): string =>
  [verdict, callableFrom?.getTime(), ...refusals.map(({ reason }) => reason)].join(" ");
