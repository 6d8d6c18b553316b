import type { Draft } from "./draft.ts";
import { isDay } from "./is-day.ts";

export type DncName = { area: number; publishedOn: string };

/** `2026-8-5_818_ABC123.txt` is the full list of 818 on August 5. */
export function readDncName(file: string): DncName | null {
  const name = /^(?<year>\d{4})-(?<month>\d\d?)-(?<day>\d\d?)_(?<area>[2-9]\d\d)_/.exec(
    file,
  )?.groups;
  if (!name) return null;
  const { year = "", month = "", day = "", area } = name;
  const publishedOn = [year, month.padStart(2, "0"), day.padStart(2, "0")].join("-");
  return isDay(publishedOn) ? { area: 1_000 + Number(area), publishedOn } : null;
}

/** Of several files, the oldest tells how old the whole is. */
export function dateFullList(draft: Draft, named: DncName | null) {
  if (named === null || draft.kind !== "full") return;
  const { publishedOn } = draft;
  draft.publishedOn =
    publishedOn === null || named.publishedOn < publishedOn ? named.publishedOn : publishedOn;
}
