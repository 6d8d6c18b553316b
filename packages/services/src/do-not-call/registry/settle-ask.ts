import { command } from "../../platform/verb.ts";
import { z } from "zod";
import type { PhoneId, RegistryAskId, RegistryId } from "@ringfence/core/ids";
import { lockRegistry } from "./lock-registry.ts";

export type SettleAsk = {
  registryId: RegistryId;
  askId: RegistryAskId;
  /** `refused`: nothing was paid for; `lost`: it may have been. */
  status: "answered" | "refused" | "lost";
  /** Of a number of which the registry said nothing it is `invalid`, so that it is not asked for ever. */
  answers?: readonly { phoneId: PhoneId; said: "free" | "listed" | "invalid" }[];
};

/** Puts on record what came of numbers that a registry was asked about; their age counts from then. */
export const settleAsk = command({
  name: "settleAsk",
  action: "registry.apply",
  input: z.custom<SettleAsk>(),
  run: async (ctx, { registryId, askId, status, answers = [] }): Promise<void> => {
    const { db, organizationId } = ctx;
    await lockRegistry(ctx, registryId);
    const open = { organizationId, registryId, id: askId, status: "asked" };
    const { count } = await db.registryAsk.updateMany({ where: open, data: { status } });
    if (count === 0) return;
    await db.$executeRaw`
      INSERT INTO registry_answer (organization_id, registry_id, phone_id, ask_id, said, answered_at,
        first_at)
      SELECT organization_id, registry_id, answer.phone_id, id, answer.said, asked_at, asked_at
      FROM registry_ask, unnest(
        ${answers.map(({ phoneId }) => phoneId)}::uuid[], ${answers.map(({ said }) => said)}::text[]
      ) AS answer (phone_id, said)
      WHERE organization_id = ${organizationId}::uuid AND registry_id = ${registryId}::uuid
        AND id = ${askId}::uuid AND answer.phone_id = ANY (phone_ids)
      ON CONFLICT (organization_id, registry_id, phone_id) DO UPDATE
        SET ask_id = excluded.ask_id, said = excluded.said, answered_at = excluded.answered_at`;
  },
  audit: "by run",
});
