import { z } from "zod";
import { RunFault } from "../jobs/platform/run-fault.ts";
import { shownCode } from "../soap/without-personal.ts";
import type { Said } from "./asked-service.ts";

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
export function sgAnswerIn(
  text: string,
  { host, secret }: { host: string; secret: string | null },
) {
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
    // A number about which the answer says two things is not called.
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
