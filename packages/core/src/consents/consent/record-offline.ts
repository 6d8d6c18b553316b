import { z } from "zod";
import {
  CaptureFormId,
  ConsentId,
  DisclosureId,
  EvidenceFileId,
  PhoneId,
} from "../../platform/ids.ts";
import { Channel, WrittenPhone } from "../../people/phone/index.ts";
import { PurposeKey } from "../../account/purpose/index.ts";
import { withMessage } from "../../platform/message/index.ts";
import { storableText } from "../../platform/text/index.ts";
import { WrittenInstant } from "../../platform/time/index.ts";
import type { EvidenceFileKind } from "../evidence/index.ts";
import { Language } from "./consent.ts";

/** Ways to agree without a web page: in a call, or on paper. */
export const OfflineMeans = z.enum(["phone", "paper"]);
export type OfflineMeans = z.infer<typeof OfflineMeans>;

/** Kind of evidence and the person's act, by means. */
export const proofByMeans = {
  phone: { kind: "recording", act: "spoken" },
  paper: { kind: "scan", act: "signed" },
} as const satisfies Record<OfflineMeans, { kind: EvidenceFileKind; act: string }>;

/** The texts of a published form to which the person agreed. */
const AgreedByForm = z.strictObject({
  form: CaptureFormId,
  version: z.int().min(1),
  disclosures: z.array(DisclosureId).min(1).max(20),
});

/** Words that none of our forms contains, and what they ask for. */
const AgreedInWords = z.strictObject({
  text: storableText(20_000).min(1),
  language: Language,
  /** Key or ID. Default: the organization's only seller. */
  seller: z.string().max(64).optional(),
  purposes: z.array(PurposeKey).min(1).max(20),
  channels: z.array(Channel).min(1).max(Channel.options.length),
});

/** Spoken or signed consents of one person, which a member records with what proves them. */
export const RecordOfflineConsents = z
  .strictObject({
    phone: WrittenPhone,
    /** Name that the person gave. */
    name: storableText(200).optional(),
    means: OfflineMeans,
    asked: z.union([AgreedByForm, AgreedInWords]),
    /** Time at which the person agreed. Default: now. */
    obtainedAt: WrittenInstant.optional(),
    file: EvidenceFileId.optional(),
    /** Name of the recording in the phone system. During a call there is no file yet. */
    recording: storableText(200).min(1).optional(),
  })
  .refine(
    ({ means, file, recording }) =>
      (file === undefined) !== (recording === undefined) &&
      (recording === undefined || means === "phone"),
    { ...withMessage("evidence.one-proof"), path: ["file"] },
  );
export type RecordOfflineConsents = z.infer<typeof RecordOfflineConsents>;

/** A withdrawal that came by letter, of consents that one phone has. */
export const RecordLetter = z.strictObject({
  phoneId: PhoneId,
  consents: z.array(ConsentId).min(1).max(100),
  /** Time at which the letter arrived. */
  receivedAt: WrittenInstant,
  file: EvidenceFileId,
});
export type RecordLetter = z.infer<typeof RecordLetter>;
