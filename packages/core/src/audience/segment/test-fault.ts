import type { PropertyType } from "../../people/activity/index.ts";
import type { Message } from "../../platform/message/index.ts";
import { spanFault } from "./span-fault.ts";
import type { ValueTest } from "./value-test.ts";

/** What a field holds; of `presence` nothing but whether it is there can be asked. */
export type AskedType = PropertyType | "presence";

const fitting: Record<AskedType, readonly ValueTest["test"][]> = {
  text: ["one-of", "contains", "present"],
  number: ["number", "present"],
  date: ["day", "present"],
  flag: ["one-of", "present"],
  presence: ["present"],
};

/** Why a field cannot be asked so. */
export function testFault(field: string, type: AskedType, test: ValueTest): Message | null {
  if (!fitting[type].includes(test.test)) {
    return { key: "segment.test-unfit", values: { field, type } };
  }
  if (test.test === "day") return spanFault(test.when);
  if (test.test !== "number") return null;
  const { from, to } = test;
  if (from === undefined && to === undefined) return { key: "segment.range-empty" };
  const isBackwards = from !== undefined && to !== undefined && from > to;
  return isBackwards ? { key: "segment.range-backwards" } : null;
}
