import type { Fault } from "@ringfence/core/platform/message";
import type { Rule } from "@ringfence/core/audience/segment";
import { createContext, useContext } from "react";
import type { Path } from "./edit-rule";

/** What the rows of a builder do with the rule that they are parts of. */
export type RuleEditor = {
  /** Replaces a node; what is typed into it is undone together. */
  change: (path: Path, node: Rule) => void;
  add: (path: Path, node: Rule) => void;
  remove: (path: Path) => void;
  faults: readonly Fault[];
  /** How many people each node means alone, by its pointer, where that is known. */
  counts: ReadonlyMap<string, number>;
  /** The pointer of the node that has just been added, and takes the focus; null for none. */
  added: string | null;
};

const EditorContext = createContext<RuleEditor | null>(null);
export const EditorProvider = EditorContext.Provider;

export function useEditor(): RuleEditor {
  const editor = useContext(EditorContext);
  if (editor === null) throw new Error("nothing is edited");
  return editor;
}
