import { Scope } from "@ringfence/core/platform/access";
import { aCallablePhone } from "@ringfence/services/testing/phones";
import { type ApiResponse, ask } from "./ask.ts";
import { aKey } from "./listening.ts";

type Refused = { reason: string };

/** The codes of all reasons in an answer of a screening. */
export const reasonsIn = ({ answer }: ApiResponse): string[] =>
  answer.refusals.map(({ reason }: Refused) => reason);

/** Sends requests to an API with a key that has every scope. */
export function openClient(url: string, authorization: string) {
  const post = (path: string, body: object | string, headers?: Record<string, string>) =>
    ask(`${url}/v1/${path}`, authorization, body, headers);
  const read = (path: string) => ask(`${url}/v1/${path}`, authorization);
  const screen = (phone: string, more: object = {}) =>
    post("screenings", { phone, purpose: "marketing.loans", ...more });
  const reasons = async (phone: string, more?: object) => reasonsIn(await screen(phone, more));
  const refuse = (phone: string, more: object = {}) =>
    post("opt-outs", { phone, channel: "agent", ...more });
  return { post, read, screen, reasons, refuse };
}

/**
 * A person who may be called now, in an organization of its own, with helpers to send requests
 * about them.
 */
export async function aCallablePerson(
  url: string,
  where: Parameters<typeof aCallablePhone>[1] = {},
) {
  const { ctx, key, authorization } = await aKey(...Scope.options);
  const person = await aCallablePhone(ctx, where);
  return { ctx, key, authorization, ...person, ...openClient(url, authorization) };
}
