"use client";
import { type Rule, isGroup } from "@ringfence/core/audience/segment";
import type { Fault } from "@ringfence/core/platform/message";
import { createContext, useContext, useReducer, useState } from "react";

/** Path to a node: its index in each group from the top down. An empty path is the whole rule. */
export type RulePath = readonly number[];

/** Converts a path to the JSON pointer that faults use. */
export const toPointer = (path: RulePath) => path.map((index) => `/of/${index}`).join("");

/**
 * Replaces a node with others, or removes it if there are none. The whole rule can only be replaced with one. A path
 * that leads nowhere changes nothing.
 */
export function replaceAt(rule: Rule, path: RulePath, ...nodes: Rule[]): Rule {
  const [index, ...rest] = path;
  if (index === undefined) return nodes[0] ?? rule;
  if (!isGroup(rule)) return rule;
  const inner = rule.of[index];
  if (inner === undefined) return rule;
  const changed = rest.length === 0 ? nodes : [replaceAt(inner, rest, ...nodes)];
  return { ...rule, of: rule.of.toSpliced(index, 1, ...changed) };
}

/** Adds a node at the end of a group. */
export function addAt(rule: Rule, path: RulePath, node: Rule): Rule {
  const group = findNode(rule, path);
  if (group === undefined || !isGroup(group)) return rule;
  return replaceAt(rule, path, { ...group, of: [...group.of, node] });
}

export const findNode = (rule: Rule, path: RulePath): Rule | undefined =>
  path.reduce<Rule | undefined>(
    (node, index) => (node && isGroup(node) ? node.of[index] : undefined),
    rule,
  );

/** Id of the button that adds a row to a group. */
export const addButtonId = (path: RulePath) => `add-to-${path.join("-")}`;

/**
 * The current rule with its history. `by` names the last change, so that a continued one is merged into
 * it.
 */
type History = { past: readonly Rule[]; now: Rule; future: readonly Rule[]; by: string };

export type HistoryStep = { do: "undo" | "redo" } | { do: "change"; to: Rule; by: string };

const MAX_STEPS = 100;

export const startHistory = (rule: Rule): History => ({ past: [], now: rule, future: [], by: "" });

/** Applies a step to the history. Letters typed into one field are undone together. */
export function applyStep(history: History, step: HistoryStep): History {
  const { past, now, future } = history;
  switch (step.do) {
    case "change": {
      if (step.to === now) return history;
      const continues = step.by !== "" && step.by === history.by;
      const before = continues ? past : [...past, now].slice(-MAX_STEPS);
      return { past: before, now: step.to, future: [], by: step.by };
    }
    case "undo": {
      const before = past.at(-1);
      if (before === undefined) return history;
      return { past: past.slice(0, -1), now: before, future: [now, ...future], by: "" };
    }
    case "redo": {
      const [next, ...rest] = future;
      if (next === undefined) return history;
      return { past: [...past, now], now: next, future: rest, by: "" };
    }
  }
}

/** Operations that the rows of a builder use to change the rule. */
type RuleEditor = {
  /** Replaces a node. Changes typed into the same node are undone together. */
  change: (path: RulePath, node: Rule) => void;
  add: (path: RulePath, node: Rule) => void;
  remove: (path: RulePath) => void;
  faults: readonly Fault[];
  /** Number of people that each node matches alone, by its pointer, where known. */
  counts: ReadonlyMap<string, number>;
  /** Pointer of the node that was just added and takes the focus; null if there is none. */
  added: string | null;
};

const EditorContext = createContext<RuleEditor | null>(null);
export const EditorProvider = EditorContext.Provider;

export function useEditor(): RuleEditor {
  const editor = useContext(EditorContext);
  if (editor === null) throw new Error("nothing is edited");
  return editor;
}

/** Holds the edited rule and its history. */
export function useRuleEditor(first: Rule) {
  const [history, step] = useReducer(applyStep, first, startHistory);
  const [added, setAdded] = useState<string | null>(null);
  const rule = history.now;
  const changeTo = (to: Rule, by = "") => step({ do: "change", to, by });
  const editor: Omit<RuleEditor, "faults" | "counts"> = {
    added,
    change: (path, node) => changeTo(replaceAt(rule, path, node), toPointer(path)),
    add(path, node) {
      const group = findNode(rule, path);
      const index = group && "of" in group ? group.of.length : 0;
      setAdded(toPointer([...path, index]));
      changeTo(addAt(rule, path, node));
    },
    remove(path) {
      setAdded(null);
      changeTo(replaceAt(rule, path));
    },
  };
  return {
    rule,
    withResults: (results: Pick<RuleEditor, "faults" | "counts">): RuleEditor => ({
      ...editor,
      ...results,
    }),
    replace: (rule: Rule) => changeTo(rule, "json"),
    undo: history.past.length > 0 ? () => step({ do: "undo" }) : null,
    redo: history.future.length > 0 ? () => step({ do: "redo" }) : null,
  };
}
