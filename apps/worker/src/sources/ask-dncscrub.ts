import type { DncscrubSource } from "@ringfence/core/do-not-call/registry";
import { z } from "zod";
import { RunFault } from "../jobs/platform/run-fault.ts";
import { askServer, parseJsonOrNothing, readAnswer, statusFault } from "./http-client.ts";
import { type RegistryQuestion, type ListingAnswer, markUnsent } from "./registry-question.ts";
import type { SourceRequest } from "./publication.ts";

const SILENCE_MAX_MS = 60_000;
const DURATION_MAX_MS = 3 * SILENCE_MAX_MS;
const ANSWER_MAX_BYTES = 4 * 1024 ** 2;

/** The fields of an answer that public programs were seen to read. */
const Answer = z.array(
  z.object({
    PhoneNumber: z.string().max(40),
    IsLitigator: z.boolean(),
    IsValid: z.boolean().optional(),
  }),
);

/**
 * Asks DNCScrub which numbers belong to people who sue over calls. ASSUMED: numbers are sent as a
 * JSON array of ten digits each. Seen in public code: the `loginId` header, a thousand numbers per
 * request, and the answer. DNCScrub knows no references, so numbers that were sent without an
 * answer may have been paid for, and are asked about anew (null).
 */
export async function askDncscrub(
  source: DncscrubSource,
  { settings, secret, signal }: SourceRequest,
  { numbers, isAgain }: RegistryQuestion,
): Promise<Map<string, ListingAnswer> | null> {
  if (isAgain) return null;
  const url = new URL(source.url);
  const { host } = url;
  try {
    const response = await askServer(url, {
      settings,
      headers: { "content-type": "application/json", loginid: secret ?? "" },
      post: JSON.stringify(numbers.map((digits) => digits.slice(1))),
      silenceMaxMs: SILENCE_MAX_MS,
      durationMaxMs: DURATION_MAX_MS,
      signal,
    });
    const { statusCode = 0 } = response;
    if (statusCode !== 200) response.destroy();
    if (statusCode === 401 || statusCode === 403) {
      throw new RunFault(
        { key: "source.refused", values: { host } },
        { outcome: { isRefused: true } },
      );
    }
    if (statusCode !== 200) throw statusFault(url, statusCode);
    return parseAnswers(
      await readAnswer(response, { host, bytesMax: ANSWER_MAX_BYTES, signal }),
      host,
    );
  } catch (error) {
    throw markUnsent(error);
  }
}

function parseAnswers(text: string, host: string) {
  const read = Answer.safeParse(parseJsonOrNothing(text));
  if (!read.success) {
    const key = /^\s*</.test(text) ? "source.web-page" : "source.no-answer";
    throw new RunFault({ key, values: { host } });
  }
  const answers = new Map<string, ListingAnswer>();
  for (const { PhoneNumber, IsLitigator, IsValid = true } of read.data) {
    const digits = `1${PhoneNumber.replace(/\D/g, "").slice(-10)}`;
    const one = IsLitigator ? "listed" : IsValid ? "free" : "invalid";
    // A number that the answer lists once stays listed, whatever else it says.
    if (answers.get(digits) !== "listed") answers.set(digits, one);
  }
  return answers;
}
