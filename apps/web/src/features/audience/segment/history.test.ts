import type { Rule } from "@ringfence/core/audience/segment";
import { expect, it } from "vitest";
import { begun, type Step, stepped } from "./history";

const named = (...of: Rule[]): Rule => ({ is: "all", of });
const [a, b, c]: Rule[] = [named(), named(named()), named(named(), named())];
const after = (...steps: Step[]) => steps.reduce(stepped, begun(a ?? named()));
const to = (rule: Rule | undefined, by = ""): Step => ({ do: "change", to: rule ?? named(), by });
const undo: Step = { do: "undo" };
const redo: Step = { do: "redo" };

it("goes back and forth through changes", () => {
  expect(after(to(b), to(c), undo).now).toBe(b);
  expect(after(to(b), to(c), undo, undo).now).toBe(a);
  expect(after(to(b), to(c), undo, undo, redo).now).toBe(b);
  expect(after(undo).now).toBe(a);
  expect(after(to(b), redo).now).toBe(b);
});

it("forgets what was undone as something else is done", () => {
  expect(after(to(b), undo, to(c), redo).now).toBe(c);
});

it("takes what was typed into one field as one change", () => {
  expect(after(to(b, "/of/0"), to(c, "/of/0"), undo).now).toBe(a);
  expect(after(to(b, "/of/0"), to(c, "/of/1"), undo).now).toBe(b);
});
