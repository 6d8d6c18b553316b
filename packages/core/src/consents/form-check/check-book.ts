import { z } from "zod";
import document from "../../../data/form-checks.json" with { type: "json" };
import { Channel } from "../../people/phone/index.ts";
import { type Message, createMessage } from "../../platform/message/index.ts";

/** `block`: a form for people in the places named cannot be published while it fails the check. `warn`: it can. */
export const Severity = z.enum(["block", "warn"]);
export type Severity = z.infer<typeof Severity>;

/** A: read in a primary source, B: in a secondary one, C: from memory. */
export const Ground = z.strictObject({
  citation: z.string(),
  mark: z.enum(["A", "B", "C"]),
  /** ID of a source in the rule book or in `data/form-checks.json`. */
  source: z.string().optional(),
});
export type Ground = z.infer<typeof Ground>;

const SeverityRow = z.strictObject({
  /** `*` is everywhere. A place stands for all that lie in it. */
  places: z.array(z.string()).min(1),
  severity: Severity,
  /** Left out, the row holds for any channel. */
  channels: z.array(Channel).optional(),
  /** The part at fault. Left out, the row holds for any fault. */
  part: z.string().optional(),
});
export type SeverityRow = z.infer<typeof SeverityRow>;

const CheckDocument = z.strictObject({
  schema: z.literal("form-checks/1.0"),
  as_of: z.iso.date(),
  disclaimer: z.string(),
  sources: z.record(z.string(), z.strictObject({ title: z.string(), url: z.string() })),
  checks: z.array(
    z.strictObject({
      id: z.string(),
      severities: z.array(SeverityRow).min(1),
      grounds: z.array(Ground).min(1),
    }),
  ),
});

const { as_of: asOf, sources, checks } = CheckDocument.parse(document);

/** Data about each check, as of the day `asOf`. */
export const checkBook = {
  asOf,
  /** Sources that the rule book does not name. */
  sources,
  entries: new Map(checks.map((entry) => [entry.id, entry])),
};

/** Ids of the checks, in the order of their numbers, from 1. */
export const CheckId = z.enum([
  "not-pre-ticked",
  "positive-act",
  "apart-from-terms",
  "data-consent-apart",
  "one-purpose-a-box",
  "telephone-named",
  "seller-named",
  "no-open-list",
  "purpose-named",
  "products-and-period",
  "not-a-condition-said",
  "goes-through-empty",
  "automatic-calls-said",
  "number-typed",
  "signed",
  "withdrawal-said",
  "withdrawal-as-easy",
  "refusal-as-easy",
  "no-dark-pattern",
  "plain-language",
  "beside-the-box",
  "contrast",
  "text-size",
  "target-size",
  "in-sight",
  "one-language",
  "privacy-notice",
  "text-as-stored",
  "evidence-captured",
  "number-verified",
  "not-reused",
  "age-asked",
  "spoken-in-full",
  "objection-in-call",
]);
export type CheckId = z.infer<typeof CheckId>;

export const findCheckNumber = (id: CheckId) => CheckId.options.indexOf(id) + 1;

/** Returns the title of a check. */
export const toCheckTitle = (id: CheckId): Message => createMessage(`form-check.title.${id}`);
