import type { Message } from "../../platform/message/index.ts";
import { findCallingCode } from "../../people/phone/index.ts";
import type { LawTerm } from "./law-terms.ts";
import {
  type ChosenTerm,
  type RetentionKind,
  RetentionKind as Kinds,
  retentionKinds,
} from "./retention.ts";

/** A term of a policy. Of all terms that may concern a record, the longest counts. */
export type RetentionTerm = {
  kind: RetentionKind;
  /** Country of the person; empty for the term that holds everywhere. */
  place: string;
  /** The country's calling code, such as `+1`, by which numbers are recognized; empty with an empty place. */
  prefix: string;
  /** Null: for good. */
  days: number | null;
  /** The rule of law that asks for it; null if the organization chose it. */
  rule: string | null;
};

/** Why a chosen term cannot be proposed; `place` is empty for the term that holds everywhere. */
export type TermFault = { kind: RetentionKind; place: string; message: Message };

/**
 * Combines what an officer chose with what the law requires. A term of law that is longer than the one chosen for
 * everywhere becomes a term of its country, so nobody has to know the law of countries that are never called. A kind
 * gets no terms, and is kept for good, if none was chosen for everywhere, or if a law that no number tells, such as
 * that of a union, keeps it for good. Returns all faults of what was chosen; with any, do not use the terms.
 */
export function resolveTerms(
  chosen: readonly ChosenTerm[],
  law: readonly LawTerm[],
): { terms: readonly RetentionTerm[]; faults: readonly TermFault[] } {
  const faults = chosen.flatMap((term, index) => listFaults(term, index, chosen, law));
  const terms = Kinds.options.flatMap((kind) => {
    const base = chosen.find((term) => term.kind === kind && term.place === "");
    if (base === undefined) return [];
    const floor = findFloor(law, kind, "");
    if (floor !== null && floor.days === null) return [];
    const days = Math.max(base.days, floor?.days ?? 0);
    const everywhere = {
      kind,
      place: "",
      prefix: "",
      days,
      rule: days > base.days ? (floor?.rule ?? null) : null,
    };
    return [
      everywhere,
      ...listPlaces(kind, chosen, law).flatMap((place) =>
        toPlaceTerm(kind, place, days, chosen, law),
      ),
    ];
  });
  return { terms, faults };
}

const listPlaces = (
  kind: RetentionKind,
  chosen: readonly ChosenTerm[],
  law: readonly LawTerm[],
) => [
  ...new Set([
    ...chosen.flatMap((term) => (term.kind === kind && term.place !== "" ? term.place : [])),
    ...law.flatMap((term) => (term.kind === kind && hasPrefix(term.place) ? term.place : [])),
  ]),
];

function toPlaceTerm(
  kind: RetentionKind,
  place: string,
  everywhere: number,
  chosen: readonly ChosenTerm[],
  law: readonly LawTerm[],
): RetentionTerm[] {
  const own = chosen.find((term) => term.kind === kind && term.place === place)?.days ?? 0;
  const floor = findFloor(law, kind, place);
  const prefix = `+${findCallingCode(place)}`;
  if (floor !== null && floor.days === null)
    return [{ kind, place, prefix, days: null, rule: floor.rule }];
  const days = Math.max(own, floor?.days ?? 0);
  if (days <= everywhere) return [];
  return [{ kind, place, prefix, days, rule: days > own ? (floor?.rule ?? null) : null }];
}

const hasPrefix = (place: string) => findCallingCode(place) !== null;

/**
 * Finds the longest term that the law requires for a country; null if it requires none. With an empty place, the
 * longest one for places without a calling code, such as a union of countries: a number does not tell whether it is of
 * there, so their terms hold everywhere.
 */
function findFloor(law: readonly LawTerm[], kind: RetentionKind, place: string): LawTerm | null {
  const required = law.filter(
    (term) =>
      term.isRequired &&
      term.kind === kind &&
      (place === "" ? !hasPrefix(term.place) : term.place === place),
  );
  return required.toSorted((a, b) => (b.days ?? Infinity) - (a.days ?? Infinity))[0] ?? null;
}

function listFaults(
  { kind, place, days }: ChosenTerm,
  index: number,
  chosen: readonly ChosenTerm[],
  law: readonly LawTerm[],
): TermFault[] {
  const { minDays, maxDays, hasPlace } = retentionKinds[kind];
  const fault = (message: Message) => ({ kind, place, message });
  const faults: TermFault[] = [];
  if (chosen.findIndex((term) => term.kind === kind && term.place === place) !== index)
    faults.push(fault({ key: "retention.twice" }));
  if (place !== "" && (!hasPlace || !hasPrefix(place)))
    faults.push(fault({ key: "retention.no-place" }));
  if (days < minDays) faults.push(fault({ key: "retention.too-short", values: { days: minDays } }));
  if (days > maxDays) faults.push(fault({ key: "retention.too-long", values: { days: maxDays } }));
  const floor = place === "" ? null : findFloor(law, kind, place);
  if (floor !== null && (floor.days === null || days < floor.days))
    faults.push(
      fault(
        floor.days === null
          ? { key: "retention.law-no-end", values: { citation: floor.citation } }
          : { key: "retention.below-law", values: { days: floor.days, citation: floor.citation } },
      ),
    );
  const base = place === "" ? null : chosen.find((term) => term.kind === kind && term.place === "");
  if (base !== null && (base === undefined || days <= base.days))
    faults.push(fault({ key: "retention.place-shorter" }));
  return faults;
}

/**
 * True if the terms of a kind are at least as long as these laws require, or if the kind has none and is kept for good.
 * A change of the law may have made them too short; a sweep then leaves the kind alone.
 */
export function isLongEnough(
  terms: readonly RetentionTerm[],
  law: readonly LawTerm[],
  kind: RetentionKind,
): boolean {
  const everywhere = terms.find((term) => term.kind === kind && term.place === "");
  if (everywhere === undefined) return true;
  const places = law.flatMap((term) =>
    term.kind === kind && hasPrefix(term.place) ? term.place : [],
  );
  return ["", ...places].every((place) => {
    const floor = findFloor(law, kind, place);
    if (floor === null) return true;
    const term = terms.find((one) => one.kind === kind && one.place === place) ?? everywhere;
    if (term.days === null) return true;
    return floor.days !== null && term.days >= floor.days;
  });
}
