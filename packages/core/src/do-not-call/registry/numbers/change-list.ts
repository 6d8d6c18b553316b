import { type NumberSet, addNumber, createNumberSet, removeNumber } from "./number-set.ts";

/** Additions and removals in the order of the publisher's file, not yet sorted by time. */
export type ChangeList = {
  digits: Float64Array<ArrayBuffer>;
  /** Twice the instant in milliseconds, plus one for an addition. */
  acts: Float64Array<ArrayBuffer>;
  length: number;
  /** True while no change is older than the one before it. */
  isInOrder: boolean;
};

export const createChangeList = (): ChangeList => ({
  digits: new Float64Array(64),
  acts: new Float64Array(64),
  length: 0,
  isInOrder: true,
});

/** Appends a change. `atMs` sorts the changes. If the file tells no times, zero keeps them in its order. */
export function addChange(list: ChangeList, digits: number, atMs: number, isAddition: boolean) {
  if (list.length === list.digits.length) {
    list.digits = grow(list.digits);
    list.acts = grow(list.acts);
  }
  const act = atMs * 2 + Number(isAddition);
  const previous = list.acts[list.length - 1] ?? -Infinity;
  if (Math.floor(previous / 2) > atMs) list.isInOrder = false;
  list.digits[list.length] = digits;
  list.acts[list.length] = act;
  list.length++;
}

function grow(array: Float64Array<ArrayBuffer>) {
  const larger = new Float64Array(array.length * 2);
  larger.set(array);
  return larger;
}

/** Finds the latest instant among the changes; null if the publisher gives no times. */
export function findLastInstant({ acts, length }: ChangeList): Date | null {
  let last = 0;
  for (let index = 0; index < length; index++)
    last = Math.max(last, Math.floor((acts[index] ?? 0) / 2));
  return last === 0 ? null : new Date(last);
}

/** Computes the net effect of the changes. The last change of a number counts; of the same instant, the later line. */
export function computeNetChanges(list: ChangeList): { added: NumberSet; removed: NumberSet } {
  const [added, removed] = [createNumberSet(), createNumberSet()];
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
