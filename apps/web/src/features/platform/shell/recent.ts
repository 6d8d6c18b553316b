import { RecordKind } from "@ringfence/core/desk/search";
import type { FoundRecord } from "@ringfence/services/desk/search";
import { z } from "zod";

const KEY = "search.recent";
const MAX_RECENT = 5;

const Recent = z.array(z.object({ kind: RecordKind, id: z.string(), title: z.string() }));

/**
 * Kinds whose titles say nothing about a person, so that the browser may keep them until the tab is
 * closed.
 */
const keptKinds: ReadonlySet<RecordKind> = new Set([
  "segment",
  "campaign",
  "offer",
  "capture-form",
  "registry",
]);

/** Reads the records that were opened last in this tab, latest first. */
export function readRecent(): FoundRecord[] {
  if (typeof window === "undefined") return [];
  try {
    return Recent.safeParse(JSON.parse(sessionStorage.getItem(KEY) ?? "[]")).data ?? [];
  } catch {
    return [];
  }
}

/** Remembers a record that was opened from the search, unless it is about a person. */
export function saveRecent(record: FoundRecord) {
  if (!keptKinds.has(record.kind)) return;
  const others = readRecent().filter(({ id }) => id !== record.id);
  sessionStorage.setItem(KEY, JSON.stringify([record, ...others].slice(0, MAX_RECENT)));
}
