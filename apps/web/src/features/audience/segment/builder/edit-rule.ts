import { type Rule, isGroup } from "@ringfence/core/audience/segment";

/** Where a node stands: its place among those of its group, group after group; empty is the whole. */
export type Path = readonly number[];

/** The same as a JSON pointer, by which faults name nodes. */
export const toPointer = (path: Path) => path.map((index) => `/of/${index}`).join("");

/** A rule in which a node was replaced by others: none removes it. The whole is replaced by one. */
export function replaceAt(rule: Rule, path: Path, ...nodes: Rule[]): Rule {
  const [index, ...rest] = path;
  if (index === undefined) return nodes[0] ?? rule;
  if (!isGroup(rule)) return rule;
  const inner = rule.of[index];
  if (inner === undefined) return rule;
  const changed = rest.length === 0 ? nodes : [replaceAt(inner, rest, ...nodes)];
  return { ...rule, of: rule.of.toSpliced(index, 1, ...changed) };
}

/** A rule in which a group has a node more, at its end. */
export function addAt(rule: Rule, path: Path, node: Rule): Rule {
  const group = nodeAt(rule, path);
  if (group === undefined || !isGroup(group)) return rule;
  return replaceAt(rule, path, { ...group, of: [...group.of, node] });
}

export const nodeAt = (rule: Rule, path: Path): Rule | undefined =>
  path.reduce<Rule | undefined>(
    (node, index) => (node && isGroup(node) ? node.of[index] : undefined),
    rule,
  );

/** Names the button by which a group gets a row more. */
export const addButtonId = (path: Path) => `add-to-${path.join("-")}`;

/** A rule as it is built, and as it was: `by` names the last change, for those that continue it. */
type History = { past: readonly Rule[]; now: Rule; future: readonly Rule[]; by: string };

export type HistoryStep = { do: "undo" | "redo" } | { do: "change"; to: Rule; by: string };

const MAX_STEPS = 100;

export const startHistory = (rule: Rule): History => ({ past: [], now: rule, future: [], by: "" });

/** What follows from a step. Letters that are typed into one field are undone together. */
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
