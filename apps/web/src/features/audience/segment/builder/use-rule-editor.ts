"use client";
import type { Rule } from "@ringfence/core/audience/segment";
import { useReducer, useState } from "react";
import { addAt, startHistory, nodeAt, toPointer, replaceAt, applyStep } from "./edit-rule";
import type { RuleEditor } from "./rule-editor";

/** Holds the edited rule and its history. */
export function useRuleEditor(first: Rule) {
  const [history, step] = useReducer(applyStep, first, startHistory);
  const [added, setAdded] = useState<string | null>(null);
  const rule = history.now;
  const to = (to: Rule, by = "") => step({ do: "change", to, by });
  const editor: Omit<RuleEditor, "faults" | "counts"> = {
    added,
    change: (path, node) => to(replaceAt(rule, path, node), toPointer(path)),
    add(path, node) {
      const group = nodeAt(rule, path);
      const place = group && "of" in group ? group.of.length : 0;
      setAdded(toPointer([...path, place]));
      to(addAt(rule, path, node));
    },
    remove(path) {
      setAdded(null);
      to(replaceAt(rule, path));
    },
  };
  return {
    rule,
    told: (told: Pick<RuleEditor, "faults" | "counts">): RuleEditor => ({ ...editor, ...told }),
    replace: (rule: Rule) => to(rule, "json"),
    undo: history.past.length > 0 ? () => step({ do: "undo" }) : null,
    redo: history.future.length > 0 ? () => step({ do: "redo" }) : null,
  };
}
