import { z } from "zod";
import { canonicalJson } from "./canonical-json.ts";
import { JurisdictionId } from "./jurisdiction.ts";
import {
  isStricterToAdd,
  isStricterToRemove,
  isStricterToReplace,
  judgeAlike,
} from "./provably-stricter.ts";
import {
  type LawDocument,
  type LawPlace,
  RegistryEntry,
  type RuleBook,
  toRuleBook,
} from "./rule-book.ts";
import { OfficersReason } from "./officers-reason.ts";
import { hashRuleSet } from "./rule-set.ts";
import { type Rule, RuleRow, toRule } from "./rule.ts";

/*
 * Compares two laws part by part, says which changes can only refuse more, and keeps the former version of the
 * others. A part is a rule, a place (with its rules where it is new or gone) or a registry.
 */

/** Effect of a change. `looser`: looser, or not provably stricter. `words`: it affects no verdict. */
export type ChangeEffect = "stricter" | "looser" | "words";

/** A part of a law as a document has it. */
const LawPart = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("rule"), jurisdiction: JurisdictionId, rule: RuleRow }),
  z.strictObject({
    kind: z.literal("place"),
    place: z.strictObject({
      id: JurisdictionId,
      name: z.string(),
      parent: JurisdictionId.nullable(),
      /** Null if only the place itself changed. */
      rules: z.array(RuleRow).nullable(),
    }),
  }),
  z.strictObject({ kind: z.literal("registry"), registry: RegistryEntry }),
]);
export type LawPart = z.infer<typeof LawPart>;

export type LawChange = {
  /** `rule US-FL.cap`, `place US-WY`, `registry US-FTC-DNC`. */
  part: string;
  jurisdiction: JurisdictionId | null;
  effect: ChangeEffect;
  /** Null if it is new. */
  before: LawPart | null;
  /** Null if it ends. */
  after: LawPart | null;
};

/** Lists what differs between two laws. */
export function compareLaws(before: LawDocument, after: LawDocument): LawChange[] {
  const laws = { before: toRuleBook(before), after: toRuleBook(after) };
  const [old, fresh] = [listParts(before, after), listParts(after, before)];
  return [...new Set([...old.keys(), ...fresh.keys()])].toSorted().flatMap((part) => {
    const [was, is] = [old.get(part) ?? null, fresh.get(part) ?? null];
    if (canonicalJson(withoutExamples(was)) === canonicalJson(withoutExamples(is))) return [];
    const effect = findEffect(was, is, laws);
    return { part, jurisdiction: findPlace(is ?? was), effect, before: was, after: is };
  });
}

/** Lists the parts of a law. A place that the other law does not have is one part with all its rules. */
function listParts(law: LawDocument, other: LawDocument): ReadonlyMap<string, LawPart> {
  const others = new Set(other.jurisdictions.map(({ id }) => id));
  const ofPlace = ({ rules, ...place }: LawPlace): [string, LawPart][] => {
    const isShared = others.has(place.id);
    const self: LawPart = { kind: "place", place: { ...place, rules: isShared ? null : rules } };
    const ruleParts = rules.map((rule): [string, LawPart] => [
      `rule ${rule.rule_id}`,
      { kind: "rule", jurisdiction: place.id, rule },
    ]);
    return [[`place ${place.id}`, self], ...(isShared ? ruleParts : [])];
  };
  return new Map([
    ...law.jurisdictions.flatMap(ofPlace),
    ...law.registries.map((registry): [string, LawPart] => [
      `registry ${registry.id}`,
      { kind: "registry", registry },
    ]),
  ]);
}

/** Examples decide nothing and are not stored with a law. */
function withoutExamples(part: LawPart | null): unknown {
  if (part?.kind === "rule") return { ...part, rule: dropExamples(part.rule) };
  if (part?.kind !== "place" || part.place.rules === null) return part;
  return { ...part, place: { ...part.place, rules: part.place.rules.map(dropExamples) } };
}

function dropExamples(rule: RuleRow): RuleRow {
  const { examples: _, ...others } = rule;
  return others;
}

const findPlace = (part: LawPart | null): JurisdictionId | null => {
  if (part?.kind === "rule") return part.jurisdiction;
  return part?.kind === "place" ? part.place.id : null;
};

type Laws = { before: RuleBook; after: RuleBook };

function findEffect(before: LawPart | null, after: LawPart | null, laws: Laws): ChangeEffect {
  const kind = (before ?? after)?.kind;
  if (kind === "registry") return findRegistryEffect(before, after);
  if (kind === "place") return findPlaceEffect(before, after, laws);
  const [was, is] = [toRuleOfPart(before), toRuleOfPart(after)];
  if (was && is) {
    if (judgeAlike(was, is)) return "words";
    return isStricterToReplace(was, is, laws) ? "stricter" : "looser";
  }
  if (is) return isStricterToAdd(is, laws) ? "stricter" : "looser";
  return was && isStricterToRemove(was) ? "stricter" : "looser";
}

const toRuleOfPart = (part: LawPart | null): Rule | null =>
  part?.kind === "rule" ? toRule(part.jurisdiction, part.rule) : null;

/** While it is not read, a registry refuses; with `unread: warn` it only warns. */
function findRegistryEffect(before: LawPart | null, after: LawPart | null): ChangeEffect {
  const warns = (part: LawPart | null) =>
    part?.kind === "registry" && part.registry.unread === "warn";
  if (warns(before) === warns(after)) return "words";
  return warns(after) ? "looser" : "stricter";
}

/**
 * A new part of a known country can only add rules. Anything else that changes a place changes which rules apply: a
 * country without rules is not called at all.
 */
function findPlaceEffect(before: LawPart | null, after: LawPart | null, laws: Laws): ChangeEffect {
  if (before?.kind === "place" && after?.kind === "place") {
    return before.place.parent === after.place.parent ? "words" : "looser";
  }
  if (before !== null || after?.kind !== "place") return "looser";
  const { id, parent, rules } = after.place;
  const isPartOfKnown =
    parent !== null && parent === id.slice(0, 2) && laws.before.jurisdictions.has(parent);
  const onlyAdds = (rules ?? []).every((row) => isStricterToAdd(toRule(id, row), laws));
  return isPartOfKnown && onlyAdds ? "stricter" : "looser";
}

/** Parts of a former law that judge beside a newer one, because an organization has not accepted their change. */
export const KeptParts = z.strictObject({
  schema: z.literal("telemarketing-rules-kept/1.0"),
  /** Hash of the law in force. */
  base: z.string().regex(/^[0-9a-f]{64}$/),
  /** The former version of each part, by its name; null if there was none. */
  kept: z.record(z.string(), LawPart.nullable()),
});
export type KeptParts = z.infer<typeof KeptParts>;

/** Keeps the former versions of some changes. */
export const keepFormerParts = (base: string, changes: readonly LawChange[]): KeptParts => ({
  schema: "telemarketing-rules-kept/1.0",
  base,
  kept: Object.fromEntries(changes.map(({ part, before }) => [part, dropExamplesOfPart(before)])),
});

function dropExamplesOfPart(part: LawPart | null): LawPart | null {
  return LawPart.nullable().parse(withoutExamples(part));
}

/** Returns a law with some of its parts as they were before. */
export function restoreParts(law: LawDocument, { kept }: KeptParts): LawDocument {
  let restored = law;
  for (const [part, before] of Object.entries(kept).toSorted(compareRestoreOrder)) {
    restored = restorePart(restored, part, before);
  }
  return restored;
}

/**
 * Sorts parts in the order in which they are restored. New rules are removed first, because a removed place may have
 * had a rule with the same id. Places come before former rules, because a former rule may belong to a removed place.
 */
const compareRestoreOrder = (a: [string, unknown], b: [string, unknown]) =>
  toRestoreOrder(a) - toRestoreOrder(b);

function toRestoreOrder([part, before]: [string, unknown]): number {
  if (part.startsWith("place ")) return 1;
  return before === null ? 0 : 2;
}

function restorePart(law: LawDocument, part: string, before: LawPart | null): LawDocument {
  const [kind, id = ""] = part.split(" ");
  if (kind === "registry") {
    const others = law.registries.filter((registry) => registry.id !== id);
    return {
      ...law,
      registries: before?.kind === "registry" ? [...others, before.registry] : others,
    };
  }
  if (kind === "place") {
    const present = law.jurisdictions.find((place) => place.id === id);
    const others = law.jurisdictions.filter((place) => place.id !== id);
    if (before?.kind !== "place") return { ...law, jurisdictions: others };
    const rules = before.place.rules ?? present?.rules ?? [];
    return { ...law, jurisdictions: [...others, { ...before.place, rules }] };
  }
  return {
    ...law,
    jurisdictions: law.jurisdictions.map((place) => ({
      ...place,
      rules: [
        ...place.rules.filter((rule) => rule.rule_id !== id),
        ...(before?.kind === "rule" && before.jurisdiction === place.id ? [before.rule] : []),
      ],
    })),
  };
}

/** Returns the hash of a change. Accepting a change does not accept another change of the same part. */
export const hashLawChange = ({ part, before, after }: LawChange): string =>
  hashRuleSet(canonicalJson([part, withoutExamples(before), withoutExamples(after)]));

/** Proposes that an organization accept changes, by their hashes. */
export const ProposeLawAcceptance = z.object({
  changes: z
    .array(z.string().regex(/^[0-9a-f]{64}$/))
    .min(1)
    .max(1_000),
  reason: OfficersReason,
});
export type ProposeLawAcceptance = z.infer<typeof ProposeLawAcceptance>;

/** Another officer's answer. */
export const AnswerLawAcceptance = z.object({
  id: z.uuid(),
  isAccepted: z.boolean(),
  reason: OfficersReason,
});
export type AnswerLawAcceptance = z.infer<typeof AnswerLawAcceptance>;
