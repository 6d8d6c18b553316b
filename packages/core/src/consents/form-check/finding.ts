import { z } from "zod";
import type { Message } from "../../platform/message/index.ts";
import { StoredMessage, toStoredMessage } from "../../platform/message/index.ts";
import { isNonEmpty } from "../../platform/non-empty.ts";
import type { LayoutName } from "./check-input.ts";

/** Evidence of a finding: the place, the text there, and what was measured. */
export const FormEvidence = z.object({
  selector: z.string().optional(),
  quote: z.string().optional(),
  layout: z.enum(["wide", "narrow"]).optional(),
  values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
});
export type FormEvidence = z.infer<typeof FormEvidence>;

/** A fault. `part` is set if its severity differs from the rest of the check. */
export const FormFault = z.object({ message: StoredMessage, part: z.string().optional() });
export type FormFault = z.infer<typeof FormFault>;

const evidence = z.array(FormEvidence);

/** Finding of a check: all faults, or the question that an officer must answer. */
export const Finding = z.discriminatedUnion("result", [
  z.object({ result: z.literal("pass"), evidence }),
  z.object({ result: z.literal("fail"), evidence, faults: z.array(FormFault).min(1) }),
  z.object({
    result: z.literal("cannot-tell"),
    evidence,
    question: StoredMessage,
    part: z.string().optional(),
  }),
  z.object({ result: z.literal("not-applicable"), evidence, because: StoredMessage }),
]);
export type Finding = z.infer<typeof Finding>;

/** A fault as a check reports it. A finding stores it as a `FormFault`. */
export type Fault = Message & { part?: string };

export const pass = (...evidence: FormEvidence[]): Finding => ({ result: "pass", evidence });

/** Fails with these faults, of which there must be at least one. */
export const fail = (faults: Fault | readonly Fault[], ...evidence: FormEvidence[]): Finding => ({
  result: "fail",
  evidence,
  faults: distinct([faults].flat()).map(({ part, ...message }) => ({
    message: toStoredMessage(message),
    ...(part !== undefined && { part }),
  })),
});

/** Removes duplicates: a fault on both screens counts once. */
const distinct = (faults: readonly Fault[]) => [
  ...new Map(faults.map((fault) => [JSON.stringify(fault), fault])).values(),
];

/** Fails with these faults, or passes if there are none. */
export const failIfAny = (faults: readonly Fault[], ...evidence: FormEvidence[]): Finding =>
  isNonEmpty(faults) ? fail(faults, ...evidence) : pass(...evidence);

/** Leaves the check to an officer, with this question. */
export const cannotTell = ({ part, ...question }: Fault, ...evidence: FormEvidence[]): Finding => ({
  result: "cannot-tell",
  evidence,
  question: toStoredMessage(question),
  ...(part !== undefined && { part }),
});

export const notApplicable = (because: Message): Finding => ({
  result: "not-applicable",
  evidence: [],
  because: toStoredMessage(because),
});

const MOST_QUOTED = 300;

/** Creates evidence that points to a part, or a sentence in it. */
export const evidenceAt = (
  { selector }: { selector: string },
  quote?: string,
  values?: FormEvidence["values"],
  layout?: LayoutName,
): FormEvidence => ({
  selector,
  ...(quote !== undefined && { quote: shortenQuote(quote) }),
  ...(values !== undefined && { values }),
  ...(layout !== undefined && { layout }),
});

export const quoteEvidence = (quote: string): FormEvidence => ({ quote: shortenQuote(quote) });

/** Cuts a long text, so that it fits in a sentence. */
export const shortenQuote = (text: string) =>
  text.length > MOST_QUOTED ? `${text.slice(0, MOST_QUOTED).toWellFormed()}…` : text;
