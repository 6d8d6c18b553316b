import type { Rule } from "@ringfence/core/audience/segment";

/** A rule as it is built, and as it was: `by` names the last change, for those that continue it. */
export type History = { past: readonly Rule[]; now: Rule; future: readonly Rule[]; by: string };

export type Step = { do: "undo" | "redo" } | { do: "change"; to: Rule; by: string };

const KEPT = 100;

export const begun = (rule: Rule): History => ({ past: [], now: rule, future: [], by: "" });

/** What follows from a step. Letters that are typed into one field are undone together. */
export function stepped(history: History, step: Step): History {
  const { past, now, future } = history;
  switch (step.do) {
    case "change": {
      if (step.to === now) return history;
      const continues = step.by !== "" && step.by === history.by;
      const before = continues ? past : [...past, now].slice(-KEPT);
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
