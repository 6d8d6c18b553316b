import { type NumberSet, addNumber, emptySet, removeNumber } from "./number-set.ts";

/** Additions and removals as a publisher tells them, before they are put in the order of time. */
export type ChangeList = {
  digits: Float64Array<ArrayBuffer>;
  /** Twice the instant in milliseconds, and one more for an addition. */
  acts: Float64Array<ArrayBuffer>;
  length: number;
  isInOrder: boolean;
};

export const emptyList = (): ChangeList => ({
  digits: new Float64Array(64),
  acts: new Float64Array(64),
  length: 0,
  isInOrder: true,
});

/** `atMs` orders the changes; where a publisher tells no time, zero keeps them as they come. */
export function addChange(list: ChangeList, digits: number, atMs: number, isAddition: boolean) {
  if (list.length === list.digits.length) {
    list.digits = twice(list.digits);
    list.acts = twice(list.acts);
  }
  const act = atMs * 2 + Number(isAddition);
  const previous = list.acts[list.length - 1] ?? -Infinity;
  if (Math.floor(previous / 2) > atMs) list.isInOrder = false;
  list.digits[list.length] = digits;
  list.acts[list.length] = act;
  list.length++;
}

function twice(array: Float64Array<ArrayBuffer>) {
  const larger = new Float64Array(array.length * 2);
  larger.set(array);
  return larger;
}

/** The last instant that the changes tell; null where their publisher tells none. */
export function lastInstant({ acts, length }: ChangeList): Date | null {
  let last = 0;
  for (let index = 0; index < length; index++)
    last = Math.max(last, Math.floor((acts[index] ?? 0) / 2));
  return last === 0 ? null : new Date(last);
}

/** What the changes come to: of a number, the last one counts; of one instant, the later line. */
export function settle(list: ChangeList): { added: NumberSet; removed: NumberSet } {
  const [added, removed] = [emptySet(), emptySet()];
  const act = (index: number) => list.acts[index] ?? 0;
  const order = Uint32Array.from({ length: list.length }, (_, index) => index);
  if (!list.isInOrder) order.sort((a, b) => Math.floor(act(a) / 2) - Math.floor(act(b) / 2));

  for (const index of order) {
    const digits = list.digits[index] ?? 0;
    const isAddition = act(index) % 2 === 1;
    addNumber(isAddition ? added : removed, digits);
    removeNumber(isAddition ? removed : added, digits);
  }
  return { added, removed };
}
