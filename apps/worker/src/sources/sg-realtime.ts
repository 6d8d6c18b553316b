import { createPrivateKey, createSign } from "node:crypto";
import type { SgSource } from "@ringfence/core/do-not-call/registry";
import { z } from "zod";
import { RunFault } from "../jobs/platform/run-fault.ts";
import {
  askServer,
  parseJsonOrNothing,
  readAnswer,
  shortenCode,
  statusFault,
} from "./http-client.ts";
import { type RegistryQuestion, type ListingAnswer, markUnsent } from "./registry-question.ts";
import type { SourceRequest } from "./publication.ts";

const SILENCE_MAX_MS = 60_000;
const DURATION_MAX_MS = 3 * SILENCE_MAX_MS;
const ANSWER_MAX_BYTES = 1024 ** 2;

/**
 * Asks the real-time service of Singapore about numbers. It knows no references, so numbers that
 * were sent without an answer may have been paid for, and are asked about anew (null).
 */
export async function askSg(
  source: SgSource,
  sourceRequest: SourceRequest,
  { numbers, isAgain }: RegistryQuestion,
): Promise<Map<string, ListingAnswer> | null> {
  if (isAgain) return null;
  const url = new URL(source.url);
  const local = numbers.map((digits) => digits.slice(2));
  const { settings, secret, signal } = sourceRequest;
  const { host } = url;
  try {
    const response = await askServer(url, {
      settings,
      headers: {
        "content-type": "application/json",
        authorization: signAuthorization(source, secret ?? "", Date.now()),
      },
      post: JSON.stringify({ numbers: local, total: local.length, checkOnBehalf: "N" }),
      silenceMaxMs: SILENCE_MAX_MS,
      durationMaxMs: DURATION_MAX_MS,
      signal,
    });
    const busy = statusFault(url, response.statusCode ?? 0);
    if (busy.isTransient) {
      response.destroy();
      throw busy;
    }
    const text = await readAnswer(response, { host, bytesMax: ANSWER_MAX_BYTES, signal });
    return parseSgAnswer(text, { host, secret });
  } catch (error) {
    throw markUnsent(error);
  }
}

/**
 * Signs the request by RSA with SHA-256. `timestamp` is in milliseconds; the service checks that it is current.
 */
function signAuthorization({ orgCode, eServiceId }: SgSource, secret: string, timestamp: number) {
  const signed = `orgCode=${orgCode}&eServiceId=${eServiceId}&timestamp=${timestamp}`;
  try {
    const signature = createSign("RSA-SHA256")
      .update(signed)
      .sign(createPrivateKey(secret), "base64");
    return `${signed}&appSignature=${signature}`;
  } catch (cause) {
    throw new RunFault({ key: "source.no-private-key" }, { cause });
  }
}

/** Shape of an answer, as public programs were seen to read it; codes begin with S. */
const Answer = z.union([
  z.object({
    status_code: z.literal("S000"),
    numbers: z.array(z.object({ number: z.string(), no_voice_call: z.enum(["R", "NR"]) })),
  }),
  z.object({ errorTo: z.object({ code: z.string().max(20) }) }),
]);

const faults = {
  S301: "source.wash-no-balance",
  S401: "source.wash-refused",
  S402: "source.wash-refused",
  S403: "source.wash-clock",
  S404: "source.wash-refused",
} as const;

/**
 * Reads what Singapore's real-time service answers about each number.
 * @throws RunFault if it is not such an answer
 */
export function parseSgAnswer(
  text: string,
  { host, secret }: { host: string; secret: string | null },
) {
  const read = Answer.safeParse(parseJsonOrNothing(text));
  if (!read.success) {
    const key = /^\s*</.test(text) ? "source.web-page" : "source.no-soap";
    throw new RunFault({ key, values: { host } });
  }
  if ("errorTo" in read.data) {
    const { code } = read.data.errorTo;
    const key =
      Object.entries(faults).find(([known]) => known === code)?.[1] ?? "source.wash-refused";
    const values = { code: shortenCode(code, secret) };
    throw new RunFault({ key, values }, { outcome: { isRefused: true } });
  }
  const answers = new Map<string, ListingAnswer>();
  for (const { number, no_voice_call } of read.data.numbers) {
    const digits = `65${number}`;
    const one = no_voice_call === "NR" ? "free" : "listed";
    // A number about which the answer says two things is not called.
    answers.set(digits, (answers.get(digits) ?? one) === one ? one : "invalid");
  }
  return answers;
}
