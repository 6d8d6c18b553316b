import { createPrivateKey, createSign } from "node:crypto";
import type { SgSource } from "@ringfence/core/do-not-call/registry";
import { RunFault } from "../jobs/platform/run-fault.ts";
import { askServer, statusFault } from "./ask-server.ts";
import type { Ask, Said } from "./asked-service.ts";
import type { Asking } from "./publication.ts";
import { readAnswer } from "./read-answer.ts";
import { sgAnswerIn } from "./sg-answer.ts";
import { withUnsentRefused } from "./unsent.ts";

const SILENCE_MAX_MS = 60_000;
const DURATION_MAX_MS = 3 * SILENCE_MAX_MS;
const ANSWER_MAX_BYTES = 1024 ** 2;

/**
 * Asks the real-time service of Singapore about numbers. It knows no references, so numbers that
 * were sent without an answer may have been paid for, and are asked about anew (null).
 */
export async function askSg(
  source: SgSource,
  asking: Asking,
  { numbers, isAgain }: Ask,
): Promise<Map<string, Said> | null> {
  if (isAgain) return null;
  const url = new URL(source.url);
  const local = numbers.map((digits) => digits.slice(2));
  const { settings, secret, signal } = asking;
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
    return sgAnswerIn(text, { host, secret });
  } catch (error) {
    throw withUnsentRefused(error);
  }
}

/**
 * Signs the request by RSA with SHA-256; the service itself checks that the timestamp is current.
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
