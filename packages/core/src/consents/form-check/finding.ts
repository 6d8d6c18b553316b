import { z } from "zod";
import type { Message } from "../../platform/message/index.ts";
import { StoredMessage, toStoredMessage } from "../../platform/message/message.ts";
import { isNonEmpty } from "../../platform/non-empty.ts";
import type { LayoutName } from "./check-input.ts";

/** Where to look, what stands there, and what was measured. */
export const FormEvidence = z.object({
  selector: z.string().optional(),
  quote: z.string().optional(),
  layout: z.enum(["wide", "narrow"]).optional(),
  values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
});
export type FormEvidence = z.infer<typeof FormEvidence>;

/** One thing that is wrong. Some weigh otherwise than the rest of their check: they name their part. */
export const FormFault = z.object({ message: StoredMessage, part: z.string().optional() });
export type FormFault = z.infer<typeof FormFault>;

const evidence = z.array(FormEvidence);

/** What a check found: all faults, or the question that a person must answer. */
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

export type Fault = Message & { part?: string };

export const passed = (...evidence: FormEvidence[]): Finding => ({ result: "pass", evidence });

export const failed = (faults: Fault | readonly Fault[], ...evidence: FormEvidence[]): Finding => ({
  result: "fail",
  evidence,
  faults: distinct([faults].flat()).map(({ part, ...message }) => ({
    message: toStoredMessage(message),
    ...(part !== undefined && { part }),
  })),
});

/** What is wrong on both screens is wrong once. */
const distinct = (faults: readonly Fault[]) => [
  ...new Map(faults.map((fault) => [JSON.stringify(fault), fault])).values(),
];

/** Fails with these faults, or passes where there are none. */
export const judged = (faults: readonly Fault[], ...evidence: FormEvidence[]): Finding =>
  isNonEmpty(faults) ? failed(faults, ...evidence) : passed(...evidence);

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

/** Evidence of a part, or of a sentence in it. */
export const at = (
  { selector }: { selector: string },
  quote?: string,
  values?: FormEvidence["values"],
  layout?: LayoutName,
): FormEvidence => ({
  selector,
  ...(quote !== undefined && { quote: quoted(quote) }),
  ...(values !== undefined && { values }),
  ...(layout !== undefined && { layout }),
});

export const quoting = (quote: string): FormEvidence => ({ quote: quoted(quote) });

/** A text as a sentence can hold it. */
export const quoted = (text: string) =>
  text.length > MOST_QUOTED ? `${text.slice(0, MOST_QUOTED).toWellFormed()}…` : text;
