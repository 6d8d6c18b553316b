import { z } from "zod";
import { Dialer } from "../../account/organization/index.ts";
import { PurposeKind } from "../../account/purpose/index.ts";
import { Element } from "../../consents/consent/index.ts";
import { withMessage } from "../../platform/message/index.ts";
import { storableText } from "../../platform/text/index.ts";
import { HoursWindow } from "../../platform/time/index.ts";
import {
  JurisdictionId,
  canonicalJson,
  checkClosedDays,
  hashRuleSet,
} from "../../people/jurisdiction/index.ts";

/*
 * The rules of a policy: what an organization asks of its own calls beyond the law. Every kind can only refuse calls,
 * and the schemas are strict, so no document can hold a rule that permits something.
 */

/** Most days that a cap may look back: the facts of a screening hold the calls of 32 days. */
const MAX_CAP_DAYS = 30;

const nonEmptyList = <T extends z.ZodType>(item: T, max: number) =>
  z.array(item).min(1, withMessage("policy.empty-list")).max(max);

/** Fields that limit a rule to some calls. Null means all. */
const scope = {
  /** The rule's name within its policy: the kind with a number. It stays the same from version to version. */
  id: z.string().regex(/^[a-z-]+-[1-9]\d{0,3}$/),
  /** Places without those they lie in. Null is every place. */
  places: nonEmptyList(JurisdictionId, 100).nullable(),
  purposes: nonEmptyList(PurposeKind, PurposeKind.options.length).nullable(),
  dialers: nonEmptyList(Dialer, Dialer.options.length).nullable(),
  /** Why the organization wants it, for colleagues and auditors. */
  note: storableText(500),
};

/** The hours in which calls are allowed. A day that no window names is closed. */
const HoursRule = z.strictObject({
  kind: z.literal("hours"),
  ...scope,
  windows: nonEmptyList(
    HoursWindow.refine(({ from, to }) => from < to, withMessage("policy.hours-order")),
    14,
  ),
  /** True if the public holidays of the country are closed. */
  holidaysClosed: z.boolean(),
});

/** Days without calls, both included, by the calendar of the person. */
const ClosedDaysRule = z
  .strictObject({
    kind: z.literal("closed-days"),
    ...scope,
    first: z.iso.date(),
    last: z.iso.date(),
  })
  .superRefine(checkClosedDays);

/** At most so many calls to a person in so many days. Every call counts, of all sellers and campaigns. */
const CapRule = z.strictObject({
  kind: z.literal("cap"),
  ...scope,
  calls: z.int().min(1).max(100),
  days: z.int().min(1).max(MAX_CAP_DAYS),
});

/** Consent is needed, also where the law asks for none. */
const ConsentRule = z.strictObject({ kind: z.literal("consent"), ...scope });

/** A consent counts for so many months only. */
const ConsentAgeRule = z.strictObject({
  kind: z.literal("consent-age"),
  ...scope,
  months: z.int().min(1).max(120),
});

/** A consent does not count if it was given sooner than so many days after a refusal. */
const CoolOffRule = z.strictObject({
  kind: z.literal("cool-off"),
  ...scope,
  days: z.int().min(1).max(3_650),
});

/** A consent counts only if its proof has all these elements, and if `written`, a signature on a written text. */
const ProofRule = z
  .strictObject({
    kind: z.literal("proof"),
    ...scope,
    written: z.boolean(),
    elements: z.array(Element).max(Element.options.length),
  })
  .refine(({ written, elements }) => written || elements.length > 0, {
    ...withMessage("policy.proof-empty"),
    path: ["elements"],
  });

/** Dialing methods that are not allowed. */
const DialerRule = z.strictObject({
  kind: z.literal("dialer"),
  ...scope,
  dialers: nonEmptyList(Dialer, Dialer.options.length),
});

/**
 * A registry is obeyed whatever a person consented to, and perhaps read more often than the law asks. `maxAgeDays` is
 * the greatest age of its edition; null leaves that to the law.
 */
const RegistryRule = z.strictObject({
  kind: z.literal("registry"),
  ...scope,
  registry: z.string().min(1).max(64),
  maxAgeDays: z.int().min(1).max(365).nullable(),
});

export const PolicyRule = z.discriminatedUnion("kind", [
  HoursRule,
  ClosedDaysRule,
  CapRule,
  ConsentRule,
  ConsentAgeRule,
  CoolOffRule,
  ProofRule,
  DialerRule,
  RegistryRule,
]);
export type PolicyRule = z.infer<typeof PolicyRule>;
export type PolicyRuleKind = PolicyRule["kind"];
export type PolicyRuleOfKind<Kind extends PolicyRuleKind> = Extract<PolicyRule, { kind: Kind }>;

/** Kinds of rules, in the order in which pages show them. */
export const policyRuleKinds = [
  "hours",
  "closed-days",
  "cap",
  "consent",
  "consent-age",
  "cool-off",
  "proof",
  "dialer",
  "registry",
] as const satisfies readonly PolicyRuleKind[];

/** Rules of a policy. A policy without rules asks nothing beyond the law. */
export const PolicyRules = z
  .array(PolicyRule)
  .max(50)
  .refine((rules) => new Set(rules.map(({ id }) => id)).size === rules.length, {
    ...withMessage("policy.rule-twice"),
  })
  .refine((rules) => rules.every(({ kind, id }) => id.slice(0, id.lastIndexOf("-")) === kind), {
    ...withMessage("policy.rule-name"),
  });
export type PolicyRules = z.infer<typeof PolicyRules>;

/** A policy as it is stored, in canonical JSON. */
const PolicyDocument = z.strictObject({
  schema: z.literal("ringfence-policy/1.0"),
  rules: PolicyRules,
});

/** Returns the text of a policy and its SHA-256, by which every screening names it. */
export function serializePolicy(rules: PolicyRules): { document: string; hash: string } {
  const document = canonicalJson({ schema: "ringfence-policy/1.0", rules });
  return { document, hash: hashRuleSet(document) };
}

/**
 * Reads the rules of a stored policy.
 *
 * @throws Error if the text does not have the hash or cannot be read, because a call must not be judged without it
 */
export function parsePolicy(hash: string, document: string): PolicyRules {
  if (hashRuleSet(document) !== hash) throw new Error(`the policy ${hash} was changed`);
  return PolicyDocument.parse(JSON.parse(document)).rules;
}

/** Returns the next free name for a rule of a kind. `former` are the rules whose names are taken. */
export function nameRule(kind: PolicyRuleKind, former: readonly Pick<PolicyRule, "id">[]): string {
  const taken = new Set(former.map(({ id }) => id));
  for (let number = 1; ; number++) if (!taken.has(`${kind}-${number}`)) return `${kind}-${number}`;
}
