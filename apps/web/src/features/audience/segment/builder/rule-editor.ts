import type { Fault } from "@ringfence/core/platform/message";
import type { Rule } from "@ringfence/core/audience/segment";
import { createContext, useContext } from "react";
import type { Path } from "./edit-rule";

/** Operations that the rows of a builder use to change the rule. */
export type RuleEditor = {
  /** Replaces a node. Changes typed into the same node are undone together. */
  change: (path: Path, node: Rule) => void;
  add: (path: Path, node: Rule) => void;
  remove: (path: Path) => void;
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
