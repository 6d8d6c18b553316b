import { createPrivateKey, createSign } from "node:crypto";
import type { SgSource } from "@ringfence/core/registry";
import { z } from "zod";
import { RunFault } from "../jobs/run-fault.ts";
import { askServer, unreachable } from "./ask-server.ts";
import type { Ask, Said } from "./asked-service.ts";
import type { Asking } from "./publication.ts";

const SILENCE_MAX_MS = 60_000;
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
  const response = await askServer(url, {
    settings: asking.settings,
    headers: {
      "content-type": "application/json",
      authorization: authorizationOf(source, asking.secret ?? "", Date.now()),
    },
    post: JSON.stringify({ numbers: local, total: local.length, checkOnBehalf: "N" }),
    silenceMaxMs: SILENCE_MAX_MS,
    signal: asking.signal,
  });
  const pieces: Buffer[] = [];
  try {
    for await (const piece of response) if (Buffer.isBuffer(piece)) pieces.push(piece);
  } catch (error) {
    throw error instanceof Error && !asking.signal.aborted ? unreachable(url.host, error) : error;
  }
  const text = Buffer.concat(pieces).subarray(0, ANSWER_MAX_BYTES).toString("utf8");
  return saidIn(text, url.host);
}

function saidIn(text: string, host: string) {
  const read = Answer.safeParse(parsed(text));
  if (!read.success) {
    const key = /^\s*</.test(text) ? "source.web-page" : "source.no-soap";
    throw new RunFault({ key, values: { host } });
  }
  if ("errorTo" in read.data) {
    const { code } = read.data.errorTo;
    const key =
      Object.entries(faults).find(([known]) => known === code)?.[1] ?? "source.wash-refused";
    throw new RunFault({ key, values: { code } }, { outcome: { isRefused: true } });
  }
  return new Map(
    read.data.numbers.map(({ number, no_voice_call }) => [
      `65${number}`,
      no_voice_call === "NR" ? ("free" as const) : ("listed" as const),
    ]),
  );
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
