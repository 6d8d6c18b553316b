import type { RegistryId } from "@ringfence/core/ids";
import type { Phone } from "@ringfence/core/people/phone";
import type { RootContext } from "../src/platform/context.ts";
import { reviewDisconnection, viewDisconnection } from "../src/do-not-call/registry/disconnect.ts";
import { screenCall } from "../src/calling/screening/index.ts";
import { aMember } from "./members.ts";
import { aCallablePhone } from "./phones.ts";
import { aRegistryWithHistory } from "./registry-history.ts";

export const reason = "Its source was mistyped.";
export const hourAgo = new Date(Date.now() - 3_600_000);

/** Creates a callable person, a connected registry that does not list them, and two officers. */
export async function aConnectedRegistry(code: string) {
  const first = await aMember();
  const second = await aMember({ of: first });
  const { phone } = await aCallablePhone(first.ctx);
  const editions = [{ readAt: hourAgo, numbers: [12_025_550_999] }];
  const source = { kind: "folder", path: "us" };
  const registryId = await aRegistryWithHistory(first.ctx, code, editions, { source });
  return { ctx: first.ctx, other: second.ctx, phone, registryId };
}

export const findRegistryReasons = async (ctx: RootContext, phone: Phone, at?: Date) => {
  const { refusals, warnings } = await screenCall(ctx, { phone, purpose: "marketing", at });
  return [...refusals, ...warnings].flatMap(({ registry, message }) =>
    registry === undefined ? [] : `${registry} ${message.key.replace("refusal.registry-", "")}`,
  );
};
export const loadOpenDisconnection = async (ctx: RootContext, registryId: RegistryId) => {
  const { open } = await viewDisconnection(ctx, registryId);
  if (open === null) throw new Error("no disconnection is open");
  return open;
};
export const settle = async (
  ctx: RootContext,
  registryId: RegistryId,
  verdict: "accepted" | "rejected",
) => {
  const { id: disconnectionId } = await loadOpenDisconnection(ctx, registryId);
  return reviewDisconnection(ctx, { registryId, disconnectionId, verdict, reason });
};
