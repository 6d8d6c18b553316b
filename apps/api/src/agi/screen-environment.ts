import { type Message, toFaults } from "@ringfence/core/platform/message";
import { ScreenCall } from "@ringfence/core/calling/screening";
import { screenCall } from "@ringfence/services/calling/screening";
import type { AuthenticateOptions } from "../authenticate.ts";
import type { Metrics } from "../metrics.ts";
import { DATABASE_TIMEOUT_MS, within } from "../within.ts";
import type { Environment } from "./read-environment.ts";

export type AgiOptions = Pick<AuthenticateOptions, "installation" | "findApiKey"> &
  Pick<Metrics, "countScreening">;

/** The answer for a dialplan. `fault` is for whoever reads Asterisk's console. */
export type AgiAnswer = {
  verdict: "allow" | "refuse";
  reasons: readonly string[];
  permit: string;
  /** The number screened, in E.164; empty if it could not be read, and with `cannot-check`. */
  phone: string;
  fault?: Message;
};

export const cannotCheck = (fault: Message): AgiAnswer => ({
  verdict: "refuse",
  reasons: ["cannot-check"],
  permit: "",
  phone: "",
  fault,
});

/** Arguments of a call. A what-if permits no dialing, so a dialplan has no use for one. */
const AgiCall = ScreenCall.omit({ at: true });

/**
 * Screens the call that a channel is about to make, on behalf of the key's owner. `address` is the IP address of
 * the PBX. An argument `phone` counts instead of the number that was dialed. A request with a fault is answered
 * "refuse"; it throws only if looking up the key or screening fails or takes too long, and the caller must then
 * refuse.
 */
export async function screenEnvironment(
  { script, extension, named, repeated }: Environment,
  address: string,
  { installation, findApiKey, countScreening }: AgiOptions,
): Promise<AgiAnswer> {
  if (script !== "screen") return cannotCheck({ key: "agi.script-unknown", values: { script } });
  if (repeated !== null) {
    return cannotCheck({ key: "agi.argument-repeated", values: { argument: repeated } });
  }
  const { key, ...callArguments } = named;
  const found = await within(DATABASE_TIMEOUT_MS, findApiKey(`Bearer ${key}`, { address }));
  if (found === null) return cannotCheck({ key: "agi.key-invalid" });

  const input = { phone: extension, ...withoutEmpty(callArguments) };
  const call = AgiCall.safeParse(input);
  if (!call.success) {
    const [first] = toFaults(call.error, input);
    const argument = first?.path.slice(1) ?? "";
    return cannotCheck({ key: "agi.argument-wrong", values: { argument } });
  }
  const { db, keys } = installation;
  const ctx = { db, keys, ...found };
  const answer = await within(DATABASE_TIMEOUT_MS, screenCall(ctx, call.data));
  countScreening(answer);
  const { verdict, refusals, permit = "", phone } = answer;
  return { verdict, reasons: refusals.map(({ reason }) => reason), permit, phone: phone ?? "" };
}

/** Drops empty arguments, which come from dialplan variables that are not set. */
const withoutEmpty = (named: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(named).filter(([, value]) => value !== ""));
