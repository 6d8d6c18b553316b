import { MOST_VALUES, type Values } from "@ringfence/core/audience/segment/columns";
import type { TestedValue } from "@ringfence/core/audience/segment";
import type { Budget } from "./budget.ts";
import { growing } from "./rows-of-people.ts";

/** Values as rows come, each by its code. */
export type GrowingValues = {
  /** What it says is told by a text; null where it says more different things than are kept. */
  codeOf: (text: string, valuesOf: () => readonly TestedValue[]) => number;
  put: (row: number, code: number) => void;
  /** All codes, which are given away. */
  give: () => Uint16Array;
  known: (readonly TestedValue[])[];
  isTooWide: () => boolean;
};

const NOTHING = 0;

export function growingValues(budget: Budget, room?: number): GrowingValues {
  const known: (readonly TestedValue[])[] = [[]];
  const codeByText = new Map<string, number>();
  const column = growing((length) => new Uint16Array(length), budget, room);
  let isTooWide = false;
  return {
    known,
    give: () => column.give(),
    isTooWide: () => isTooWide,
    put: (row, code) => column.put(row, code),
    codeOf(text, valuesOf) {
      if (isTooWide) return NOTHING;
      const code = codeByText.get(text);
      if (code !== undefined) return code;
      if (known.length > MOST_VALUES) {
        isTooWide = true;
        codeByText.clear();
        known.length = 1;
        return NOTHING;
      }
      budget.take(BYTES_OF_VALUE + 2 * text.length);
      known.push(valuesOf());
      codeByText.set(text, known.length - 1);
      return known.length - 1;
    },
  };
}

/** Of what a value takes beside its text, about. */
const BYTES_OF_VALUE = 200;

/** Of columns that have a place for everybody: all codes, those that were never put among them. */
export function valuesOfAll({ give, known }: GrowingValues, people: number): Values {
  const all = new Uint16Array(people);
  all.set(give().subarray(0, people));
  return { codes: all, known };
}
