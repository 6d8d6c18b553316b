import type { Rule } from "@ringfence/core/audience/segment";
import { describe, expect, it } from "vitest";
import {
  type HistoryStep,
  addAt,
  applyStep,
  findNode,
  replaceAt,
  startHistory,
  toPointer,
} from "./edit-rule";

describe("rule edit", () => {
  const known = (field: string): Rule => ({
    is: "attribute",
    field,
    test: { test: "present", isPresent: true },
  });

  const [a, b, c] = [known("a"), known("b"), known("c")];

  const rule: Rule = { is: "all", of: [a, { is: "any", of: [b, c] }] };

  it("finds a node by its path, and names its pointer", () => {
    expect(findNode(rule, [1, 0])).toBe(b);
    expect(findNode(rule, [])).toBe(rule);
    expect(findNode(rule, [0, 0])).toBeUndefined();
    expect(toPointer([1, 0])).toBe("/of/1/of/0");
  });

  it("replaces, removes and adds at any depth, and leaves the rest as it is", () => {
    expect(replaceAt(rule, [1, 0], c)).toEqual({ is: "all", of: [a, { is: "any", of: [c, c] }] });
    expect(replaceAt(rule, [1, 0])).toEqual({ is: "all", of: [a, { is: "any", of: [c] }] });
    expect(replaceAt(rule, [], a)).toBe(a);
    expect(addAt(rule, [1], a)).toEqual({ is: "all", of: [a, { is: "any", of: [b, c, a] }] });
    expect(addAt(rule, [0], a)).toEqual(rule);
    expect(replaceAt(rule, [7], a)).toEqual(rule);
  });
});

describe("history", () => {
  const named = (...of: Rule[]): Rule => ({ is: "all", of });

  const [a, b, c]: Rule[] = [named(), named(named()), named(named(), named())];

  const after = (...steps: HistoryStep[]) => steps.reduce(applyStep, startHistory(a ?? named()));

  const to = (rule: Rule | undefined, by = ""): HistoryStep => ({
    do: "change",
    to: rule ?? named(),
    by,
  });

  const undo: HistoryStep = { do: "undo" };

  const redo: HistoryStep = { do: "redo" };

  it("undoes and redoes changes", () => {
    expect(after(to(b), to(c), undo).now).toBe(b);
    expect(after(to(b), to(c), undo, undo).now).toBe(a);
    expect(after(to(b), to(c), undo, undo, redo).now).toBe(b);
    expect(after(undo).now).toBe(a);
    expect(after(to(b), redo).now).toBe(b);
  });

  it("forgets undone changes after a new one", () => {
    expect(after(to(b), undo, to(c), redo).now).toBe(c);
  });

  it("merges changes typed into one field", () => {
    expect(after(to(b, "/of/0"), to(c, "/of/0"), undo).now).toBe(a);
    expect(after(to(b, "/of/0"), to(c, "/of/1"), undo).now).toBe(b);
  });
});
