import { createPrivateKey, createSign } from "node:crypto";
import type { SgSource } from "@ringfence/core/registry";
import { z } from "zod";
import { RunFault } from "../jobs/run-fault.ts";
import { shownCode } from "../soap/without-personal.ts";
import { askServer, statusFault } from "./ask-server.ts";
import type { Ask, Said } from "./asked-service.ts";
import type { Asking } from "./publication.ts";
import { readAnswer } from "./read-answer.ts";
import { withUnsentRefused } from "./unsent.ts";

const SILENCE_MAX_MS = 60_000;
const DURATION_MAX_MS = 3 * SILENCE_MAX_MS;
const ANSWER_MAX_BYTES = 1024 ** 2;

/** What programs that are public were seen to read; codes begin with S. */
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
 * Numbers answered by the real-time service of Singapore. It knows no references: what was sent and
 * not answered may have been paid for, and is asked about anew (null).
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
        authorization: authorizationOf(source, secret ?? "", Date.now()),
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
    return saidIn(text, { host, secret });
  } catch (error) {
    throw withUnsentRefused(error);
  }
}

function saidIn(text: string, { host, secret }: { host: string; secret: string | null }) {
  const read = Answer.safeParse(parsed(text));
  if (!read.success) {
    const key = /^\s*</.test(text) ? "source.web-page" : "source.no-soap";
    throw new RunFault({ key, values: { host } });
  }
  if ("errorTo" in read.data) {
    const { code } = read.data.errorTo;
    const key =
      Object.entries(faults).find(([known]) => known === code)?.[1] ?? "source.wash-refused";
    const values = { code: shownCode(code, secret) };
    throw new RunFault({ key, values }, { outcome: { isRefused: true } });
  }
  const said = new Map<string, Said>();
  for (const { number, no_voice_call } of read.data.numbers) {
    const digits = `65${number}`;
    const one = no_voice_call === "NR" ? "free" : "listed";
    // Of one that it says two things of, nobody is called.
    said.set(digits, (said.get(digits) ?? one) === one ? one : "invalid");
  }
  return said;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Signed by RSA with SHA-256, at a time of which the service tells itself whether it is now. */
function authorizationOf({ orgCode, eServiceId }: SgSource, secret: string, timestamp: number) {
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
