import { z } from "zod";
import { MemberId, ViolationId } from "../../platform/ids.ts";
import { storableText } from "../../platform/text/index.ts";
import { Severity, ViolationCause } from "./violation-cause.ts";

export const ViolationStatus = z.enum(["open", "closed"]);
export type ViolationStatus = z.infer<typeof ViolationStatus>;

/** Why a violation is closed: it was none, it was allowed after all, or it was one and what caused it is mended. */
export const ClosingReason = z.enum(["mended", "allowed-after-all", "log-was-wrong"]);
export type ClosingReason = z.infer<typeof ClosingReason>;

/** What happened with a violation after it was found. */
export const StepKind = z.enum(["found-again", "found-no-more", "assigned", "noted", "closed"]);
export type StepKind = z.infer<typeof StepKind>;

/** A page of violations, the gravest first. */
export const ListViolations = z.strictObject({
  status: ViolationStatus.default("open"),
  severity: Severity.optional(),
  cause: ViolationCause.optional(),
  /** `next` of the page before. */
  after: ViolationId.optional(),
  limit: z.int().min(1).max(200).default(50),
});
export type ListViolations = z.infer<typeof ListViolations>;

const text = storableText(2_000).min(1);

/** Null gives it back to all. */
export const AssignViolation = z.strictObject({
  violationId: ViolationId,
  ownerId: MemberId.nullable(),
});
export type AssignViolation = z.infer<typeof AssignViolation>;

export const NoteViolation = z.strictObject({ violationId: ViolationId, text });
export type NoteViolation = z.infer<typeof NoteViolation>;

export const CloseViolation = z.strictObject({
  violationId: ViolationId,
  reason: ClosingReason,
  text,
});
export type CloseViolation = z.infer<typeof CloseViolation>;
